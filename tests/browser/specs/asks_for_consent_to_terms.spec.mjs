// Terms of the operator: one more consent, whose address is recorded with the purchase.
import { expect, test } from "../fixtures/test.mjs";

const TERMS = "https://shop.example/terms?version=3";

const purchase = async (servers) => (await (await fetch(`${servers.url}/purchases`)).json()).purchases[0];

test.describe("with terms", () => {
  test.use({ settings: { proxyArguments: ["--terms-url", TERMS] } });

  test("nothing is bought before they are accepted, and their address is kept", async ({ page, form, review, outcome, servers, accessible, purchases }) => {
    await form.fill();
    await form.review();
    await expect(review.terms).not.toBeChecked();
    const link = page.getByRole("link", { name: "Read the terms (new tab)" });
    await expect(link).toHaveAttribute("href", TERMS);
    await expect(link).toHaveAttribute("rel", "noopener noreferrer");
    await expect(link).toHaveAttribute("target", "_blank");
    await review.buy();
    await expect(review.terms).toBeFocused();
    await expect(review.terms).toHaveAttribute("aria-invalid", "true");
    await accessible("consent to the terms is missing");
    expect(purchases).toHaveLength(0);
    // Without buying the proxy checks an order without any consent.
    await review.checkButton.click();
    await expect(page.getByRole("main").getByText("This order is valid.")).toBeVisible();
    const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/instances"));
    await review.terms.check();
    await review.buyButton.click();
    expect((await sent).headers()["havenask-terms"]).toBe(TERMS);
    await expect(outcome.created).toBeVisible();
    await expect(page.getByRole("link", { name: TERMS })).toHaveAttribute("href", TERMS);
    await accessible("an order with its terms");
    expect(await purchase(servers)).toMatchObject({ state: "created", terms: TERMS });
    await page.reload();
    await expect(page.getByRole("link", { name: TERMS })).toBeVisible();
  });

  test("they are accepted in Chinese", async ({ page, form }) => {
    await form.fill();
    await form.language.click();
    await page.locator("button[type=submit]").click();
    await page.getByLabel("我接受服务条款。").check();
    await expect(page.getByRole("link", { name: "阅读服务条款（新标签页）" })).toHaveAttribute("href", TERMS);
  });

  test("terms that change while the page is open are accepted anew", async ({ page, form, review, outcome, servers }) => {
    const before = "https://shop.example/terms?version=2";
    const old = async (route) => route.fulfill({ json: { ...(await (await route.fetch()).json()), termsUrl: before } });
    await page.route("**/config.json", old, { times: 1 });
    await form.open(servers.url);
    await form.fill();
    await form.review();
    await expect(page.getByRole("link", { name: "Read the terms" })).toHaveAttribute("href", before);
    await review.terms.check();
    await review.buy();
    await expect(page.getByRole("alert")).toContainText("The terms have changed, and nothing was bought");
    await expect(page.getByRole("link", { name: "Read the terms" })).toHaveAttribute("href", TERMS);
    await expect(review.terms).not.toBeChecked();
    expect(await servers.instances()).toEqual([]);
    await review.terms.check();
    await review.buyButton.click();
    await expect(outcome.created).toBeVisible();
    expect(await purchase(servers)).toMatchObject({ terms: TERMS });
  });
});

test("without terms nobody is asked", async ({ form, review, outcome, servers }) => {
  await form.fill();
  await form.review();
  await expect(review.prepayment).toBeVisible();
  await expect(review.terms).toHaveCount(0);
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(await purchase(servers)).not.toHaveProperty("terms");
});
