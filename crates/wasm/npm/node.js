import { readFileSync } from "node:fs";
import { init, startsWith } from "./core.js";

export * from "./api.js";

const read = () => readFileSync(new URL("./havenask_bg.wasm", import.meta.url));
startsWith(read);

export default (source) => init(source ?? read());
