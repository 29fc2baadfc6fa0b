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
    const { url, ...built } = JSON.parse(call("purchaseRequest", this.#options, request, options));
    const { dryRun, signal } = options;
    const fetch = this.#options.fetch ?? globalThis.fetch;
    let sent = false;
    let status;
    let text;
    let retryAfter;
    try {
      // Who follows a redirect may buy somewhere else, or twice. Not every host has "error".
      const init = { ...built, signal, redirect: "manual" };
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
      callWith({ cause }, "networkFailure", this.#options, aborted, sent && !details.some((it) => NOT_CONNECTED.test(it)));
    }
    const body = parseJson(text);
    // The body comes last: nobody knows what is in it.
    const succeeded = callWith({ retryAfter }, "classifyResponse", this.#options, status, !!dryRun, body);
    if (!succeeded) throw new HavenaskError({ ...body, retryAfter: retryAfter ?? body.retryAfter });
    return dryRun ? body : { requestId: body.requestId, instanceId: body.result.instanceId };
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

/** What an error says, when it says anything: hosts throw all sorts of things. */
const describe = (error) => {
  try {
    const { name, message, code, cause } = error;
    return { name: String(name), message: String(message), details: [code, cause?.code, cause?.message] };
  } catch {
    return {};
  }
};
