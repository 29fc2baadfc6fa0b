// The examples that are looked at in a browser.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { expect } from "@playwright/test";
import { POLICY, open, serving } from "../package/consumers/support/browser.mjs";
import { run } from "../package/consumers/support/processes.mjs";
import { start } from "../browser/fixtures/servers.mjs";
import { FormPage } from "../browser/pages/form.mjs";
import { ReviewPage } from "../browser/pages/review.mjs";
import { command, example, source } from "./support/examples.mjs";

/** Runs the servers while `use` looks at them. */
const withServers = async (proxyArguments, use) => {
  const servers = await start({ proxyArguments });
  try {
    await use(servers);
  } finally {
    await servers.stop();
  }
};

test("the Vite app buys, from its built files", async () => {
  const root = await example("vite");
  const built = join(root, "dist");
  const buy = async (url) => {
    await withServers(["--allow-origin", new URL(url).origin], async (servers) => {
      await run(root, ...command({ VITE_HAVENASK_PROXY: servers.url }, "npm", "run", "build"));
      await open(url, async (page) => {
        const form = new FormPage(page);
        await form.size.fill("250");
        await expect(page.locator("#curl")).toContainText('"code":"searcherdocsize","value":"250"');
        await form.review();
        await new ReviewPage(page).buy();
        await expect(page.locator("#said")).toHaveText(/^Bought /);
        const [{ instanceId }] = await servers.instances();
        await expect(page.locator("#said")).toHaveText(`Bought ${instanceId}`);
      });
    });
  };
  await serving(built, buy, `${POLICY} http://127.0.0.1:*; style-src 'self'`);
});

test("the form draws the catalogue, and refuses with the proxy what it does not offer", async () => {
  await withServers(["--catalog", source("catalogue/catalog.json")], async (servers) => {
    await open(servers.url, async (page) => {
      const [form, review] = [new FormPage(page), new ReviewPage(page)];
      const [shape, replicas] = [page.getByLabel("Shape"), page.getByLabel("Replicas")];
      await form.shown();
      await expect(page.getByText("Every code, value and range here is made up")).toBeVisible();
      assert.deepEqual(await shape.locator("option").allInnerTexts(), ["Small", "Large"]);
      await expect(replicas).toHaveCount(0);
      await shape.selectOption("large");
      await replicas.fill("4");
      await page.getByLabel("Cost centre").fill("search");
      await form.review();
      await expect(form.problems.getByRole("link")).toContainText(["Replicas must be 1, 3, 5, 7 or 9."]);
      await replicas.fill("5");
      await form.review();
      const sent = page.waitForRequest((request) => request.method() === "POST");
      await review.buy();
      const order = (await sent).postDataJSON();
      assert.deepEqual(order.components, [
        { code: "made-up-shape", value: "large" },
        { code: "made-up-replicas", value: "5" },
        { code: "made-up-disk", value: "100" },
        { code: "made-up-cost-centre", value: "search" },
      ]);
      await expect.poll(async () => (await servers.instances()).length).toBe(1);

      order.components[1].value = "4";
      const answer = await fetch(`${servers.url}/openapi/ha3/instances`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": "an-even-number" },
        body: JSON.stringify(order),
      });
      const { problems } = await answer.json();
      assert.deepEqual([answer.status, problems[0].code], [400, "component-value-not-offered"]);
    }, ["error"]);
  });
});
