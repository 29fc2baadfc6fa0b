/** The module, for hosts that import WebAssembly; others get its address from their bundler, for `init`. */
declare const module: typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : object;
export default module;
