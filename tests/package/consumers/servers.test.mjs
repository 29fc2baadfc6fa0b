// Pages from the servers that frameworks bring along.

import assert from "node:assert/strict";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { POLICY, open, visit } from "./support/browser.mjs";
import { NEEDS_INIT, STARTS_ITSELF, assertFound } from "./support/expected.mjs";
import { run, start, tool } from "./support/processes.mjs";
import { CONSUMER, INLINE, PACKAGE, filesOf, project } from "./support/projects.mjs";

for (const vite of ["vite5", "vite6", "vite7", "vite"]) {
  const { createServer } = await import(vite);
  const serving = async (root, use) => {
    const headers = { "content-security-policy": POLICY };
    const server = await createServer({ root, logLevel: "error", server: { host: "127.0.0.1", port: 0, headers } });
    try {
      await server.listen();
      await use(server.resolvedUrls.local[0]);
    } finally {
      await server.close();
    }
  };

  for (const [entry, expected] of [
    [PACKAGE, NEEDS_INIT],
    [INLINE, STARTS_ITSELF],
  ]) {
    test(`${vite}, as it serves a developer: ${entry}`, async () => {
      await serving(await project([...CONSUMER, "page"], entry), async (url) => {
        const [found] = await visit(url);
        assertFound(found, expected);
      });
    });
  }

  test(`${vite}, as it serves a developer: the form`, async () => {
    await serving(await project([...CONSUMER, "page", "form"]), async (url) => {
      // There is no proxy, which the console says.
      assert.equal(await open(url, (page) => page.locator("output").textContent(), ["warning"]), '"drawn"');
    });
  });
}

for (const bundler of ["turbopack", "webpack"]) {
  test(`Next.js with ${bundler}: on the server and in the browser`, async () => {
    const built = await project([...CONSUMER, "next"]);
    await run(built, tool("next"), "build", `--${bundler}`);
    // It is not deployed where it was built.
    const folder = `${built}-deployed`;
    await rename(built, folder);
    const says = /Local: +(http:\S+)[^]*Ready/;
    const { match, said, stop } = await start(folder, says, tool("next"), "start", "--port=0", "--hostname=127.0.0.1");
    try {
      const [, url] = match;
      const response = await fetch(`${url}/route`);
      assert.equal(response.status, 200, said());
      assertFound(await response.text(), STARTS_ITSELF);
      const [onServer, inBrowser] = await visit(url, 2);
      assertFound(onServer, STARTS_ITSELF);
      assertFound(inBrowser, NEEDS_INIT);
    } finally {
      await stop();
    }
    const sent = await filesOf(join(folder, ".next/static"));
    assert.equal(sent.filter((file) => file.endsWith(".wasm")).length, 1);
  });
}
