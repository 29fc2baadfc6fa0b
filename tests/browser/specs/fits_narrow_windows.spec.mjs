import { expect, test } from "../fixtures/test.mjs";

const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const width of [390, 320]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 640 } });

    for (const [name, resourceGroup] of [["created", "rg-1"], ["refused", "rg-no-money"], ["unknown", "rg-broken"]]) {
      test(`nothing is wider than the window, until ${name}`, async ({ page, form, review, outcome }) => {
        expect(await overflow(page), "form").toBe(0);
        await form.addTag("k".repeat(129), "x".repeat(128));
        await form.addComponent("c".repeat(200), "v".repeat(200));
        await form.review();
        expect(await overflow(page), "problems").toBe(0);
        await form.tagKey(1).fill("k".repeat(128));
        await form.fill({ resourceGroup });
        await form.review();
        expect(await overflow(page), "review").toBe(0);
        await review.buy();
        await expect(outcome[name]).toBeVisible();
        expect(await overflow(page), name).toBe(0);
      });
    }

    test("the bar at the bottom says the term and does not cover the focus", async ({ page, form }) => {
      await expect(form.reviewButton).toBeInViewport();
      await expect(form.summary).toContainText("1 month, paid in advance");
      const bar = await form.summary.boundingBox();
      expect(Math.round(bar.y + bar.height)).toBe(640);
      for (let step = 0; step < 14; step++) {
        await page.keyboard.press("Tab");
        const hidden = await page.evaluate(() => {
          const bar = document.querySelector(".summary");
          const focused = document.activeElement;
          if (focused === document.body || bar.contains(focused)) return false;
          const box = focused.getBoundingClientRect();
          return box.bottom > bar.getBoundingClientRect().top;
        });
        expect(hidden, `after ${step + 1} tabs`).toBe(false);
      }
    });
  });
}

for (const width of [1200, 320]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("the hint of a choice has the room of its box", async ({ page, form }) => {
      await expect(form.reviewButton).toBeVisible();
      const shares = await page.locator(".choice > .hint").evaluateAll((hints) =>
        hints.map((hint) => hint.getBoundingClientRect().width / hint.parentElement.getBoundingClientRect().width),
      );
      expect(shares.length).toBeGreaterThan(2);
      expect(Math.min(...shares)).toBeGreaterThan(0.7);
    });
  });
}
