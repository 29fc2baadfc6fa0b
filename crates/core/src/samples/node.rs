//! Node, with the generic call of the official OpenAPI client.

use super::{javascript::DIALECT, template::Template};

pub(super) const TEMPLATE: Template = Template {
    dialect: Some(&DIALECT),
    text: r#"// npm install @alicloud/openapi-client@0.4.15; save this as create-instance.mjs
// «warning»
import OpenApi from "@alicloud/openapi-client";

const client = new OpenApi.default(
  new OpenApi.Config({
    accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    securityToken: process.env.ALIBABA_CLOUD_SECURITY_TOKEN,
    endpoint: "«host»",
  }),
);
const call = new OpenApi.Params({
  action: "CreateInstance",
  version: "«version»",
  method: "POST",
  pathname: "«path»",
  protocol: "«scheme»",
  style: "ROA",
  authType: "AK",
  reqBodyType: "json",
  bodyType: "json",
});
const request = {
«request»};

try {
  const { body } = await client.callApi(call, new OpenApi.OpenApiRequest({ body: request }), { autoretry: false });
  console.log(body.result.instanceId, body.requestId);
} catch (error) {
  // The message ends with the request id.
  console.error(`${error.code ?? error.name}: ${error.message}`);
  process.exitCode = 1;
}
"#,
};
