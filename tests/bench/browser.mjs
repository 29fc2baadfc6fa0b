// In Chromium: prints a line of JSON for each measurement. The official package gets the polyfills that it needs there.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { bundle } from "./bundle.mjs";

const files = {
  "/": ["text/html", "<!doctype html><title>bench</title><script type=module src=/page.js></script>"],
  "/page.js": ["text/javascript", await bundle('import "./page.mjs"')],
  "/havenask_bg.wasm": ["application/wasm", await readFile(join(process.env.HAVENASK_NPM, "havenask_bg.wasm"))],
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
