import start from "./havenask.js";
import { once } from "./init.js";

export { HavenaskError } from "./error.js";
export { Client, initSync, sign, signRequest, validate, verifyRequest, version } from "./havenask.js";

export default once((source = new URL("./havenask_bg.wasm", import.meta.url)) =>
  start({ module_or_path: source }),
);
