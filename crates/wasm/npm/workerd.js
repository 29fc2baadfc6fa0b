import module from "./havenask_bg.wasm";
import { setModuleSource } from "./core.js";

export * from "./api.js";
export { init as default } from "./core.js";

setModuleSource(() => module);
