import module from "./havenask_bg.wasm";
import { init, startsWith } from "./core.js";

export * from "./api.js";

startsWith(() => module);

export default (source) => init(source ?? module);
