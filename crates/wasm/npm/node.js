import { readFile } from "node:fs/promises";
import start from "./havenask.js";
import { once } from "./init.js";

export { HavenaskError } from "./error.js";
export { Client, initSync, sign, signRequest, validate, verifyRequest, version } from "./havenask.js";

export default once(async (source) =>
  start({
    module_or_path: source ?? (await readFile(new URL("./havenask_bg.wasm", import.meta.url))),
  }),
);
