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
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

let browser;
after(() => browser?.close());

/** Opens a page while `use` looks at it; meanwhile it may write nothing of these types to the console. */
export const open = async (url, use, types = ["error", "warning"]) => {
  browser ??= await chromium.launch(config.use.launchOptions);
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (types.includes(message.type())) complaints.push(message.text());
  });
  try {
    await page.goto(url);
    const found = await use(page);
    assert.deepEqual(complaints, []);
    return found;
  } catch (error) {
    error.message += `\n${complaints.join("\n")}`;
    throw error;
  } finally {
    await page.close();
  }
};

/** The text that a page wrote into each `<output>`. */
export const visit = (url, count = 1) =>
  open(url, async (page) => {
    const outputs = page.locator("output");
    await outputs.nth(count - 1).waitFor({ timeout: 20_000 });
    return outputs.allTextContents();
  });

/** Serves a folder under a policy while `use` looks at it. */
export const serving = async (folder, use, policy = POLICY) => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const headers = { "content-type": TYPES[extname(path)], "content-security-policy": policy };
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
