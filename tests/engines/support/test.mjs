// Tests that run in each engine, with the pages of tests/browser.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { start } from "../../browser/fixtures/servers.mjs";
import { DeveloperPage } from "../../browser/pages/developer.mjs";
import { FormPage } from "../../browser/pages/form.mjs";
import { InstancesPage } from "../../browser/pages/instances.mjs";
import { OrdersPage } from "../../browser/pages/orders.mjs";
import { OutcomePage } from "../../browser/pages/outcome.mjs";
import { ReviewPage } from "../../browser/pages/review.mjs";
import { startFirefox } from "./marionette.mjs";
import { Screen } from "./screen.mjs";
import { startChromium, startWebKit } from "./webdriver.mjs";

export const STARTS = { Chromium: startChromium, Firefox: startFirefox, WebKit: startWebKit };
/** Those that no other test sees. */
const OTHERS = ["Firefox", "WebKit"];
const PICTURES = new URL("../../../target/engines/", import.meta.url).pathname;
/** Of one test. */
const LIMIT = 120_000;

/** The page objects of a screen. */
const objects = (screen) => ({
  screen,
  form: new FormPage(screen),
  review: new ReviewPage(screen),
  outcome: new OutcomePage(screen),
  instances: new InstancesPage(screen),
  orders: new OrdersPage(screen),
  developer: new DeveloperPage(screen),
});

/** Declares tests for each engine, one browser each, at the same time. */
export function inEachEngine(declare, names = OTHERS) {
  const chosen = names.filter((name) => (process.env.HAVENASK_ENGINE ?? name) === name);
  describe("engines", { concurrency: chosen.length }, () => {
    for (const name of chosen) {
      describe(name, { concurrency: 1 }, () => {
        const browser = {};
        before(async () => Object.assign(browser, await STARTS[name]()), { timeout: LIMIT });
        after(() => browser.stop?.());
        declare((title, body) => test(title, { timeout: LIMIT }, () => watched(name, title, browser, body)), name);
      });
    }
  });
}

/** Runs a test with a screen; what the browser complains about fails it, and how the screen looked then is kept. */
async function watched(name, title, browser, body) {
  try {
    // The page of the test before may complain while it is left.
    await browser.command("Navigate", { url: "about:blank" });
    await browser.complaints();
    await body(objects(new Screen(browser)));
    assert.deepEqual(await browser.complaints(), []);
  } catch (error) {
    await mkdir(PICTURES, { recursive: true });
    const file = join(PICTURES, `${name} ${title}`.replace(/\W+/g, "-") + ".png");
    await writeFile(file, await browser.screenshot());
    error.message += `\nscreen: ${file}`;
    throw error;
  }
}

/** Servers for as long as `use` needs them. Each has an origin of its own, so that nothing stays from the test before. */
export async function withServers(use, settings) {
  const servers = await start(settings);
  try {
    await use(servers);
  } finally {
    await servers.stop();
  }
}
