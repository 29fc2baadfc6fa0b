import { expect, test } from "../fixtures/test.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test("axe finds nothing on the way to an instance", async ({ page, form, accessible }) => {
        await expect(page.locator("#region-hint")).toBeVisible();
        await accessible("form");
        await page.locator("#component-add").click();
        await page.locator("#component-1-value").fill("1");
        await page.locator("#tag-add").click();
        await page.locator("#tag-2-value").fill("1");
        await page.locator("button[type=submit]").click();
        await expect(form.problems).toBeFocused();
        await accessible("problems");
        await page.locator("#offer-0").fill("1");
        await page.locator("#component-1-name").fill("other");
        await page.locator("#tag-2-name").fill("team");
        await page.locator("#duration").selectOption("12");
        await page.locator("#pricing-cycle").selectOption("Year");
        await accessible("a warning");
        await page.locator("button[type=submit]").click();
        await page.locator("button[aria-busy]").click();
        await expect(page.locator("#consent-prepayment")).toBeFocused();
        await accessible("review without consent");
        await page.locator("#consent-prepayment").check();
        await page.locator("button[aria-busy]").click();
        await expect(page.locator(".outcome")).toBeVisible();
        await accessible("created");
        await expect(page.locator(".ready")).toBeVisible();
        await accessible("ready");
      });

      for (const [state, resourceGroup] of [["refused", "rg-no-money"], ["unknown", "rg-broken"]]) {
        test(`axe finds nothing when ${state}`, async ({ page, form, accessible }) => {
          await page.locator("#offer-0").fill("1");
          await page.locator("#resource-group").fill(resourceGroup);
          await page.locator("button[type=submit]").click();
          await page.locator("#consent-prepayment").check();
          await page.locator("button[aria-busy]").click();
          await expect(page.locator(".outcome")).toBeVisible();
          if (state === "unknown") {
            await page.locator("main button").first().click();
            await expect(page.locator(".part > p")).toBeVisible();
          }
          await accessible(state);
        });
      }
    });
  }
}

test.describe("forced colours", () => {
  test.use({ forcedColors: "active" });

  test("axe finds nothing and the controls have borders", async ({ form, accessible }) => {
    await accessible("form");
    const border = await form.value(1).evaluate((input) => getComputedStyle(input).borderTopWidth);
    expect(parseFloat(border)).toBeGreaterThan(0);
  });
});

test("nothing moves for those who asked for less motion", async ({ page, form }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const duration = await form.reviewButton.evaluate((it) => getComputedStyle(it).transitionDuration);
  expect(duration).toBe("0s");
});
