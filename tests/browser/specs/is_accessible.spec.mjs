import { expect, test } from "../fixtures/test.mjs";

const ids = { buy: "button[aria-busy]", review: "button[type=submit]" };

/** The emulator buys and answers nothing, and the proxy cannot look for it. */
const LOST = [
  { operation: "CreateInstance", times: 1, fault: "close-after-commit" },
  { operation: "ListInstances", fault: "error", status: 503 },
];

/** From the form to the outcome; ids keep this independent of the language. */
async function order(page, resourceGroup = "") {
  await page.locator("#resource-group").fill(resourceGroup);
  await page.locator(ids.review).click();
  await page.locator("#consent-prepayment").check();
  await page.locator(ids.buy).click();
}

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test("axe finds nothing on the way to an instance", async ({ page, context, form, servers, accessible }) => {
        await expect(page.locator("#region-hint")).toBeVisible();
        await accessible("form with the catalogue");
        await page.locator("#item-0").fill("210");
        await page.locator("#component-add").click();
        await page.locator("#component-1-value").fill("1");
        await page.locator("#tag-add").click();
        await page.locator("#tag-2-value").fill("1");
        await page.locator(ids.review).click();
        await expect(form.problems).toBeFocused();
        await accessible("problems");
        await page.locator("#item-0").fill("200");
        await page.locator("#item-1").fill("0");
        await page.locator("#component-1-name").fill("other");
        await page.locator("#tag-2-name").fill("team");
        await page.locator("#duration").selectOption("12 Year");
        await page.locator("#auto-renew").check();
        await expect(page.locator(".problem-warning")).toHaveCount(2);
        await accessible("warnings, and a component that is not asked for");
        await page.locator(ids.review).click();
        await accessible("review");
        await page.locator(ids.buy).click();
        await expect(page.locator("#consent-prepayment")).toBeFocused();
        await accessible("consent missing");
        await page.locator("section.part button").click();
        await expect(page.locator("pre")).toBeVisible();
        await accessible("checked first");
        await context.setOffline(true);
        await expect(page.locator(".summary .problem-warning")).toBeVisible();
        await accessible("offline");
        await context.setOffline(false);
        await servers.fault({ operation: "CreateInstance", times: 1, fault: "delay", milliseconds: 5_000 });
        await page.locator("#consent-prepayment").check();
        await page.locator("#consent-renewal").check();
        await page.locator(ids.buy).click();
        await expect(page.locator(ids.buy)).toHaveAttribute("aria-busy", "true");
        await accessible("buying");
        await expect(page.locator(".step").first()).toBeVisible();
        await accessible("created");
        await expect(page.locator(".ready")).toBeVisible();
        await accessible("ready");
      });

      test("axe finds nothing after refusals", async ({ page, form, servers, accessible }) => {
        await form.shown();
        await order(page, "rg-no-money");
        await expect(page.locator(".outcome")).toBeVisible();
        await accessible("refused");
        await page.goBack();
        await order(page, "rg-forbidden");
        await expect(page.locator(".outcome .error")).toBeVisible();
        await expect(page.locator("main a[target]")).toBeVisible();
        await accessible("forbidden, with a diagnosis");
        await page.goBack();
        await servers.fault({ operation: "CreateInstance", times: 1, fault: "throttle", retryAfter: 1_000 });
        await order(page);
        await expect(page.locator("main button[aria-disabled=true]")).toBeVisible();
        await accessible("counting down");
        await expect(page.locator(".actions .button-primary:not([aria-disabled])")).toBeVisible({ timeout: 20_000 });
        await accessible("may be sent again");
      });

      test("axe finds nothing in doubt, and when one more is bought", async ({ page, context, form, servers, accessible }) => {
        await form.shown();
        for (const fault of LOST) await servers.fault(fault);
        await order(page);
        await expect(page.locator(".outcome")).toBeVisible();
        await accessible("doubt");
        await page.locator("section.part button").click();
        await expect(page.locator("section.part:has(button) > div > p")).toBeVisible();
        await accessible("the list cannot be read");
        await context.setOffline(true);
        await accessible("doubt without a network");
        await context.setOffline(false);
        await page.reload();
        await expect(page.locator(".outcome")).toBeVisible();
        await accessible("doubt after a reload");
        await servers.mend();
        await expect(page.locator(".step").first()).toBeVisible();
        await page.locator(".actions a").first().click();
        await page.locator(ids.review).click();
        await page.locator("#consent-prepayment").check();
        await page.locator(ids.buy).click();
        await expect(page.locator("#consent-another")).toBeFocused();
        await accessible("one more");
        await page.route("**/catalog.json", (route) => route.fulfill({ status: 404, body: "<html>" }));
        await page.route("**/config.json", (route) => route.fulfill({ json: { region: null, allowPostpay: true } }));
        await page.goBack();
        await page.reload();
        await expect(page.locator("#connection-problem button")).toBeVisible();
        await accessible("without a catalogue");
        await page.unroute("**/catalog.json");
        await page.locator("#connection-problem button").click();
        await expect(page.locator("#connection-problem")).toHaveCount(0);
        await page.locator("#POSTPAY").check();
        await accessible("pay as you go");
      });

      test("axe finds nothing in lists, what they filter, and one of them", async ({ page, form, servers, cloud, accessible }) => {
        const id = await cloud.create([{ key: "team", value: "search" }]);
        await form.shown();
        await page.goto(`${servers.url}/#orders`);
        await expect(page.locator(".list-note")).toBeVisible();
        await accessible("no orders");
        await page.goto(`${servers.url}/#new`);
        await page.route("**/openapi/ha3/instances/*", (route) => route.abort());
        await order(page);
        await expect(page.locator(".notification button")).toBeVisible();
        await accessible("an order with its receipt");
        await page.locator(".notification button").click();
        await expect(page.locator(".notification p")).not.toBeEmpty();
        await accessible("notifications that are denied");
        await page.unroute("**/openapi/ha3/instances/*");
        await expect(page.locator(".ready")).toBeVisible();
        await page.goto(`${servers.url}/#new`);
        await servers.fault({ operation: "CreateInstance", times: 1, fault: "refuse", code: "InvalidParameter" });
        await page.locator("#item-0").fill("250");
        await order(page);
        await expect(page.locator(".outcome")).toBeVisible();
        await page.goto(`${servers.url}/#orders`);
        await expect(page.locator("tbody tr")).toHaveCount(2);
        await accessible("orders");
        await page.locator("#orders-filter").fill("search");
        await accessible("orders that a filter hides");
        await page.goto(`${servers.url}/#orders/nobody-has-this-key`);
        await expect(page.getByRole("alert")).toBeVisible();
        await accessible("an order that is not there");
        await page.goto(`${servers.url}/#instances/${id}`);
        await expect(page.locator(".details .line").nth(9)).toBeVisible();
        await accessible("instances, and one of them");
        await page.locator("#instances-filter").fill("search");
        await expect(page.locator("tbody tr:visible")).toHaveCount(1);
        await accessible("instances that a filter finds");
        await page.locator("#instances-filter").fill("nothing");
        await expect(page.locator(".list-note button")).toBeVisible();
        await accessible("instances that a filter hides");
        await page.goto(`${servers.url}/#new`);
        await page.reload();
        await page.locator("#tag-add").click();
        await accessible("tags that are proposed");
        await page.goto(`${servers.url}/#developer`);
        await page.locator("#order-file").setInputFiles({ name: "a", mimeType: "text/plain", buffer: Buffer.from("{") });
        await expect(page.locator("#order-json-problem")).not.toBeEmpty();
        await accessible("a file that is no order");
      });
    });
  }
}

test.describe("forced colours", () => {
  test.use({ forcedColors: "active" });

  test("axe finds nothing and the controls have borders", async ({ form, accessible }) => {
    await accessible("form");
    const border = await form.size.evaluate((input) => getComputedStyle(input).borderTopWidth);
    expect(parseFloat(border)).toBeGreaterThan(0);
  });
});

test("nothing moves for those who asked for less motion", async ({ page, form }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const duration = await form.reviewButton.evaluate((it) => getComputedStyle(it).transitionDuration);
  expect(duration).toBe("0s");
});
