// The answer that every consumer must give, worked out with nothing but node:crypto.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { options, request } from "../fixtures/answer.js";

const ALGORITHM = "ACS3-HMAC-SHA256";
const METHOD = "POST";
const PATH = "/openapi/ha3/instances";

const hash = (text) => createHash("sha256").update(text).digest("hex");

const body = JSON.stringify(request);
const host = `searchengine.${options.region}.aliyuncs.com`;
const headers = Object.entries({
  "content-type": "application/json; charset=utf-8",
  host,
  "x-acs-accesskey-id": options.credentials.accessKeyId,
  "x-acs-action": "CreateInstance",
  "x-acs-content-sha256": hash(body),
  "x-acs-date": options.date,
  "x-acs-security-token": options.credentials.securityToken,
  "x-acs-signature-nonce": options.nonce,
  "x-acs-version": "2021-10-25",
});
const names = headers.map(([name]) => name).join(";");
const lines = headers.map(([name, value]) => `${name}:${value}\n`).join("");
const canonicalRequest = [METHOD, PATH, "", lines, names, hash(body)].join("\n");
const stringToSign = `${ALGORITHM}\n${hash(canonicalRequest)}`;
const signature = createHmac("sha256", options.credentials.accessKeySecret).update(stringToSign).digest("hex");

const keys = `Credential=${options.credentials.accessKeyId},SignedHeaders=${names}`;
const authorization = `${ALGORITHM} ${keys},Signature=${signature}`;

const signed = {
  method: METHOD,
  url: `https://${host}${PATH}`,
  headers: [...headers, ["accept", "application/json"], ["authorization", authorization]].sort(),
  body,
  canonicalRequest,
  stringToSign,
  signature,
  authorization,
};
const done = { signed, refused: "InvalidRequest" };
const notYet = { signed: "NotInitialized", refused: "NotInitialized" };

/** The values that a consumer finds where the package starts itself, */
export const STARTS_ITSELF = { early: done, late: done };
/** and where it waits for init(). */
export const NEEDS_INIT = { early: notYet, late: done };

/** Compares what a consumer wrote down as JSON; the order of the headers is not part of it. */
export const assertFound = (text, expected) => {
  assert.ok(text.startsWith("{"), text || "it said nothing");
  const sorted = (name, value) => (name === "headers" ? value.sort() : value);
  assert.deepEqual(JSON.parse(text, sorted), expected);
};
