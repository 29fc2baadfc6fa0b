import { translate } from "../fixtures/translator.mjs";
import { expect, test } from "../fixtures/test.mjs";
import { DeveloperPage } from "../pages/developer.mjs";

test.use({ settings: { readyAfter: 5 } });

for (const way of ["wraps", "replaces", "merges"]) {
  test(`a translator that ${way} every text hides no change`, async ({ page, form, review, outcome, instances, cloud }) => {
    await cloud.create();
    await page.setViewportSize({ width: 390, height: 844 });
    await translate(page, way);

    // The bar follows term and renewal.
    const bar = page.locator(".summary-short");
    await expect(bar).toContainText("1 month, paid in advance");
    await form.term.selectOption("12 Year");
    await form.autoRenew.check();
    await expect(bar).toContainText("12 years, paid in advance");
    await expect(bar).toContainText("Renews automatically");
    await form.term.selectOption("1 Month");
    await form.autoRenew.uncheck();
    await expect(bar).toContainText("1 month, paid in advance");
    await expect(bar).not.toContainText("12 years");

    // Problems come, change and go.
    await form.queryNodes.fill("0");
    await expect(form.querySpec).toHaveCount(0);
    await form.queryNodes.fill("2");
    await expect(form.querySpec).toBeVisible();
    await form.addTag("team", "search");
    await form.addTag("", "x");
    await form.size.fill("");
    await form.review();
    await expect(form.problems.getByRole("link")).toHaveCount(2);
    await expect(form.problems).toContainText("Enter Data size (GB).");
    await form.size.fill("210");
    await expect(form.problems).toContainText("Data size (GB) must be");
    await expect(form.problems).not.toContainText("Enter Data size");
    await page.getByRole("button", { name: /^Remove tag 1/ }).click();
    await expect(page.getByLabel(/^Key of tag 1/)).toHaveValue("");
    await page.getByRole("button", { name: /^Remove tag 1/ }).click();
    await form.size.fill("250");
    await expect(form.problems).toHaveCount(0);

    // Another language, and back.
    await form.language.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("购买 Havenask 实例");
    await expect(bar).toContainText("1 个月，预付费");
    await form.language.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Buy a Havenask instance");

    // Instances and one of them.
    await instances.tab.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Instances");
    await expect(instances.rows).toHaveCount(1);
    await expect(instances.range).toHaveText("1–1 of 1");
    await page.getByRole("link", { name: /^Details: ha-/ }).click();
    await expect(page.getByRole("heading", { level: 2, name: /^Details: ha-/ })).toBeFocused();
    await page.getByRole("link", { name: "Close" }).click();
    await page.getByLabel("Instance ID or part of a description").fill("nothing like it");
    await instances.button("Search").click();
    await expect(page.getByText("No instance matches.").last()).toBeVisible();

    // The developer view follows the language and the form, and its code stays code.
    const developer = new DeveloperPage(page);
    await page.getByRole("link", { name: /^Developer/ }).click();
    await expect(developer.sample).toContainText("250");
    await form.language.click();
    await expect(page.getByRole("heading", { name: "当前订单的代码" })).toBeVisible();
    await form.language.click();
    await expect(page.getByRole("heading", { name: "The current order as code" })).toBeVisible();
    await developer.verify.click();
    await expect(developer.verdict).toContainText("Paste a signed request first");
    await page.getByRole("link", { name: "New order", exact: true }).click();

    // The review, the check, the purchase, and how far it is.
    await form.review();
    await expect(review.heading).toBeVisible();
    await review.checkButton.click();
    await expect(page.locator("pre")).toContainText("POST ");
    await review.buyButton.click();
    await expect(page.getByText("Tick this box to buy.")).toBeVisible();
    const busy = { code: "TooManyRequests", message: "m", status: 429, remedy: "r", outcome: "not-created", retry: "same-key" };
    await page.route("**/openapi/ha3/instances", (route) =>
      route.fulfill({ status: 429, headers: { "retry-after": "3" }, json: busy }),
    );
    await review.buy();
    await expect(outcome.countdown).toHaveText("Send again in 3 s");
    await expect(outcome.countdown).toHaveText("Send again in 1 s");
    await page.unroute("**/openapi/ha3/instances");
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/openapi/ha3/instances", async (route) => {
      await held;
      await route.continue();
    });
    await outcome.sendAgain.click();
    await expect(review.buyButton).toHaveText("Buying…");
    release();
    await expect(outcome.created).toBeVisible();
    await expect(page.locator(".elapsed")).toContainText(/[1-9] s/);
    await expect(outcome.ready).toBeVisible();
    await expect(page.locator(".step-done")).toHaveCount(3);
    await page.getByRole("button", { name: /^Copy: Instance ID/ }).click();
    expect(await page.evaluate(() => window.translated)).toBeGreaterThan(100);
  });
}
