// `Client` against a server that plays the proxy.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { havenask } from "./support.mjs";

const { Client, HavenaskError } = havenask;
const request = {
  chargeType: "PREPAY",
  components: [{ code: "searcherdocsize", value: "200" }],
  order: { duration: 1, pricingCycle: "Month" },
};
const purchase = { idempotencyKey: "key-of-a-test" };

let server;
let endpoint;
let answer;
let received;

before(async () => {
  server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    received.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body });
    answer(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${server.address().port}/`;
});
after(() => server.close());

const with_ = (status, body) => {
  received = [];
  answer = (response) => response.writeHead(status, { "content-type": "application/json" }).end(body);
  return new Client({ endpoint });
};
const thrownBy = (run) => {
  try {
    return run();
  } catch (error) {
    return error.message;
  }
};
const failure = (promise) => promise.then(() => assert.fail("it was bought"), (error) => error);

test("buys with one request", async () => {
  const client = with_(200, '{"requestId":"R-1","result":{"instanceId":"ha-cn-1"}}');
  assert.deepEqual(await client.createInstance(request, purchase), { requestId: "R-1", instanceId: "ha-cn-1" });
  assert.equal(received.length, 1);
  assert.deepEqual([received[0].method, received[0].url], ["POST", "/openapi/ha3/instances"]);
  assert.equal(received[0].headers["idempotency-key"], "key-of-a-test");
  assert.equal(received[0].headers["content-type"], "application/json");
  assert.deepEqual(JSON.parse(received[0].body), request);
});

test("says who asks by a token, which no error quotes", async () => {
  with_(200, '{"requestId":"R-1","result":{"instanceId":"ha-cn-1"}}');
  await new Client({ endpoint, token: "t0ken" }).createInstance(request, purchase);
  assert.equal(received[0].headers.authorization, "Bearer t0ken");
  for (const token of ["t0ken\nx", "t0ken x", "t0kén"]) {
    const message = thrownBy(() => new Client({ endpoint, token }));
    assert.match(message, /token/);
    assert.doesNotMatch(message, /t0k/);
  }
});

test("a dry run asks the proxy for one", async () => {
  const shown = { dryRun: true, sent: false, method: "POST", url: "https://x/", body: "{}", stringToSign: "s" };
  const client = with_(200, JSON.stringify(shown));
  assert.deepEqual(await client.createInstance(request, { ...purchase, dryRun: true }), shown);
  assert.equal(received[0].url, "/openapi/ha3/instances?dryRun=true");
});

test("a refusal is a HavenaskError that says what to do", async () => {
  const refusal = {
    code: "InvalidPayMethod", message: "no balance", status: 400, requestId: "R-9", remedy: "Top up.", outcome: "not-created",
  };
  const error = await failure(with_(400, JSON.stringify(refusal)).createInstance(request, purchase));
  assert.ok(error instanceof HavenaskError);
  const { code, message, status, requestId, remedy, outcome } = error;
  assert.deepEqual({ code, message, status, requestId, remedy, outcome }, refusal);
});

const inSeconds = (seconds) => new Date(Date.now() + seconds * 1000);
const asctime = (date) => date.toUTCString().replace(/^(...), (..) (...) (....) (.*) GMT$/, "$1 $3 $2 $5 $4");

for (const [name, body, code] of [
  ["the proxy", JSON.stringify({ code: "TooManyRequests", message: "m", status: 429, remedy: "Wait.", outcome: "not-created" }), "TooManyRequests"],
  ["a balancer", "<html>slow down</html>", "UnexpectedResponse"],
]) {
  test(`a refusal of ${name} says when to ask again`, async () => {
    for (const [header, least, most] of [
      ["7", 7, 7],
      ["0", 0, 0],
      [inSeconds(90).toUTCString(), 60, 90],
      [asctime(inSeconds(90)), 60, 90],
      [inSeconds(-90).toUTCString(), 0, 0],
      ["soon"],
      ["soon 7"],
      ["-5"],
      ["1.5"],
      ["9".repeat(400)],
      [undefined],
    ]) {
      const client = with_(429, "");
      const headers = header ? { "retry-after": header } : {};
      answer = (response) => response.writeHead(429, headers).end(body);
      const error = await failure(client.createInstance(request, purchase));
      assert.equal(error.code, code, header);
      if (least === undefined) assert.equal(error.retryAfter, undefined, header);
      else assert.ok(error.retryAfter >= least && error.retryAfter <= most, `${header} ${error.retryAfter}`);
    }
  });
}

test("an order that repeats one is refused with that one", async () => {
  const earlier = { key: "key-of-before", state: "created", instanceId: "ha-cn-1", age: 60 };
  const refusal = { code: "OrderRepeated", message: "m", status: 409, remedy: "r", outcome: "not-created", retry: "same-key", purchase: earlier };
  const client = with_(409, JSON.stringify(refusal));
  const error = await failure(client.createInstance(request, { ...purchase, noRepeat: 86_400 }));
  assert.deepEqual([error.code, error.retry, error.purchase], ["OrderRepeated", "same-key", earlier]);
  assert.equal(received[0].headers["havenask-no-repeat"], "86400");
  await failure(client.createInstance(request, { ...purchase, noRepeat: 0 }));
  assert.equal(received[1].headers["havenask-no-repeat"], "0");
  await failure(client.createInstance(request, purchase));
  assert.equal(received[2].headers["havenask-no-repeat"], undefined);
  for (const noRepeat of [-1, 1.5, "60", 1e12, NaN, 31_622_401]) {
    const { code, message } = await failure(client.createInstance(request, { ...purchase, noRepeat }));
    assert.equal(code, "InvalidArgument");
    assert.match(message, /^options\/noRepeat: /, String(noRepeat));
  }
  assert.equal(received.length, 3);
});

test("an endpoint of another scheme is an argument that is wrong", async () => {
  for (const endpoint of ["ftp://127.0.0.1/", "file:///", "ws://127.0.0.1/"]) {
    const error = await failure(new Client({ endpoint }).createInstance(request, purchase));
    assert.deepEqual([error.code, error.outcome], ["InvalidArgument", "not-created"], endpoint);
  }
});

test("nothing was sent to an address where nothing listens", async () => {
  const gone = createServer();
  await new Promise((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const { port } = gone.address();
  await new Promise((resolve) => gone.close(resolve));
  for (const nowhere of [`http://127.0.0.1:${port}/`, "http://nowhere.invalid/", "http://127.0.0.1:1/"]) {
    const error = await failure(new Client({ endpoint: nowhere }).createInstance(request, purchase));
    assert.deepEqual([error.code, error.outcome, error.retry, error.status], ["ProxyUnreachable", "not-created", "same-key", 0], nowhere);
    assert.ok(error.cause instanceof TypeError && error.cause.cause instanceof Error, nowhere);
    assert.doesNotMatch(error.remedy, /may have been/);
  }
});

test("a refusal by a rule of a newer proxy is a refusal", async () => {
  const problem = { code: "rule-of-tomorrow", path: "/tags", severity: "error", message: "No." };
  const refusal = { code: "InvalidRequest", message: "m", status: 400, remedy: "", outcome: "not-created", problems: [problem] };
  const error = await failure(with_(400, JSON.stringify(refusal)).createInstance(request, purchase));
  assert.deepEqual([error.outcome, error.problems], ["not-created", [problem]]);
});

test("an answer of something else, and no answer, leave the outcome open", async () => {
  for (const [status, body] of [[200, "<html>"], [200, "{}"], [502, "<html>"], [500, '{"code":"InternalServerError"}']]) {
    const error = await failure(with_(status, body).createInstance(request, purchase));
    assert.equal(error.outcome, "unknown", `${status} ${body}`);
  }
  const deep = "[".repeat(17) + "]".repeat(17);
  const many = JSON.stringify(Array(100_001).fill(1));
  for (const odd of [deep, many]) {
    const body = `{"requestId":"R","result":{"instanceId":"i"},"x":${odd},"y":1}`;
    const error = await failure(with_(200, body).createInstance(request, purchase));
    assert.deepEqual([error.code, error.outcome], ["UnexpectedResponse", "unknown"]);
  }
  const client = with_(200, "");
  answer = (response) => response.socket.destroy();
  const broken = await failure(client.createInstance(request, purchase));
  assert.deepEqual([broken.code, broken.outcome, broken.status], ["NetworkError", "unknown", 0]);
  assert.ok(broken.cause instanceof TypeError);
});

test("giving up leaves the outcome open, unless nothing was sent", async () => {
  const client = with_(200, "");
  const controller = new AbortController();
  answer = () => controller.abort();
  const late = await failure(client.createInstance(request, { ...purchase, signal: controller.signal }));
  assert.deepEqual([late.code, late.outcome], ["Aborted", "unknown"]);
  const early = await failure(client.createInstance(request, { ...purchase, signal: AbortSignal.abort() }));
  assert.deepEqual([early.code, early.outcome, early.retry, received.length], ["Aborted", "not-created", "same-key", 1]);
  assert.match(early.remedy, /^Nothing was bought/);
  assert.match(late.remedy, /may have been made/);
  const reason = new Error("the visitor left");
  const told = await failure(client.createInstance(request, { ...purchase, signal: AbortSignal.abort(reason) }));
  assert.equal(told.cause, reason);
});

test("an invalid argument is thrown before anything is sent", async () => {
  const client = with_(200, "");
  const wrong = await failure(client.createInstance({ paymentInfo: {} }, purchase));
  assert.deepEqual([wrong.code, wrong.problems[0].path], ["InvalidRequest", "/paymentInfo"]);
  for (const options of [undefined, {}, { idempotencyKey: "short" }, { ...purchase, signal: {} }]) {
    assert.equal((await failure(client.createInstance(request, options))).code, "InvalidArgument");
  }
  assert.equal(received.length, 0);
  assert.throws(() => new Client({}), HavenaskError);
});

test("no redirect is followed, and it says to sign in", async () => {
  for (const status of [302, 303, 307]) {
    const client = with_(status, "");
    answer = (response) => {
      answer = (next) => next.end('{"requestId":"R","result":{"instanceId":"ha-cn-9"}}');
      response.writeHead(status, { location: "/elsewhere" }).end();
    };
    const error = await failure(client.createInstance(request, purchase));
    assert.deepEqual([error.code, error.status, error.outcome, received.length], ["UnexpectedResponse", status, "unknown", 1]);
    assert.match(error.remedy, /Sign in/);
  }
});

test("a fetch may answer anything, and throw anything", async () => {
  const odd = { get name() { throw new Error("not this one"); } };
  for (const fetch of [
    () => { throw odd; },
    () => undefined,
    () => ({ text: () => "{}" }),
    () => ({ status: "200", text: () => 1 }),
    () => Response.error(),
    () => new Response(null, { status: 204 }),
  ]) {
    const error = await failure(new Client({ endpoint, fetch }).createInstance(request, purchase));
    assert.ok(error instanceof HavenaskError, String(fetch));
    assert.equal(error.outcome, "unknown", String(fetch));
  }
  assert.equal(thrownBy(() => new Client({ endpoint, fetch: 5 })), "options/fetch: a function is needed");
});

test("an argument that makes no request is named", async () => {
  const { code, message, outcome } = await failure(new Client({ endpoint: "/" }).createInstance(request, purchase));
  assert.deepEqual([code, outcome], ["InvalidArgument", "not-created"]);
  assert.match(message, /^options: no request can be made of them: .*URL/);
});

test("another fetch is used when one is given", async () => {
  const asked = [];
  const fetch = async (request) => {
    asked.push([request.method, new URL(request.url).pathname]);
    return new Response('{"requestId":"R","result":{"instanceId":"ha-cn-2"}}');
  };
  const client = new Client({ endpoint: "http://nowhere.invalid/", fetch });
  assert.equal((await client.createInstance(request, purchase)).instanceId, "ha-cn-2");
  assert.deepEqual(asked, [["POST", "/openapi/ha3/instances"]]);
});

const PRICE = { currency: "CNY", total: "1234.50", items: [{ code: "searcherdocsize", total: "1234.50" }] };
const QUOTE = { status: "priced", price: PRICE, quotedAt: 1_800_000_000_000 };

test("asks for a price, and buys nothing", async () => {
  const client = with_(200, JSON.stringify(QUOTE));
  assert.deepEqual(await client.quote(request), QUOTE);
  assert.deepEqual(received.map(({ method, url }) => [method, url]), [["POST", "/quotes"]]);
  assert.equal(received[0].headers["idempotency-key"], undefined);
  assert.deepEqual(JSON.parse(received[0].body), request);
});

test("a region is named to the proxy, for a purchase and a quote", async () => {
  const bought = JSON.stringify({ requestId: "R-1", result: { instanceId: "ha-1" } });
  await with_(200, bought).createInstance(request, { idempotencyKey: "key-number-1", region: "cn-beijing" });
  assert.equal(received[0].url, "/openapi/ha3/instances?region=cn-beijing");
  await with_(200, JSON.stringify(QUOTE)).quote(request, { region: "cn-beijing" });
  assert.equal(received.at(-1).url, "/quotes?region=cn-beijing");
});

test("a question for a price that fails has bought nothing", async () => {
  const gone = new Client({ endpoint, fetch: () => Promise.reject(new TypeError("gone")) });
  const signal = AbortSignal.abort();
  for (const [ask, code] of [
    [() => with_(200, "<html>").quote(request), "UnexpectedResponse"],
    [() => with_(200, '{"status":"priced","quotedAt":1}').quote(request), "UnexpectedResponse"],
    [() => with_(200, '{"status":"not-priced","quotedAt":1}').quote(request), "UnexpectedResponse"],
    [() => with_(502, "").quote(request), "UnexpectedResponse"],
    [() => gone.quote(request), "ProxyUnreachable"],
    [() => with_(200, JSON.stringify(QUOTE)).quote(request, { signal }), "Aborted"],
    [() => with_(200, JSON.stringify(QUOTE)).quote(request, { maxPrice: "CNY 1" }), "InvalidArgument"],
    [() => with_(200, JSON.stringify(QUOTE)).quote({ chargeType: "prepay" }), "InvalidRequest"],
  ]) {
    const error = await failure(ask());
    assert.deepEqual([error.code, error.outcome], [code, "not-created"]);
  }
});

test("a bound goes with the purchase, and a price above it is told", async () => {
  const refusal = { code: "PriceChanged", message: "m", status: 409, remedy: "r", outcome: "not-created", retry: "same-key", quote: QUOTE };
  const client = with_(409, JSON.stringify(refusal));
  const error = await failure(client.createInstance(request, { ...purchase, maxPrice: "CNY 1000.00" }));
  assert.equal(received[0].headers["havenask-max-price"], "CNY 1000.00");
  assert.deepEqual(error.quote, QUOTE);
  received = [];
  for (const maxPrice of ["1234", "CNY -1", "CNY 1e9", "CNY 1.234567", "cny 1", "", "CNY 1\n", 5]) {
    const error = await failure(client.createInstance(request, { ...purchase, maxPrice }));
    assert.equal(error.code, "InvalidArgument", String(maxPrice));
    assert.match(error.message, /options\/maxPrice/);
  }
  assert.deepEqual(received, []);
});

test("the terms that were accepted go with the purchase, and those of the proxy are told", async () => {
  const terms = "https://shop.example/terms?version=3";
  const refusal = { code: "TermsNotAccepted", message: `m ${terms}`, status: 409, remedy: "r", outcome: "not-created", retry: "same-key" };
  const client = with_(409, JSON.stringify(refusal));
  const error = await failure(client.createInstance(request, { ...purchase, terms }));
  assert.equal(received[0].headers["havenask-terms"], terms);
  assert.deepEqual([error.code, error.retry, error.message], ["TermsNotAccepted", "same-key", `m ${terms}`]);
  received = [];
  // A value that is no header is refused before anything is sent.
  for (const terms of ["https://shop.example/\r\nx: y", "https://shop.example/条款", 5]) {
    const error = await failure(client.createInstance(request, { ...purchase, terms }));
    assert.deepEqual([error.code, error.outcome], ["InvalidArgument", "not-created"], String(terms));
  }
  assert.deepEqual(received, []);
});
