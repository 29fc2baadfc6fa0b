import { init } from "./core.js";

export * from "./api.js";

/**
 * The only place that says where the module is: a bundler copies what it names. Vite up to 7 moves this file in development,
 * and not what lies beside it.
 */
export default (source = new URL("./havenask_bg.wasm", import.meta.url)) =>
  init(source?.href?.includes("/.vite/deps/") ? source.href.replace("/.vite/deps/", "/havenask-instances/") : source);
