import module from "./havenask_bg.wasm";
import { startsWith } from "./core.js";

export * from "./api.js";
export { init as default } from "./core.js";

startsWith(() => module);
