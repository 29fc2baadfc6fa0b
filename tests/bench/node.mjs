// In Node: prints a line of JSON for each measurement.

import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { measure } from "./measure.mjs";
import { aws4fetch, official } from "./peers.mjs";
import { body, credentials, date, headers, host, large, nonce, path, request } from "./purchase.mjs";

const require = createRequire(import.meta.url);
const ours = await import(pathToFileURL(join(process.env.HAVENASK_NPM, "inline.js")).href);
const Util = require("@alicloud/openapi-util").default;
const { OpenApiUtil } = require("@alicloud/openapi-core");
const { $Request, Request = $Request } = require("@alicloud/tea-typescript");

const coreUtil = {
  hash: OpenApiUtil.hash,
  hexEncode: (bytes) => Buffer.from(bytes).toString("hex"),
  getAuthorization: OpenApiUtil.getAuthorization,
};

/** The code of someone who needs this one request and nothing else. */
const byHand = () => {
  const content = createHash("sha256").update(body).digest("hex");
  const signed = { ...headers, "x-acs-content-sha256": content };
  delete signed.accept;
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
  const canonical = `POST\n${path}\n\n${lines}\n${names.join(";")}\n${content}`;
  const text = `ACS3-HMAC-SHA256\n${createHash("sha256").update(canonical).digest("hex")}`;
  const signature = createHmac("sha256", credentials.accessKeySecret).update(text).digest("hex");
  return `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${names.join(";")},Signature=${signature}`;
};

const smithy = () => {
  const signer = new SignatureV4({
    ...{ service: "searchengine", region: "cn-hangzhou", sha256: Sha256 },
    credentials: { accessKeyId: "testid", secretAccessKey: "testsecret" },
  });
  const question = { method: "POST", protocol: "https:", hostname: host, path, query: {}, headers: { host }, body };
  return () => signer.sign(question);
};

/** Its client has no function that only signs: it asks for an answer that is there already. */
const popCore = () => {
  const httpx = require("httpx");
  httpx.request = () => Promise.resolve({ statusCode: 200, headers: { "content-type": "application/json" } });
  httpx.read = () => Promise.resolve("{}");
  const { ROAClient } = require("@alicloud/pop-core");
  const client = new ROAClient({ ...credentials, endpoint: `https://${host}`, apiVersion: "2021-10-25" });
  return () => client.post(path, {}, body, { "content-type": "application/json" });
};

const options = { credentials, region: "cn-hangzhou" };
const stamped = { ...options, date, nonce };
const expected = byHand();
if (ours.sign(request, stamped).authorization !== expected) throw new Error("ours signs another way than by hand");

/** The cost of a signature beside the core's own work. */
const inside = (file) => import(pathToFileURL(join(process.env.HAVENASK_NPM, file)).href);
const { withEncoded } = await inside("encode.js");
const { signedRequest } = await inside("decode-signed.js");
const signed = ours.sign(request, stamped);
const texts = ["POST", signed.url, signed.body, signed.canonicalRequest, signed.stringToSign, signed.signature];
const parts = {
  arguments: () => withEncoded([request, stamped], (bytes) => bytes.length),
  answer: () => signedRequest(answer),
  // Blocks of 64 bytes: the body, the canonical request, and what HMAC makes of the string-to-sign and the key.
  hashes: async () => {
    const block = (bytes) => Math.ceil((bytes + 9) / 64);
    const blocks = block(signed.body.length) + block(signed.canonicalRequest.length) + 1 + block(signed.stringToSign.length) + 2;
    const of = (length) => {
      const question = { method: "POST", host, path, body: new Uint8Array(length) };
      return measure(() => ours.verifyRequest({ ...question, headers: signed.headers }, credentials));
    };
    const perBlock = ((await of(64_000)) - (await of(0))) / 1000;
    return perBlock * blocks;
  },
};
const all = [...texts, signed.authorization, ...signed.headers.flat()];
const answer = `${all.map((text) => text.length).join(",")},\n${all.join("")}`;

const say = async (name, run) => {
  const microseconds = typeof run === "number" ? run : await measure(run);
  console.log(JSON.stringify({ name, microseconds }));
};
await say("sign", () => ours.sign(request, stamped));
await say("sign, date and nonce of its own", () => ours.sign(request, options));
await say("… arguments written", parts.arguments);
await say("… SHA-256", await parts.hashes());
await say("… answer taken apart", parts.answer);
await say("validate 100", () => ours.validate(large));
await say("@alicloud/openapi-util", official(Util, Request));
await say("@alicloud/openapi-core", official(coreUtil, Request));
await say("@alicloud/pop-core", popCore());
await say("node:crypto by hand", byHand);
await say("@smithy/signature-v4", smithy());
await say("aws4fetch", aws4fetch());
