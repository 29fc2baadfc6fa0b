// Terms, slots and parts of a host, and a frame without an origin.
import { expect, test } from "../fixtures/host.mjs";

const TERMS = "https://console.example/terms?version=3";

test("terms of a host are accepted, and its content stands in the form", async ({ page, host, review, servers, accessible }) => {
  await host.open("slots");
  const [terms, support] = [page.getByText("Prices are those of Alibaba Cloud"), page.getByText("Questions? Call 4000")];
  await expect(host.size).toBeVisible();
  await expect(support).toBeVisible();
  await expect(terms).toBeHidden();
  const below = async (locator) => (await locator.boundingBox()).y < (await support.boundingBox()).y;
  expect(await below(host.form.reviewButton), "at the foot").toBe(true);
  await host.size.fill("");
  await host.form.review();
  await expect(page.locator("[id$=-problems]")).toBeFocused();
  expect(await below(host.size), "beside the problem").toBe(false);
  await accessible("problems with support");
  await host.size.fill("200");
  await host.form.review();
  await expect(terms).toBeVisible();
  await accessible("review with terms");
  await review.buy();
  await expect(review.terms).toBeFocused();
  await review.terms.check();
  await review.buyButton.click();
  await expect(host.said).toHaveText(/^Bought ha-cn-/);
  const { purchases } = await (await fetch(`${servers.url}/purchases`)).json();
  expect(purchases[0].terms).toBe(TERMS);
  await expect(terms).toBeHidden();
});

test("support stands beside a refusal", async ({ page, host, review }) => {
  await host.open("slots");
  await host.size.fill("200");
  await host.form.resourceGroup.fill("rg-no-money");
  await host.form.review();
  await review.terms.check();
  await review.buy();
  await expect(page.getByRole("heading", { name: "The order was refused" })).toBeFocused();
  const support = await page.getByText("Questions? Call 4000").boundingBox();
  const back = await review.backButton.boundingBox();
  expect(support.y).toBeLessThan(back.y);
});

test("slots that a host leaves empty take no room", async ({ page, host }) => {
  await host.open("slots");
  await expect(host.size).toBeVisible();
  const height = () => page.locator(".havenask").evaluate((form) => form.getBoundingClientRect().height);
  const filled = await height();
  await page.locator("[slot=support]").evaluate((element) => element.remove());
  const foot = await page.locator(".foot").evaluate((element) => element.getBoundingClientRect().height);
  expect(foot).toBe(0);
  expect(await height()).toBeLessThan(filled);
});

test("the terms of a host have an https address", async ({ page, host }) => {
  await host.open("slots");
  const element = page.locator("havenask-purchase-form");
  expect(await element.evaluate((form) => form.termsUrl)).toBe(TERMS);
  await element.evaluate((form) => (form.termsUrl = "javascript:alert(1)"));
  await expect(page.getByRole("alert")).toContainText("termsUrl");
  await expect(host.said).toHaveText(/^Not bought: .*termsUrl/);
  await element.evaluate((form) => (form.termsUrl = null));
  await expect(page.getByRole("alert")).toHaveCount(0);
});

for (const [part, selector] of Object.entries({
  form: ".havenask",
  heading: ".heading",
  panel: "fieldset.part",
  summary: "aside",
  label: "label[for$=resource-group]",
  input: "select[id$=region]",
  button: "button[type=submit]",
  "secondary-button": "button[id$=tag-add]",
})) {
  test(`the part ${part} is styled from outside`, async ({ page, host }) => {
    await host.open("plain");
    await expect(host.size).toBeVisible();
    await host.addStyles(`havenask-purchase-form::part(${part}) { letter-spacing: 3px }`);
    const style = await host.style(page.locator(selector).first(), "letter-spacing");
    expect(style).toEqual({ "letter-spacing": "3px" });
  });
}

test("a notice is styled from outside", async ({ page, host }) => {
  await host.open("plain");
  await host.size.fill("");
  await host.form.review();
  await host.addStyles("havenask-purchase-form::part(alert) { letter-spacing: 3px }");
  expect(await host.style(page.locator("[id$=-problems]"), "letter-spacing")).toEqual({ "letter-spacing": "3px" });
});

test("a frame without an origin cannot buy and says why, and one with its origin can", async ({ page, hosts, servers }) => {
  await page.goto(`${hosts.url}/sandbox/?endpoint=${encodeURIComponent(servers.url)}`);
  const [without, own] = ["Without an origin", "With its origin"].map((title) => page.frameLocator(`iframe[title="${title}"]`));
  await expect(without.getByRole("alert")).toContainText("its sandbox needs allow-same-origin");
  await expect(own.getByLabel("Data size")).toBeVisible();
  await own.getByLabel("Data size").fill("200");
  await own.getByRole("button", { name: "Review order" }).click();
  await own.getByLabel(/^I agree to be charged/).check();
  await own.locator("button[aria-busy]").click();
  await expect(own.getByRole("heading", { name: "Purchase complete" })).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
});
