import { init, startsWith } from "./core.js";
import base64 from "./havenask_bg.wasm.js";

export * from "./api.js";

const decoded = () => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
startsWith(decoded);

export default (source) => init(source ?? decoded());
