import { call } from "./core.js";
import { HavenaskError } from "./error.js";

/** A way to a signing proxy. It holds no keys. */
export class Client {
  #options;

  constructor(options) {
    call("clientOptions", options);
    this.#options = { ...options };
  }

  async createInstance(request, options) {
    const ask = JSON.parse(call("purchase", this.#options, request, options));
    const { dryRun, signal } = options;
    let sent = false;
    let status;
    let text;
    try {
      const { fetch = globalThis.fetch } = this.#options;
      const { url, ...init } = ask;
      const question = new Request(new URL(url, globalThis.location?.href), { ...init, signal });
      signal?.throwIfAborted();
      sent = true;
      const answer = await fetch(question);
      status = answer.status;
      text = await answer.text();
    } catch (error) {
      call("lost", this.#options, error?.name === "AbortError" || !!signal?.aborted, sent);
    }
    const body = json(text);
    if (!call("bought", this.#options, status, body, !!dryRun)) throw new HavenaskError(body);
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
