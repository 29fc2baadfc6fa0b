// An official package for Node, spoken to in lines of JSON: `node_sdk.mjs PACKAGE`. None has methods for this API; they are
// asked through their generic calls.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const name = process.argv[2];
const sdk = require(name);

const query = (call) =>
  Object.fromEntries(
    Object.entries(call.query).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );

/** openapi-core and openapi-client: `callApi`. */
async function tea({ endpoint, settings, ...call }) {
  const { Config, OpenApiRequest, Params } = sdk.$OpenApiUtil ?? sdk;
  const client = new sdk.default(
    new Config({
      endpoint,
      protocol: "http",
      accessKeyId: settings.access_key_id,
      accessKeySecret: settings.access_key_secret,
      securityToken: settings.security_token,
      signatureAlgorithm: settings.signature_algorithm,
    }),
  );
  const params = new Params({
    action: call.operation,
    version: call.version,
    protocol: "HTTP",
    pathname: call.path,
    method: call.method,
    authType: "AK",
    style: "ROA",
    reqBodyType: "json",
    bodyType: "json",
  });
  const request = new OpenApiRequest({ query: query(call), body: call.body ?? undefined });
  return (await client.callApi(params, request, {})).body;
}

/** pop-core: `ROAClient`. */
function pop({ endpoint, settings, ...call }) {
  const client = new sdk.ROAClient({
    endpoint: `http://${endpoint}`,
    apiVersion: call.version,
    accessKeyId: settings.access_key_id,
    accessKeySecret: settings.access_key_secret,
    securityToken: settings.security_token,
  });
  const body = call.body ? JSON.stringify(call.body) : "";
  return client.request(call.method, call.path, query(call), body, { "content-type": "application/json" });
}

/** The text of an error of any of them. Of what the service refuses in lower case pop-core only keeps the answer. */
function told(error) {
  const data = error.result ?? error.data ?? {};
  return {
    kind: error.constructor.name,
    code: error.code || data.code,
    message: data.message ?? error.message,
    status: error.statusCode ?? data.statusCode,
    requestId: error.requestId ?? data.RequestId ?? data.requestId,
    retryAfter: error.retryAfter ?? null,
    denied: error.accessDeniedDetail ?? data.AccessDeniedDetail,
  };
}

const send = name === "@alicloud/pop-core" ? pop : tea;
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await send(JSON.parse(line)).then(
    (body) => ({ body }),
    (error) => ({ error: told(error) }),
  );
  console.log(JSON.stringify(answer));
}
