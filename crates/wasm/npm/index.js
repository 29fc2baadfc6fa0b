import { init } from "./core.js";

export * from "./api.js";

/** The only place that says where the module is: a bundler copies what it names. */
export default (source = new URL("./havenask_bg.wasm", import.meta.url)) => init(source);
