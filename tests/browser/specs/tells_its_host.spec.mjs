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

test.describe("at a proxy of two regions", () => {
  test.use({ settings: { regions: ["cn-beijing", "eu-central-1"], readyAfter: 0 } });

  for (const props of [{ view: "instances", region: "eu-central-1" }, { view: "instances?region=eu-central-1" }]) {
    test(`a form begins with the instances of a region: ${JSON.stringify(props)}`, async ({ page, host }) => {
      const asked = [];
      page.on("request", (request) => /instances/.test(request.url()) && asked.push(new URL(request.url()).searchParams.get("region")));
      await host.openEmpty();
      await host.mount(props);
      const region = page.getByRole("button", { name: "Germany (Frankfurt)" });
      await expect(region).toHaveAttribute("aria-current", "true");
      await expect(page.getByText("There are no instances yet.").first()).toBeVisible();
      await expect.poll(() => asked.at(-1)).toBe("eu-central-1");
      await page.getByRole("button", { name: "China (Beijing)" }).click();
      await expect.poll(() => asked.at(-1)).toBe("cn-beijing");
      await expect(region).not.toHaveAttribute("aria-current", "true");
    });
  }
});
