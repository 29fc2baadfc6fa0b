import { expect, objects, test } from "../fixtures/test.mjs";

/** The emulator buys and answers nothing. */
const LOST = { operation: "CreateInstance", times: 1, fault: "close-after-commit" };
/** The proxy cannot look for what was bought. */
const BLIND = { operation: "ListInstances", fault: "error", status: 503 };

/** Expects that nothing on the screen leads to another purchase. */
async function expectNoWayToBuy(page) {
  await expect(page.getByRole("main").getByRole("button", { name: /buy|back|again|review|anew/i })).toHaveCount(0);
}

test("an order whose answer is lost is found by itself, and cannot be made twice meanwhile", async ({ page, form, review, outcome, servers, purchases }) => {
  await servers.fault(LOST);
  await servers.fault(BLIND);
  await form.fill();
  await form.review();
  await review.buy();

  await expect(outcome.unknown).toBeFocused();
  await expect(outcome.value("Idempotency key of this order")).toHaveText(purchases[0].key);
  await expectNoWayToBuy(page);
  await page.evaluate(() => history.back());
  await expect(outcome.unknown).toBeVisible();
  await expectNoWayToBuy(page);
  await form.tab("Instances").click();
  await form.tab("New order").click();
  await expect(outcome.unknown).toBeVisible();
  await expectNoWayToBuy(page);
  await page.reload();
  await expect(outcome.unknown).toBeVisible();
  await expect(outcome.value("Idempotency key of this order")).toHaveText(purchases[0].key);
  await expectNoWayToBuy(page);
  await page.goBack();
  await expect(form.heading).toHaveText("Instances");
  await page.goForward();
  await expect(outcome.unknown).toBeVisible();

  await servers.mend();
  await expect(outcome.created).toBeFocused();
  const [instance, ...others] = await servers.instances();
  expect(others).toEqual([]);
  await expect(outcome.value("Instance ID")).toHaveText(instance.instanceId);
  expect(purchases).toHaveLength(1);
});

test("an order that is refused while nobody listens ends as refused", async ({ page, form, review, outcome, servers, purchases }) => {
  await form.fill({ resourceGroup: "rg-no-money" });
  await page.route("**/openapi/ha3/instances", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await form.review();
  await review.buy();
  await expect(outcome.unknown).toBeVisible();
  await expect(outcome.refused).toBeFocused();
  await expect(outcome.value("Error code")).toHaveText("InvalidPayMethod");
  expect(await servers.instances()).toEqual([]);

  await page.unroute("**/openapi/ha3/instances");
  await review.backButton.click();
  await form.resourceGroup.fill("");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases[1].key, "what was refused is over").not.toBe(purchases[0].key);
});

test("a proxy that ends in between finds the order when it is back", async ({ page, form, review, outcome, servers }) => {
  await servers.fault(LOST);
  await servers.fault(BLIND);
  await form.fill();
  await form.review();
  await review.buy();
  await expect(outcome.unknown).toBeVisible();
  await servers.stopProxy();
  await expect(page.getByRole("main").getByText("The proxy does not respond at the moment.")).toBeVisible();
  await expectNoWayToBuy(page);
  await servers.mend();
  await servers.startProxy();
  await expect(outcome.created).toBeFocused();
  expect(await servers.instances()).toHaveLength(1);
});

test("an order that never reached the proxy can be sent with the same key", async ({ form, review, outcome, servers, purchases }) => {
  await form.fill();
  await form.review();
  await servers.stopProxy();
  await review.buy();
  await expect(outcome.unknown).toBeVisible();
  await servers.startProxy();
  await expect(review.heading).toBeFocused();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
  expect(new Set(purchases.map(({ key }) => key)).size).toBe(1);
});

test.describe("a proxy with little patience", () => {
  // The least that the proxy takes.
  test.use({ settings: { proxyArguments: ["--upstream-timeout", "1", "--reconcile-seconds", "22"] } });

  test("an order that is never found is settled by whoever runs the proxy", async ({ page, context, form, review, outcome, servers, purchases }) => {
    await servers.fault({ operation: "CreateInstance", fault: "error", status: 500 });
    const other = await context.newPage();
    const pages = [{ page, form, review, outcome, size: "200" }, { page: other, ...objects(other), size: "250" }];
    await pages[1].form.open(servers.url);
    for (const { form, review, outcome, size } of pages) {
      await form.fill({ size });
      await form.review();
      await review.buy();
      await expect(outcome.unknown).toBeVisible();
    }
    for (const { page } of pages) {
      const unsettled = page.getByRole("main").getByText("The proxy has looked for a long time");
      await expect(unsettled).toBeVisible({ timeout: 40_000 });
      await expectNoWayToBuy(page);
    }
    await servers.settle(purchases[0].key, "--created", "ha-cn-found");
    await expect(outcome.created).toBeVisible();
    await expect(outcome.value("Instance ID")).toHaveText("ha-cn-found");
    await servers.settle(purchases[1].key, "--not-created");
    await expect(pages[1].outcome.refused).toBeVisible();
  });
});
