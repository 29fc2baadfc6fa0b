import { expect, objects, test } from "../fixtures/test.mjs";

const REPEATED = { code: "OrderRepeated", message: "m", status: 409, remedy: "r", outcome: "not-created", retry: "same-key" };
const KEY = "0123456789abcdef0123456789abcdef";

/** Fills in the same order again in this page, and buys it. */
async function again({ form, review }) {
  await form.fill({ size: "350" });
  await form.review();
  await review.buy();
}

test.describe("a browser that lets pages store nothing", () => {
  test.beforeEach(({ page }) =>
    page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("denied", "SecurityError");
          },
        });
      }
    }),
  );

  test("does not buy twice when the page is left before the answer", async ({ page, form, review, outcome, servers, purchases }) => {
    await servers.fault({ operation: "CreateInstance", times: 1, fault: "delay", milliseconds: 2_000 });
    await again({ form, review });
    await expect(review.buyButton).toHaveText("Buying…");
    await page.reload();
    await form.shown();
    await again({ form, review });
    await expect(review.another).toBeFocused();
    await expect.poll(async () => (await servers.instances()).length).toBe(1);
    expect(new Set(purchases.map(({ key }) => key)).size).toBe(2);

    // By now the earlier one has its instance; one more is bought by a tick that names it.
    await review.buyButton.click();
    await expect(page.getByText("Tick this box to buy.")).toBeVisible();
    const [instance] = await servers.instances();
    await review.backButton.click();
    await again({ form, review });
    await expect(page.getByText(`The same order was sent before: instance ${instance.instanceId}`)).toBeVisible();
    await expect(review.another).not.toBeChecked();
    await review.another.check();
    await review.buyButton.click();
    await expect(outcome.created).toBeVisible();
    expect(await servers.instances()).toHaveLength(2);
  });
});

test("another browser, of somebody else in the same account, is asked too", async ({ browser, form, review, outcome, servers }) => {
  await again({ form, review });
  await expect(outcome.created).toBeVisible();
  const elsewhere = await browser.newContext({ locale: "zh-CN" });
  const other = objects(await elsewhere.newPage());
  await other.form.page.goto(servers.url);
  await other.form.page.locator("#item-0").fill("350");
  await other.form.page.getByRole("button", { name: "确认订单" }).click();
  await other.form.page.locator("#consent-prepayment").check();
  await other.review.buyButton.click();
  const [instance] = await servers.instances();
  await expect(other.form.page.getByText(`完全相同的订单已提交过：实例 ${instance.instanceId}`)).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
  await elsewhere.close();
});

for (const [purchase, words] of [
  [{ state: "created", instanceId: "ha-cn-1", age: 7_300 }, "instance ha-cn-1, 2 hours ago"],
  [{ state: "pending", age: 5 }, `still in progress, order ${KEY}, just now`],
  [{ state: "unknown", age: 300 }, `perhaps bought, order ${KEY}, 5 minutes ago`],
]) {
  test(`an earlier order that is ${purchase.state} is named`, async ({ page, form, review, outcome, servers }) => {
    const headers = [];
    await page.route("**/openapi/ha3/instances", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const { "havenask-no-repeat": seconds, "idempotency-key": key } = route.request().headers();
      headers.push([seconds, key]);
      if (seconds === "0") return route.continue();
      await route.fulfill({ status: 409, json: { ...REPEATED, purchase: { key: KEY, ...purchase } } });
    });
    await again({ form, review });
    await expect(page.getByText(`The same order was sent before: ${words}.`)).toBeVisible();
    await expect(review.another).toBeFocused();
    await expect(outcome.announced).toContainText("Nothing was sent.");
    await expect(review.prepayment).toBeChecked();
    await review.buyButton.click();
    await expect(review.another).toHaveAttribute("aria-invalid", "true");
    // Consent is to this review only.
    await review.another.check();
    await review.backButton.click();
    await again({ form, review });
    await expect(review.another).toBeFocused();
    await review.another.check();
    await review.buyButton.click();
    await expect(outcome.created).toBeVisible();
    expect(await servers.instances()).toHaveLength(1);
    expect(headers.map(([seconds]) => seconds)).toEqual(["86400", "86400", "0"]);
    expect(headers[1][1]).toBe(headers[2][1]);
  });
}

test("a consent to one more holds for one attempt", async ({ page, form, review, outcome, servers }) => {
  const seconds = [];
  const refused = { code: "TooManyRequests", message: "m", status: 429, remedy: "r", outcome: "not-created", retry: "same-key" };
  await page.route("**/openapi/ha3/instances", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    seconds.push(route.request().headers()["havenask-no-repeat"]);
    const answers = [{ ...REPEATED, purchase: { key: KEY, state: "created", instanceId: "ha-cn-1", age: 5 } }, refused];
    const json = answers[seconds.length - 1];
    await (json ? route.fulfill({ status: json.status, json }) : route.continue());
  });
  await again({ form, review });
  await review.another.check();
  await review.buyButton.click();
  await page.getByRole("button", { name: "Send this order again" }).click();
  await expect(outcome.created).toBeVisible();
  expect(seconds).toEqual(["86400", "0", "86400"]);
  expect(await servers.instances()).toHaveLength(1);
});
