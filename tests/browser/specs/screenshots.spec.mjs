// Pictures of each state in both themes: `cargo xtask screenshots` writes those of docs/ anew. Without a folder nothing is done.
import { join } from "node:path";

import { expect, test } from "../fixtures/test.mjs";

const folder = process.env.HAVENASK_SCREENSHOTS;

test.skip(!folder, "HAVENASK_SCREENSHOTS names no folder");
test.use({ settings: { readyAfter: 6 }, viewport: { width: 960, height: 580 } });

async function fill({ form }, resourceGroup = "rg-search") {
  await form.fill({ resourceGroup });
  await form.term.selectOption("3 Year");
  await form.autoRenew.check();
  await form.addTag("team", "search");
}

async function buy({ form, review }) {
  await form.review();
  await review.renewal.check();
  await review.buy();
}

/** The states, in the order in which a buyer sees them. */
const states = {
  form: (objects) => fill(objects),
  async problems({ form }) {
    await form.size.fill("210");
    await form.addComponent("searcherdocsize", "");
    await form.addTag("", "search");
    await form.review();
    await expect(form.problems).toBeFocused();
  },
  async review(objects) {
    await fill(objects);
    await objects.form.review();
    await objects.review.buyButton.click();
    await expect(objects.review.prepayment).toBeFocused();
  },
  async "checked-first"(objects) {
    await fill(objects);
    await objects.form.review();
    await objects.review.checkButton.click();
    await expect(objects.page.locator("pre")).toBeVisible();
  },
  async created(objects) {
    await fill(objects);
    await buy(objects);
    await expect(objects.outcome.steps.nth(1)).toHaveAttribute("aria-current", "step");
  },
  async ready(objects) {
    await fill(objects);
    await buy(objects);
    await expect(objects.outcome.ready).toBeVisible();
  },
  async refused(objects) {
    await fill(objects, "rg-no-money");
    await buy(objects);
    await expect(objects.outcome.refused).toBeVisible();
  },
  async "too-busy"(objects) {
    await objects.servers.fault({ operation: "CreateInstance", fault: "throttle", retryAfter: 30_000 });
    await fill(objects);
    await buy(objects);
    await expect(objects.outcome.countdown).toBeVisible();
  },
  async unknown(objects) {
    await objects.servers.fault({ operation: "CreateInstance", fault: "error", status: 500 });
    await fill(objects);
    await buy(objects);
    await expect(objects.outcome.unknown).toBeVisible();
  },
};

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [state, reach] of Object.entries(states)) {
      test(state, async ({ page, servers, form, review, outcome }) => {
        await reach({ page, servers, form, review, outcome });
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: join(folder, `${state}-${colorScheme}.png`), animations: "disabled" });
      });
    }
  });
}
