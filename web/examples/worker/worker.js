// Keeps the keys, checks, signs and sends. Each idempotency key is a durable object, which writes down that it buys before
// it sends: a double click buys once. README.md says what havenask-proxy does beyond that.
import { sign, validate } from "havenask-instances";

/** Nothing was bought. In the form of the proxy, which the package's Client reads. */
const failure = (status, code, message, more) => ({
  status,
  body: { code, message, status, remedy: "", outcome: "not-created", ...more },
});
/** It may have been bought. */
const inDoubt = (status, code, message) => {
  const remedy = "Look for the instance with the tag havenask-purchase before you buy again.";
  return failure(status, code, message, { remedy, outcome: "unknown" });
};

export default {
  async fetch(request, env, context) {
    const answer = reply(request, env);
    // A client that hangs up does not stop the purchase.
    context.waitUntil(answer);
    const { status, body } = await answer;
    return Response.json(body, { status });
  },
};

const reply = async (request, env) => {
  if (!(await mayBuy(request, env))) return failure(401, "Unauthorized", "The token is not known.");
  const { pathname, search } = new URL(request.url);
  // With ?dryRun=true somebody wants anything but to buy.
  if (request.method !== "POST" || pathname + search !== "/openapi/ha3/instances") {
    return failure(404, "NotFound", "There is only POST /openapi/ha3/instances.");
  }
  const key = request.headers.get("idempotency-key");
  if (!/^[\w-]{8,64}$/.test(key)) return failure(400, "IdempotencyKeyMissing", "Each purchase needs a key of its own.");
  const order = await request.json().catch(() => undefined);
  const problems = validate(order);
  if (problems.some(({ severity }) => severity === "error")) {
    return failure(400, "InvalidRequest", "The request breaks rules.", { problems });
  }
  const purchase = env.PURCHASES.get(env.PURCHASES.idFromName(key));
  const bought = await purchase.fetch(request.url, { method: "POST", body: JSON.stringify({ key, order }) });
  return { status: bought.status, body: await bought.json() };
};

const mayBuy = async (request, { TOKEN }) => {
  const hash = (text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const given = request.headers.get("authorization") ?? "";
  return Boolean(TOKEN) && crypto.subtle.timingSafeEqual(await hash(given), await hash(`Bearer ${TOKEN}`));
};

/** One purchase. No other request of the same key comes in between two lines here, unless one of them waits for the cloud. */
export class Purchase {
  constructor({ storage }, env) {
    this.storage = storage;
    this.env = env;
  }

  async fetch(request) {
    const { status, body } = await this.answer(await request.text());
    return Response.json(body, { status });
  }

  async answer(asked) {
    const before = await this.storage.get("purchase");
    if (!before) return this.buy(asked);
    if (before.asked !== asked) return failure(422, "IdempotencyKeyReused", "The key belongs to another purchase.");
    return before.answer ?? inDoubt(409, "PurchaseInFlight", "It is being bought, or its answer was lost.");
  }

  async buy(asked) {
    const { key, order } = JSON.parse(asked);
    const { ACCESS_KEY_ID, ACCESS_KEY_SECRET, ENDPOINT } = this.env;
    const tags = [...(order.tags ?? []), { key: "havenask-purchase", value: key }];
    const credentials = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: ACCESS_KEY_SECRET };
    const signed = sign({ ...order, tags }, { credentials, endpoint: ENDPOINT ?? "http://127.0.0.1:8081" });
    // Nothing leaves the object before this is kept.
    await this.storage.put("purchase", { asked });
    const answer = await send(signed);
    await this.storage.put("purchase", { asked, answer });
    return answer;
  }
}

const send = async ({ url, method, headers, body }) => {
  try {
    const signal = AbortSignal.timeout(30_000);
    const answer = await fetch(url, { method, headers, body, redirect: "manual", signal });
    return read(answer.status, await answer.json());
  } catch {
    return inDoubt(504, "UpstreamTimeout", "The cloud did not answer.");
  }
};

/** Only a refusal with a code says that nothing was bought. */
const read = (status, body) => {
  if (status === 200 && body.result?.instanceId) return { status, body };
  // The gateway writes its errors with capitals, the service without.
  const { code = body.Code, message = body.Message } = body;
  const refused = code && status >= 400 && status < 500 && status !== 408;
  // Below the first line the cloud quotes the whole request.
  if (refused) return failure(status, code, message?.split("\n")[0] ?? "");
  return inDoubt(502, "UpstreamResponseUnreadable", "Nobody understands the answer of the cloud.");
};
