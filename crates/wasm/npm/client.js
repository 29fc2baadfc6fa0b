import { call } from "./core.js";
import { HavenaskError } from "./error.js";

/** A way to a signing proxy. It holds no keys. */
export class Client {
  #options;

  constructor(options) {
    call("clientOptions", options);
    const { fetch } = options;
    if (fetch != null && typeof fetch !== "function") call("refuse", "options/fetch", "a function is needed");
    this.#options = { ...options };
  }

  async createInstance(request, options) {
    const { url, ...ask } = JSON.parse(call("purchase", this.#options, request, options));
    const { dryRun, signal } = options;
    const fetch = this.#options.fetch ?? globalThis.fetch;
    let sent = false;
    let status;
    let text;
    let retryAfter;
    try {
      // Who follows a redirect may buy somewhere else, or twice.
      const init = { ...ask, signal, redirect: "error" };
      const question = new Request(new URL(url, globalThis.location?.href), init);
      signal?.throwIfAborted();
      sent = true;
      const answer = await fetch(question);
      status = answer.status >>> 0;
      retryAfter = Number(answer.headers?.get("retry-after")) || undefined;
      text = await answer.text();
    } catch (error) {
      const { name, message } = said(error);
      const givenUp = name === "AbortError" || signal?.aborted === true;
      if (!sent && !givenUp) call("refuse", "options: no request can be made of them", message);
      call("lost", this.#options, givenUp, sent);
    }
    const body = json(text);
    // The body comes last: nobody knows what is in it.
    if (!call("bought", this.#options, status, !!dryRun, body)) throw new HavenaskError({ ...body, retryAfter });
    return dryRun ? body : { requestId: body.requestId, instanceId: body.result.instanceId };
  }
}

const json = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an error says, when it says anything: hosts throw all sorts of things. */
const said = (error) => {
  try {
    return { name: String(error.name), message: String(error.message) };
  } catch {
    return {};
  }
};
