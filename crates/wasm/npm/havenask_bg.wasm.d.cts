/** The module, for hosts that import WebAssembly; others get its address from their bundler, for `init`. */
declare const module: WebAssembly.Module;
export default module;
