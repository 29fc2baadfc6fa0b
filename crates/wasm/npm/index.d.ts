export { HavenaskError } from "./error.js";
export { Client, initSync, sign, signRequest, validate, verifyRequest, version } from "./havenask.js";
export type * from "./havenask.js";

/**
 * Loads the WebAssembly; everything else needs it. Calling it again waits for the first call.
 * @param source - where the `.wasm` is, or the module itself; beside this file when it is left out.
 */
export default function init(
  source?: URL | string | Request | Response | BufferSource | WebAssembly.Module,
): Promise<void>;
