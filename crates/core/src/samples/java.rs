//! Java, with the official SDK.

use super::{
    dialect::{Case, Dialect},
    template::Template,
};

const DIALECT: Dialect = Dialect {
    case: Case::Pascal,
    indent: "        ",
    field: ["request.set@(", ");\n"],
    inner: [".set@(", ")"],
    comma: "",
    part: ["new CreateInstanceRequest@()", ""],
    list: ["List.of(", ")"],
    trailing: false,
    truth: ["false", "true"],
    number: "L",
};

pub(super) const TEMPLATE: Template = Template {
    dialect: Some(&DIALECT),
    text: r#"// Maven: com.aliyun:searchengine20211025:[5.2,6); save this as CreateInstance.java
// «warning»
import com.aliyun.searchengine20211025.Client;
import com.aliyun.searchengine20211025.models.*;
import com.aliyun.searchengine20211025.models.CreateInstanceRequest.*;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.HashMap;
import java.util.List;

public class CreateInstance {
    public static void main(String[] args) throws Exception {
        Client client = new Client(new Config()
                .setAccessKeyId(System.getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"))
                .setAccessKeySecret(System.getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET"))
                .setSecurityToken(System.getenv("ALIBABA_CLOUD_SECURITY_TOKEN"))
                .setEndpoint("«host»")
                .setProtocol("«scheme»"));
        CreateInstanceRequest request = new CreateInstanceRequest();
«request»        RuntimeOptions runtime = new RuntimeOptions().setAutoretry(false);
        try {
            CreateInstanceResponseBody answer =
                    client.createInstanceWithOptions(request, new HashMap<>(), runtime).getBody();
            System.out.println(answer.getResult().getInstanceId() + " " + answer.getRequestId());
        } catch (TeaException error) {
            // The message ends with the request id.
            System.err.println(error.getCode() + ": " + error.getMessage());
            System.exit(1);
        }
    }
}
"#,
};
