// Programs as a page would load them, with the polyfills that the official packages need there.

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import polyfills from "node-stdlib-browser";
import plugin from "node-stdlib-browser/helpers/esbuild/plugin";

export const here = (file) => fileURLToPath(new URL(file, import.meta.url));

const options = { bundle: true, minify: true, write: false, format: "esm", target: "es2022", logLevel: "error" };
const stubs = {
  name: "stubs",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(node:)?(fs|child_process)$/ }, () => ({ path: here("stub.cjs") })),
};
const polyfilled = {
  inject: [createRequire(import.meta.url).resolve("node-stdlib-browser/helpers/esbuild/shim")],
  define: { global: "global", process: "process", Buffer: "Buffer" },
  plugins: [stubs, plugin(polyfills)],
};

const alias = { "havenask-instances": join(process.env.HAVENASK_NPM, "index.js") };

/** Code as one script. */
export const bundle = async (contents, more = polyfilled) => {
  const stdin = { contents, resolveDir: here(".") };
  const { outputFiles } = await build({ stdin, alias, ...options, ...more });
  return outputFiles[0].contents;
};

/** The size of a package in a page, with gzip -9. */
export const weight = async (name, more) => zipped(await bundle(`export * from "${name}"`, more));

export const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
