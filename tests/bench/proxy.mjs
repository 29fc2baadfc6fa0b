// A proxy as one writes it with Node's http module and the official signature: it signs and hands on, and does nothing else.
// Arguments: host and port of the cloud. It says where it listens, and ends when it is killed.

import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import http from "node:http";

const require = createRequire(import.meta.url);
const Util = require("@alicloud/openapi-util").default;
const { $Request, Request = $Request } = require("@alicloud/tea-typescript");

const V3 = "ACS3-HMAC-SHA256";
const accessKeyId = process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
const accessKeySecret = process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET;
const cloud = process.argv[2];
const [hostname, port] = cloud.split(":");
const agent = new http.Agent({ keepAlive: true });

const signed = (pathname) => {
  const payload = Util.hexEncode(Util.hash(Buffer.alloc(0), V3));
  const headers = {
    host: cloud,
    accept: "application/json",
    "x-acs-action": "GetInstance",
    "x-acs-version": "2021-10-25",
    "x-acs-date": Util.getTimestamp(),
    "x-acs-signature-nonce": randomBytes(16).toString("hex"),
    "x-acs-content-sha256": payload,
  };
  const request = Object.assign(new Request(), { method: "GET", pathname, query: {}, headers });
  headers.authorization = Util.getAuthorization(request, V3, payload, accessKeyId, accessKeySecret);
  return headers;
};

const server = http.createServer((question, answer) => {
  const path = question.url;
  const asked = http.request({ hostname, port, path, headers: signed(path), agent }, (found) => {
    answer.writeHead(found.statusCode, { "content-type": "application/json" });
    found.pipe(answer);
  });
  asked.on("error", () => answer.writeHead(502).end());
  asked.end();
});

server.listen(0, "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
