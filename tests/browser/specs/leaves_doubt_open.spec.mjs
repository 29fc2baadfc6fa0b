import { expect, test } from "../fixtures/test.mjs";

test("an answer in doubt is never called failed and offers no second order", async ({ page, form, review, outcome, purchases }) => {
  await form.fill({ resourceGroup: "rg-broken" });
  await form.review();
  await review.buy();

  await expect(outcome.unknown).toBeFocused();
  await expect(page.getByRole("main")).not.toContainText(/failed to|not bought|nothing was bought/i);
  await expect(outcome.value("Error code")).toHaveText("InternalServerError");
  await expect(outcome.value("Idempotency key of this order")).toHaveText(purchases[0].key);
  await expect(page.getByRole("main").getByRole("button", { name: /buy|back|again/i })).toHaveCount(0);
});

test("a connection that breaks leaves doubt, and the list of instances helps", async ({ page, form, review, outcome, servers }) => {
  await form.fill();
  // The order arrives, its answer does not.
  await page.route("**/openapi/ha3/instances", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await form.review();
  await review.buy();

  await expect(outcome.unknown).toBeFocused();
  await expect(outcome.value("Error code")).toHaveText("NetworkError");
  await page.getByRole("button", { name: "Show the most recent instances" }).click();
  const [instance] = await servers.instances();
  await expect(page.getByRole("rowheader", { name: instance.instanceId })).toBeVisible();
});

test("the list says when it cannot be read", async ({ page, form, review }) => {
  await form.fill({ resourceGroup: "rg-broken" });
  await form.review();
  await review.buy();
  const look = page.getByRole("button", { name: "Show the most recent instances" });
  await look.click();
  await expect(page.getByText("There are no instances.")).toBeVisible();
  await page.route("**/openapi/ha3/instances?*", (route) => route.abort());
  await look.click();
  await expect(page.getByText("The list cannot be read:")).toBeVisible();
});
