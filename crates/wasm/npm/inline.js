import { setModuleSource } from "./core.js";
import base64 from "./havenask_bg.wasm.js";

export * from "./api.js";
export { init as default } from "./core.js";

setModuleSource(() => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
