import { expect, test } from "../fixtures/test.mjs";

test("a double click buys once", async ({ form, review, outcome, servers, purchases }) => {
  await form.fill();
  await form.review();
  await review.prepayment.check();
  await review.buyButton.dblclick();
  await expect(outcome.created).toBeVisible();
  expect(purchases).toHaveLength(1);
  expect(await servers.instances()).toHaveLength(1);
});

test("while an order is on its way nothing else can be done with it", async ({ page, form, review, outcome, purchases }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/openapi/ha3/instances", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await form.fill();
  await form.review();
  await review.buy();
  await expect(review.buyButton).toHaveAttribute("aria-busy", "true");
  await expect(review.buyButton).toHaveText("Buying…");
  await expect(outcome.announced).toHaveText("Buying…");
  await review.buyButton.click({ force: true });
  await review.buyButton.press("Enter");
  await expect(review.backButton).toBeDisabled();
  await expect(review.prepayment).toBeDisabled();
  await expect(page.getByRole("button", { name: /^Change/ }).first()).toBeDisabled();
  // Another language draws the screen anew, and changes nothing else.
  await form.language.click();
  await expect(review.buyButton).toHaveText("正在购买…");
  await form.language.click();
  release();
  await expect(outcome.created).toBeVisible();
  expect(purchases).toHaveLength(1);
});

test("without consent nothing is sent", async ({ page, form, review, purchases }) => {
  await form.fill();
  await form.autoRenew.check();
  await form.review();
  // Until the price is there, Buy says that it is asked for.
  await expect(review.prepayment).toBeVisible();
  await review.buyButton.click();
  await expect(review.prepayment).toBeFocused();
  await expect(review.prepayment).toHaveAttribute("aria-invalid", "true");
  await review.prepayment.check();
  await review.buyButton.click();
  await expect(review.renewal).toBeFocused();
  await expect(page.locator("#consent-renewal-problem")).toContainText("Tick this box to buy.");
  expect(purchases).toEqual([]);
  // Consent is to what was shown: what is shown anew is agreed to anew.
  await review.change("Term");
  await expect(form.term).toBeFocused();
  await form.term.selectOption("12 Month");
  await form.review();
  await expect(review.prepayment).not.toBeChecked();
  await expect(page.getByLabel(/^I agree to be charged CNY [\d,.]+ now, in advance, for 12 months\. Account \d+, user [\w-]+ pays\.$/)).toBeVisible();
});
