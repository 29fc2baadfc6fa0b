// The same vectors as in crates/core/tests/vectors.rs, through the built WebAssembly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { credentialsOf, havenask, requestOf, vectors } from "./support.mjs";

const { signRequest, verifyRequest, sign } = havenask;
const NOT_SUPPORTED = ["v3-sm3--py", "v3-sm3--core", "v3-sm3--client"];
const supported = vectors.filter((vector) => !NOT_SUPPORTED.includes(vector.name));

test("101 vectors verify, the three of SM3 are refused by name", () => {
  for (const vector of supported) {
    const found = verifyRequest(requestOf(vector), credentialsOf(vector));
    assert.equal(found.reason, undefined, vector.name);
    assert.equal(found.valid, true, vector.name);
    assert.equal(found.stringToSign, vector.string_to_sign, vector.name);
    assert.equal(found.canonicalRequest, vector.canonical_request, vector.name);
  }
  assert.equal(supported.length, 101);
  for (const vector of vectors.filter((vector) => NOT_SUPPORTED.includes(vector.name))) {
    const found = verifyRequest(requestOf(vector), credentialsOf(vector));
    assert.deepEqual(found, { valid: false, reason: "algorithm-not-supported" }, vector.name);
  }
});

test("the same request is signed the same", () => {
  for (const vector of supported.filter((vector) => vector.rule_variant === "documented")) {
    const request = { ...requestOf(vector), host: vector.host };
    const options = {
      algorithm: vector.algorithm,
      signedHeaders: vector.signed_headers?.split(";"),
    };
    const signed = signRequest(request, credentialsOf(vector), options);
    assert.equal(signed.canonicalRequest, vector.canonical_request, vector.name);
    assert.equal(signed.stringToSign, vector.string_to_sign, vector.name);
    assert.equal(signed.signature, vector.signature, vector.name);
    assert.equal(signed.authorization, vector.authorization, vector.name);
    assert.equal(signed.body, vector.body, vector.name);
  }
});

test("the body of an official SDK is rebuilt from its input", () => {
  const modelOrder = (input) =>
    !("resourceGroupId" in input && "tags" in input) ||
    Object.keys(input).indexOf("resourceGroupId") < Object.keys(input).indexOf("tags");
  let rebuilt = 0;
  for (const vector of supported) {
    const input = vector.request_input;
    if (!input || vector.action !== "CreateInstance" || !(vector.name.endsWith("--py") || modelOrder(input))) continue;
    const signed = sign(input, {
      credentials: credentialsOf(vector),
      endpoint: vector.host,
      algorithm: vector.algorithm,
      date: vector.date,
      nonce: vector.nonce,
      dryRun: vector.query_input?.dryRun === "true" ? true : undefined,
    });
    assert.equal(signed.body, vector.body, vector.name);
    assert.equal(signed.headers.find(([name]) => name === "x-acs-signature-nonce")[1], vector.nonce);
    rebuilt += 1;
  }
  assert.equal(rebuilt, 80);
});

test("a flipped character in any signed part does not verify", () => {
  // A surrogate whose other half stays behind is no character, and no body.
  const flip = (text, at) =>
    (text.slice(0, at) + (text[at] === "x" ? "y" : "x") + text.slice(at + 1)).replace(/\p{Surrogate}/gu, "");
  for (const vector of supported.filter((_, index) => index % 7 === 0)) {
    const request = requestOf(vector);
    const refused = (altered) => {
      const found = verifyRequest({ ...request, ...altered }, credentialsOf(vector));
      assert.equal(found.valid, false, `${vector.name} ${JSON.stringify(altered)}`);
    };
    refused({ method: "PATCH" });
    for (let at = 0; at < request.path.length; at += 1) refused({ path: flip(request.path, at) });
    const signed = vector.signed_headers?.split(";") ?? ["accept", "content-md5", "content-type", "date"];
    request.headers.forEach(([name, value], index) => {
      const lower = name.toLowerCase();
      if (![...signed, "authorization"].includes(lower) && !lower.startsWith("x-acs-")) return;
      for (let at = 0; at < value.trim().length; at += 1) {
        refused({ headers: request.headers.with(index, [name, flip(value, at)]) });
      }
    });
    if (vector.algorithm.startsWith("ACS3")) {
      for (let at = 0; at < request.body.length; at += 1) refused({ body: flip(request.body, at) });
    }
  }
});
