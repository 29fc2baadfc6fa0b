// Pages in a real browser, from a server with a strict policy.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after } from "node:test";
import { chromium } from "@playwright/test";
import config from "../../../browser/playwright.config.mjs";

export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

let browser;
after(() => browser?.close());

/** What a page wrote into each `<output>`; nothing else may have gone wrong meanwhile. */
export const visit = async (url, count = 1) => {
  browser ??= await chromium.launch(config.use.launchOptions);
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  const outputs = page.locator("output");
  try {
    await outputs.nth(count - 1).waitFor({ timeout: 20_000 });
  } catch {
    assert.fail(`${url} did not say everything\n${complaints.join("\n")}`);
  }
  const found = await outputs.allTextContents();
  await page.close();
  assert.deepEqual(complaints, []);
  return found;
};

/** Serves a folder under the policy while `use` looks at it. */
export const serving = async (folder, use) => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const headers = { "content-type": TYPES[extname(path)], "content-security-policy": POLICY };
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
};
