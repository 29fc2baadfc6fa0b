// In Chromium: prints a line of JSON for each measurement. The official package gets the polyfills that it needs there.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import polyfills from "node-stdlib-browser";
import plugin from "node-stdlib-browser/helpers/esbuild/plugin";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const npm = process.env.HAVENASK_NPM;
const stubs = {
  name: "stubs",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(node:)?(fs|child_process)$/ }, () => ({ path: here("stub.cjs") })),
};

const bundle = await build({
  entryPoints: [here("page.mjs")],
  ...{ bundle: true, minify: true, write: false, format: "esm", target: "es2022", logLevel: "error" },
  inject: [createRequire(import.meta.url).resolve("node-stdlib-browser/helpers/esbuild/shim")],
  define: { global: "global", process: "process", Buffer: "Buffer" },
  alias: { "havenask-instances": join(npm, "index.js") },
  plugins: [stubs, plugin(polyfills)],
});
const files = {
  "/": ["text/html", "<!doctype html><title>bench</title><script type=module src=/page.js></script>"],
  "/page.js": ["text/javascript", bundle.outputFiles[0].contents],
  "/havenask_bg.wasm": ["application/wasm", await readFile(join(npm, "havenask_bg.wasm"))],
};
const server = createServer(({ url }, answer) => {
  const [type, content] = files[url] ?? [];
  answer.writeHead(type ? 200 : 404, { "content-type": type ?? "text/plain" }).end(content);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const executablePath = process.env.HAVENASK_CHROMIUM;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.bench);
  for (const name of ["sign", "@alicloud/openapi-util", "aws4fetch"]) {
    const microseconds = await page.evaluate((name) => globalThis.bench(name), name);
    console.log(JSON.stringify({ name, microseconds }));
  }
} finally {
  await browser.close();
  server.close();
}
