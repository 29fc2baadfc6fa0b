// Pictures of each state, for the documents and for looking at: written only when HAVENASK_SCREENSHOTS names a folder.
import { join } from "node:path";

import { start } from "../fixtures/servers.mjs";
import { test } from "../fixtures/test.mjs";

const folder = process.env.HAVENASK_SCREENSHOTS;
const widths = [1280, 390];
const themes = ["light", "dark"];
const languages = { en: "en-US", zh: "zh-CN" };

test.skip(!folder, "HAVENASK_SCREENSHOTS names no folder");

/** The states, in the order in which a buyer sees them; ids keep this independent of the language. */
const states = {
  async form(page) {
    await page.locator("#offer-0").fill("200");
  },
  async errors(page) {
    await page.locator("#component-add").click();
    await page.locator("#component-1-name").fill("searcherdocsize");
    await page.locator("#tag-add").click();
    await page.locator("#tag-2-value").fill("search");
    await page.locator("button[type=submit]").click();
  },
  async review(page) {
    await fill(page);
    await page.locator("button[type=submit]").click();
    await page.locator("button[aria-busy]").click();
  },
  async created(page) {
    await fill(page);
    await buy(page);
    await page.locator(".step").first().waitFor();
    await page.waitForTimeout(1_500);
  },
  async ready(page) {
    await fill(page);
    await buy(page);
    await page.locator(".ready").waitFor();
  },
  async refused(page) {
    await fill(page, "rg-no-money");
    await buy(page);
    await page.locator(".outcome").waitFor();
  },
  async unknown(page) {
    await fill(page, "rg-broken");
    await buy(page);
    await page.locator(".outcome").waitFor();
    await page.locator("main button").first().click();
    await page.locator("table, .part > p").first().waitFor();
  },
};

async function fill(page, resourceGroup = "rg-search") {
  await page.locator("#offer-0").fill("200");
  await page.locator("#duration").selectOption("3");
  await page.locator("#pricing-cycle").selectOption("Year");
  await page.locator("#auto-renew").check();
  await page.locator("#resource-group").fill(resourceGroup);
  await page.locator("#tag-add").click();
  await page.locator("#tag-1-name").fill("team");
  await page.locator("#tag-1-value").fill("search");
}

async function buy(page) {
  await page.locator("button[type=submit]").click();
  await page.locator("#consent-prepayment").check();
  await page.locator("#consent-renewal").check();
  await page.locator("button[aria-busy]").click();
}

for (const [language, locale] of Object.entries(languages)) {
  for (const theme of themes) {
    for (const width of widths) {
      test.describe(`${language} ${theme} ${width}`, () => {
        test.use({ locale, colorScheme: theme, viewport: { width, height: width > 500 ? 900 : 844 } });
        for (const [state, reach] of Object.entries(states)) {
          test(state, async ({ page }) => {
            const servers = await start({ readyAfter: 4 });
            try {
              await page.goto(servers.url);
              await page.locator("#offer-0").waitFor();
              await reach(page);
              await page.waitForTimeout(300);
              const name = `${state}-${language}-${theme}-${width}.png`;
              // The whole page, as if the window were that high: a bar at the bottom stays at the bottom.
              const height = await page.evaluate(() => document.documentElement.scrollHeight);
              const seen = page.viewportSize();
              await page.screenshot({ path: join(folder, `window-${name}`) });
              await page.setViewportSize({ width, height: Math.max(height, seen.height) });
              await page.screenshot({ path: join(folder, name) });
            } finally {
              await servers.stop();
            }
          });
        }
      });
    }
  }
}
