// Properties that a host gives the form, and events that the form tells it.
import { expect, test } from "../fixtures/host.mjs";

test("a host fills the form, follows each step, and is told when the instance is ready", async ({ page, host, review, servers }) => {
  await host.open("events");
  const address = page.url();
  const events = page.locator("#events li");
  await expect(host.size).toHaveValue("300");
  await expect(host.form.term).toHaveValue("3 Month");
  await expect(host.form.region).toHaveValue("cn-beijing");
  await expect(events.filter({ hasText: /^ready$/ })).toHaveCount(1);
  await expect(events.filter({ hasText: /^quote CNY \d/ })).toHaveCount(1);

  await page.getByRole("button", { name: "Large" }).click();
  await expect(host.size).toHaveValue("900");
  await expect(host.form.term).toHaveValue("1 Year");
  await expect(events.filter({ hasText: /^quote CNY \d/ })).not.toHaveCount(1);

  await host.form.review();
  await review.buy();
  await expect(page.getByRole("heading", { name: "Purchase complete" })).toBeFocused();
  const [{ instanceId }] = await servers.instances();
  await expect(events.filter({ hasText: `created ${instanceId}` })).toHaveCount(1);
  await expect(events.filter({ hasText: `instance-ready ${instanceId} at ${instanceId}` })).toHaveCount(1);
  await expect(events.filter({ hasText: /^step / })).toHaveText(["step form", "step review", "step order"]);

  // Views switch without the address of the host.
  await page.getByRole("button", { name: "All orders" }).click();
  await expect(page.getByRole("table", { name: "Orders" })).toContainText(instanceId);
  await page.getByRole("button", { name: "Instances", exact: true }).click();
  await expect(page.getByRole("table", { name: "Instances" })).toContainText(instanceId);
  expect(page.url()).toBe(address);
});

test("a quote is told to onQuote, and a form begins with a view", async ({ page, host }) => {
  await host.openEmpty();
  const quote = await page.evaluate(
    (endpoint) => new Promise((resolve) => window.havenask.mount(document.querySelector("main"), { endpoint, onQuote: resolve })),
    host.proxy,
  );
  expect(quote).toMatchObject({ status: "priced", price: { currency: "CNY" } });
  await host.openEmpty();
  await host.mount({ view: "orders" });
  await expect(page.getByText("There are no orders yet.")).toBeVisible();
});
