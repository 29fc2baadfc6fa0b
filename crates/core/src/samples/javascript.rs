//! JavaScript, with the npm package of this project.

use super::{
    dialect::{Case, Dialect},
    template::Template,
};

pub(super) const DIALECT: Dialect = Dialect {
    case: Case::Camel,
    indent: "  ",
    field: ["@: ", ",\n"],
    inner: ["@: ", ""],
    comma: ", ",
    part: ["{ ", " }"],
    list: ["[", "]"],
    trailing: true,
    truth: ["false", "true"],
    number: "",
};

pub(super) const TEMPLATE: Template = Template {
    dialect: Some(&DIALECT),
    text: r#"// npm install havenask-instances; save this as create-instance.mjs
// «warning»
import init, { sign } from "havenask-instances";

const request = {
«request»};

await init();
const { method, url, headers, body } = sign(request, {
  endpoint: "«scheme»://«host»",
  credentials: {
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    securityToken: process.env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined,
  },
});
const response = await fetch(url, { method, headers, body, redirect: "manual" });
const answer = await response.json();
if (response.ok) {
  console.log(answer.result.instanceId, answer.requestId);
} else {
  // The gateway writes its errors with capitals, the service without.
  const { code = answer.Code, message = answer.Message, requestId = answer.RequestId } = answer;
  console.error(`${code}: ${message} request id: ${requestId}`);
  process.exitCode = 1;
}
"#,
};
