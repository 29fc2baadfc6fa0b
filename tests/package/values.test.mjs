// Values across the boundary: plain objects both ways, and errors that are errors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { havenask, thrown } from "./support.mjs";

const { HavenaskError, samples, sign, signRequest, validate, verifyRequest } = havenask;

const good = {
  chargeType: "PREPAY",
  components: [{ code: "searcherdocsize", value: "200" }],
  order: { autoRenew: true, duration: 1, pricingCycle: "Month" },
};
const credentials = { accessKeyId: "testid", accessKeySecret: "testsecret" };
const codes = (request, options) => validate(request, options).map(({ code, path }) => `${code} ${path}`);

test("a good request has no problem", () => {
  assert.deepEqual(validate(good), []);
  assert.deepEqual(validate(good, {}), []);
  assert.deepEqual(validate({ ...good, tags: undefined, resourceGroupId: null }), []);
});

test("everything wrong is said at once", () => {
  const request = {
    chargeType: "PREPAY",
    components: [{ code: "a", value: 200 }, { value: "x" }],
    order: { duration: 29, pricingCycle: "month" },
    paymentInfo: {},
  };
  assert.deepEqual(codes(request), [
    "wrong-type /components/0/value",
    "component-code-missing /components/1/code",
    "duration-not-offered /order/duration",
    "pricing-cycle-unknown /order/pricingCycle",
    "unknown-field /paymentInfo",
  ]);
  const [problem] = validate({ paymentInfo: {} }, { locale: "zh" }).filter(({ code }) => code === "unknown-field");
  assert.equal(problem.message, "没有名为 paymentInfo 的字段。请使用 order。");
});

test("numbers that are no whole number of 64 bits", () => {
  const withDuration = (duration) => codes({ ...good, order: { ...good.order, duration } });
  for (const duration of [0, 11, 29, -1, 9007199254740991n]) {
    assert.deepEqual(withDuration(duration), ["duration-not-offered /order/duration"], String(duration));
  }
  for (const duration of [1.5, "1", 2 ** 53 + 2, NaN, Infinity]) {
    assert.deepEqual(withDuration(duration), ["wrong-type /order/duration"], String(duration));
  }
});

test("a value that is no request at all", () => {
  for (const request of [null, undefined, [], "x", 1, true, new Map(), new Date(0), () => {}, Symbol("s")]) {
    assert.deepEqual(codes(request), ["wrong-type "], String(request));
  }
});

test("a value that lies or breaks when it is read is thrown with its place", () => {
  const circle = { ...good };
  circle.tags = [{ key: "a", value: circle }];
  const trap = { get code() { throw new Error("not this one"); } };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const [request, message] of [
    [{ ...good, components: [trap] }, /^request\/components\/0\/code: it cannot be read$/],
    [circle, /^request\/tags\/0\/value\/tags.*holds itself$/],
    [{ ...good, order: proxy }, /^request\/order: it cannot be read$/],
  ]) {
    const error = thrown(() => validate(request));
    assert.ok(error instanceof HavenaskError);
    assert.match(error.message, message);
  }
});

test("a getter may call the package itself", () => {
  const request = {
    ...good,
    get tags() {
      return [{ key: String(validate({ tags: 1 }).length), value: sign(good, { credentials, region: "cn-hangzhou" }).method }];
    },
    resourceGroupId: "rg-1",
  };
  const { body } = sign(request, { credentials, region: "cn-hangzhou" });
  assert.deepEqual(JSON.parse(body), { ...good, tags: [{ key: "3", value: "POST" }], resourceGroupId: "rg-1" });
  const inner = { get order() { return validate({}) && {}; }, components: [{}, {}] };
  assert.ok(codes(inner).includes("component-code-missing /components/1/code"));
});

test("the options of validate", () => {
  const postpay = { chargeType: "POSTPAY", components: good.components };
  assert.equal(validate(postpay)[0].severity, "error");
  assert.equal(validate(postpay, { allowPostpay: true })[0].severity, "warning");
  const label = { en: "Size", zh: "大小" };
  const catalog = {
    components: [{ code: "searcherdocsize", label, values: { type: "number", min: 50, max: 100, step: 50 } }],
  };
  assert.deepEqual(codes(good, { catalog }), ["component-value-not-offered /components/0/value"]);
  const error = thrown(() => validate(good, { alowPostpay: true }));
  assert.ok(error instanceof HavenaskError);
  assert.match(error.message, /options.*alowPostpay/);
});

test("a signed request is a plain object that fetch takes", () => {
  const signed = sign(good, { credentials, region: "cn-hangzhou", date: new Date("2026-03-01T08:00:00.500Z") });
  assert.equal(Object.getPrototypeOf(signed), Object.prototype);
  assert.equal(signed.url, "https://searchengine.cn-hangzhou.aliyuncs.com/openapi/ha3/instances");
  assert.deepEqual(JSON.parse(signed.body), good);
  const headers = new Map(signed.headers);
  assert.equal(headers.get("x-acs-date"), "2026-03-01T08:00:00Z");
  assert.match(headers.get("x-acs-signature-nonce"), /^[0-9a-f]{32}$/);
  const other = sign(good, { credentials, region: "cn-hangzhou" });
  assert.notEqual(new Map(other.headers).get("x-acs-signature-nonce"), headers.get("x-acs-signature-nonce"));
  const { pathname } = new URL(signed.url);
  const found = verifyRequest({ method: signed.method, path: pathname, headers: signed.headers, body: signed.body }, credentials);
  assert.equal(found.valid, true);
});

test("a body of bytes is signed as it is, and handed back", () => {
  const body = new Uint8Array([0, 255, 10, 128]);
  const request = { method: "PUT", host: "example.com", path: "/x", headers: [["content-type", "a/b"]], body };
  const signed = signRequest(request, credentials);
  assert.equal(signed.body, body);
  const sent = { method: "PUT", path: "/x", headers: signed.headers };
  assert.equal(verifyRequest({ ...sent, body }, credentials).valid, true);
  assert.equal(verifyRequest({ ...sent, body: Buffer.from(body) }, credentials).valid, true);
  assert.equal(verifyRequest({ ...sent, body: "" }, credentials).reason, "content-hash-differs");
  assert.equal(signRequest({ ...request, body: "文 \0 😀" }, credentials).body, "文 \0 😀");
});

test("text of any script comes back as it went in", () => {
  const tags = [{ key: "部门 😀", value: "\"'\\\u2028" }];
  const signed = sign({ ...good, tags }, { credentials, region: "cn-hangzhou" });
  assert.deepEqual(JSON.parse(signed.body).tags, tags);
  assert.ok(signed.authorization.startsWith("ACS3-HMAC-SHA256 Credential=testid,"));
});

test("a value that would be signed as something else is refused with its place", () => {
  const options = { credentials, region: "cn-hangzhou" };
  const get = { method: "GET", host: "example.com", path: "/" };
  const big = "x".repeat(2 ** 23);
  for (const [run, place] of [
    [() => validate({ ...good, resourceGroupId: "a\ud800b" }), "request/resourceGroupId"],
    [() => validate({ "\udfff": 1 }), "request"],
    [() => sign({ ...good, resourceGroupId: big, tags: [{ key: big }] }, options), "request/tags/0/key"],
    [() => sign(good, { ...options, nonce: "a\r\nx: y" }), "options/nonce"],
    [() => sign(good, { ...options, credentials: { ...credentials, accessKeySecret: "" } }), "options/credentials/accessKeySecret"],
    [() => signRequest({ ...get, path: "@evil.example/x" }, credentials), "request/path"],
    [() => signRequest({ ...get, path: "/x?a=b" }, credentials), "request/path"],
    [() => signRequest({ ...get, method: "GET\n" }, credentials), "request/method"],
  ]) {
    const error = thrown(run);
    assert.deepEqual([error.code, error.message.split(":")[0]], ["InvalidArgument", place], error.message);
    assert.ok(!error.message.includes("testsecret"));
  }
  for (const odd of [{ algorithm: "k".repeat(1e6) }, { ["k".repeat(1e6)]: 1 }]) {
    const { message } = thrown(() => sign(good, { ...options, ...odd }));
    assert.ok(message.length < 250, message);
  }
});

test("no secret stays behind in what the arguments are written to", () => {
  const { encodeInto } = TextEncoder.prototype;
  let memory;
  TextEncoder.prototype.encodeInto = function (text, room) {
    memory = room.buffer;
    return encodeInto.call(this, text, room);
  };
  try {
    validate({ chargeType: "部门" });
  } finally {
    TextEncoder.prototype.encodeInto = encodeInto;
  }
  const signs = (secret) => () =>
    sign(good, { region: "cn-hangzhou", credentials: { accessKeyId: "testid", accessKeySecret: secret } });
  const secret = "s3cret".repeat(40);
  signs(secret)();
  assert.ok(!Buffer.from(memory).includes("s3cret"));
  assert.match(thrown(signs(`${secret}\ud800`)).message, /^options\/credentials\/accessKeySecret: .*surrogate/);
  assert.ok(!Buffer.from(memory).includes("s3cret"));
});

test("a part that no client sends as it was signed is refused with its place", () => {
  const get = { method: "GET", host: "searchengine.cn-hangzhou.aliyuncs.com", path: "/openapi/ha3/instances" };
  const ok = [["x-acs-action", "ListInstances"]];
  for (const [request, place] of [
    [{ ...get, headers: [...ok, ["x-acs-version", "1\r\n 2"]] }, "request/headers/1/1"],
    [{ ...get, headers: [["x-a", "部门"]] }, "request/headers/0/1"],
    [{ ...get, headers: [["x a", "1"]] }, "request/headers/0/0"],
    [{ ...get, headers: [["", "1"]] }, "request/headers/0/0"],
    ...["/a//b/../c", "/a/../c", "/a/%2E%2e/c", "a/b", "/a b", "/部", "/a#b", "/a?b", "/a\\b", "//evil.example"].map((path) => [{ ...get, path }, "request/path"]),
    ...["get", "GE T", "TRACE", "GET\r\nx: y"].map((method) => [{ ...get, method }, "request/method"]),
  ]) {
    const error = thrown(() => signRequest(request, credentials));
    assert.deepEqual([error.code, error.message.split(":")[0]], ["InvalidArgument", place], JSON.stringify(request));
  }
  for (const [keys, place] of [
    [{ ...credentials, accessKeyId: "testid " }, "credentials/accessKeyId"],
    [{ ...credentials, securityToken: "t\u00e9" }, "credentials/securityToken"],
  ]) {
    assert.equal(thrown(() => signRequest(get, keys)).message.split(":")[0], place);
  }
  for (const name of ["x;y", "not-there", "authorization"]) {
    const error = thrown(() => signRequest(get, credentials, { signedHeaders: ["host", name] }));
    assert.equal(error.message.split(":")[0], "options/signedHeaders/1", name);
  }
  // Spaces at the ends of a value are neither sent nor signed.
  const signature = (value) => {
    const headers = [["x-acs-signature-nonce", "n"], ["x-acs-date", "2026-03-01T08:00:00Z"], ["x-acs-custom", value]];
    return signRequest({ ...get, headers }, credentials).signature;
  };
  assert.equal(signature("  padded\t"), signature("padded"));
});

test("samples are code for the endpoint, without a key in it", () => {
  const languages = ["curl", "python", "node", "java", "go", "cli", "javascript"];
  for (const language of languages) {
    const code = samples(good, { region: "cn-hangzhou", language });
    assert.match(code, /searcherdocsize/, language);
    assert.match(code, /ALIBABA_CLOUD_ACCESS_KEY_SECRET/, language);
  }
  const error = thrown(() => samples(good, { region: "cn-hangzhou", language: "cobol" }));
  assert.deepEqual([error.code, error.message.split(":")[0]], ["InvalidArgument", "options/language"]);
});

test("STS credentials and the other algorithm", () => {
  const sts = { ...credentials, securityToken: "token" };
  for (const algorithm of ["ACS3-HMAC-SHA256", "ROA-HMAC-SHA1", "HMAC-SHA1"]) {
    const signed = sign(good, { credentials: sts, endpoint: "http://127.0.0.1:8081", algorithm });
    assert.equal(new Map(signed.headers).get("x-acs-security-token"), "token");
    assert.ok(signed.url.startsWith("http://127.0.0.1:8081/"));
    const request = { method: "POST", path: "/openapi/ha3/instances", headers: signed.headers, body: signed.body };
    assert.equal(verifyRequest(request, sts).valid, true);
    assert.equal(verifyRequest(request, { ...sts, securityToken: "other" }).reason, "security-token-differs");
  }
});

test("a request that cannot be signed is thrown with its problems, and without the secret", () => {
  const error = thrown(() => sign({ paymentInfo: {} }, { credentials, region: "cn-hangzhou" }));
  assert.ok(error instanceof HavenaskError && error instanceof Error);
  assert.equal(error.name, "HavenaskError");
  assert.equal(error.code, "InvalidRequest");
  assert.equal(error.outcome, "not-created");
  assert.equal(error.problems[0].path, "/paymentInfo");
  for (const options of [
    {},
    { credentials },
    { credentials, region: "mars-1" },
    { credentials, endpoint: "http://a/b" },
    { credentials, region: "cn-hangzhou", date: "tomorrow" },
    { credentials, region: "cn-hangzhou", date: new Date(NaN) },
    { credentials, region: "cn-hangzhou", algorithm: "MD5" },
    { credentials: { ...credentials, secret: "testsecret" }, region: "cn-hangzhou" },
  ]) {
    const wrong = thrown(() => sign(good, options));
    assert.equal(wrong.code, "InvalidArgument");
    assert.ok(!`${wrong.message} ${wrong.stack} ${JSON.stringify(wrong)}`.includes("testsecret"));
  }
  assert.equal(thrown(() => signRequest({ method: "GET", path: "/" }, credentials)).code, "InvalidArgument");
});

test("starting again waits for the first start", async () => {
  assert.equal(await havenask.default(), undefined);
  assert.equal(await havenask.default(), undefined);
});
