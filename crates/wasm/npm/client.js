import { call } from "./core.js";
import { HavenaskError } from "./error.js";

/** Errors of connections that were never made, as Node, Bun and Deno tell them; a browser tells nothing. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|.*CERT.*|bad port)$|client error \(Connect\)/;

/** A way to a signing proxy. It holds no keys. */
export class Client {
  #options;

  constructor(options) {
    call("checkClientOptions", options);
    const { fetch } = options;
    if (fetch != null && typeof fetch !== "function") call("invalidArgument", "options/fetch", "a function is needed");
    this.#options = { ...options };
  }

  async createInstance(request, options) {
    const built = call("purchaseRequest", this.#options, request, options);
    const { dryRun, signal } = options;
    if (dryRun) return this.#send("dry-run", built, signal);
    const { requestId, result } = await this.#send("purchase", built, signal);
    return { requestId, instanceId: result.instanceId };
  }

  async quote(request, options) {
    return this.#send("quote", call("quoteRequest", this.#options, request, options), options?.signal);
  }

  /** Sends what the core has built, and returns the body that answers the question. */
  async #send(question, built, signal) {
    const { url, ...request } = JSON.parse(built);
    const fetch = this.#options.fetch ?? globalThis.fetch;
    let sent = false;
    let status;
    let text;
    let retryAfter;
    try {
      // A redirect that is followed may buy somewhere else, or twice. Not every host has "error".
      const init = { ...request, signal, redirect: "manual" };
      const address = new URL(url, globalThis.location?.href);
      if (!/^https?:$/.test(address.protocol)) throw new TypeError(`${address.protocol} is not http: or https:`);
      const outgoing = new Request(address, init);
      signal?.throwIfAborted();
      sent = true;
      const response = await fetch(outgoing);
      status = response.status >>> 0;
      retryAfter = parseRetryAfter(response.headers?.get("retry-after"));
      text = await response.text();
    } catch (cause) {
      const { name, message, details = [] } = describe(cause);
      const aborted = name === "AbortError" || signal?.aborted === true;
      if (!sent && !aborted) callWith({ cause }, "invalidArgument", "options: no request can be made of them", message);
      // A question for a price buys nothing.
      const arrived = sent && question !== "quote" && !details.some((it) => NOT_CONNECTED.test(it));
      callWith({ cause }, "networkFailure", this.#options, aborted, arrived);
    }
    const body = parseJson(text);
    // The body comes last: nobody knows what is in it.
    const succeeded = callWith({ retryAfter }, "classifyResponse", this.#options, status, question, body);
    if (!succeeded) throw new HavenaskError({ ...body, retryAfter: retryAfter ?? body.retryAfter });
    return body;
  }
}

/** Calls the core; what it throws gets what only JavaScript knows. */
const callWith = (more, ...named) => {
  try {
    return call(...named);
  } catch (error) {
    throw new HavenaskError({ ...error, message: error.message, ...more });
  }
};

const parseJson = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The header `Retry-After`: seconds, or a date in one of the three forms of HTTP. */
const parseRetryAfter = (text) => {
  if (/^\d{1,9}$/.test(text)) return +text;
  const date = / \d\d:\d\d:\d\d /.test(text) && Date.parse(text.replace(/( GMT)?$/, " GMT"));
  return date ? Math.max(0, Math.ceil((date - Date.now()) / 1000)) : undefined;
};

/** The message of an error, when it has one: hosts throw all sorts of things. */
const describe = (error) => {
  try {
    const { name, message, code, cause } = error;
    return { name: String(name), message: String(message), details: [code, cause?.code, cause?.message] };
  } catch {
    return {};
  }
};
