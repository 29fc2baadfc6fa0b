import { expect, test } from "../fixtures/test.mjs";
import { start } from "../fixtures/servers.mjs";

const offered = (select) => select.locator("option:enabled").allInnerTexts();

test("an emulator takes any region", async ({ page, form }) => {
  await expect(page.getByText("which takes any region")).toBeVisible();
  expect(await offered(form.region)).toHaveLength(8);
  await form.region.selectOption("eu-central-1");
  await expect(form.summary).toContainText("Germany (Frankfurt)");
});

test("a proxy of one region buys there", async ({ page, servers, form }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { region: "cn-beijing", allowPostpay: false } }));
  await form.open(servers.url);
  await expect(form.summary).toContainText("China (Beijing)");
  expect(await offered(form.region)).toHaveLength(1);
  await expect(page.getByLabel("Pay-as-you-go")).toBeDisabled();
});

test.describe("of two regions", () => {
  test.use({ settings: { regions: ["cn-beijing", "eu-central-1"] } });

  test("a proxy is asked in the one that is chosen", async ({ page, servers, form, review, outcome }) => {
    const asked = [];
    page.on("request", (request) => /instances|quotes/.test(request.url()) && asked.push(new URL(request.url()).searchParams.get("region")));
    expect(await offered(form.region)).toEqual(["China (Beijing) · cn-beijing", "Germany (Frankfurt) · eu-central-1"]);
    await form.fill();
    await expect.poll(() => asked).toEqual(["cn-beijing"]);
    await form.region.selectOption("eu-central-1");
    await expect(form.summary).toContainText("Germany (Frankfurt)");
    // Another region has other prices.
    await expect.poll(() => asked).toEqual(["cn-beijing", "eu-central-1"]);
    await form.review();
    await expect(review.lines.filter({ hasText: "Germany (Frankfurt) · eu-central-1" })).toHaveCount(1);
    asked.length = 0;
    await review.buy();
    await expect(outcome.created).toBeVisible();
    expect(new Set(asked)).toEqual(new Set(["eu-central-1"]));
    const { purchases } = await (await fetch(`${servers.url}/purchases`)).json();
    expect(purchases.map((it) => it.region)).toEqual(["eu-central-1"]);
  });
});

test.describe("instances of two regions", () => {
  // A list on which something is being created asks again by itself.
  test.use({ settings: { regions: ["cn-beijing", "eu-central-1"], readyAfter: 0 } });

  /** The regions in which the proxy is asked for instances. */
  function regions(page) {
    const asked = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (request.method() === "GET" && pathname.startsWith("/openapi/ha3/instances")) asked.push(searchParams.get("region"));
    });
    return asked;
  }

  test("have addresses with their region, which links, the back button and a reload keep", async ({ page, form, instances, cloud, servers, accessible }) => {
    const id = await cloud.create();
    const asked = regions(page);
    await instances.open();
    await expect(instances.region("China (Beijing)")).toHaveAttribute("aria-current", "true");
    await expect(instances.look(id)).toHaveAttribute("href", `#instances/${id}?region=cn-beijing`);
    await instances.region("Germany (Frankfurt)").click();
    await expect(page).toHaveURL(`${servers.url}/#instances?region=eu-central-1`);
    await expect(instances.heading).toBeFocused();
    await expect(instances.region("Germany (Frankfurt)")).toHaveAttribute("aria-current", "true");
    await expect(instances.look(id)).toHaveAttribute("href", `#instances/${id}?region=eu-central-1`);
    await accessible("regions");
    await instances.look(id).click();
    await expect(instances.fact("Zones")).toHaveText("1");
    expect(asked).toEqual(["cn-beijing", "eu-central-1", "eu-central-1"]);
    await page.reload();
    await expect(instances.fact("Zones")).toHaveText("1");
    await expect(instances.row(id)).toBeVisible();
    await instances.close.click();
    await expect(page).toHaveURL(`${servers.url}/#instances?region=eu-central-1`);
    await expect(instances.look(id)).toBeFocused();
    expect(new Set(asked.slice(1))).toEqual(new Set(["eu-central-1"]));
    await form.tab("New order").click();
    await expect(form.region).toHaveValue("cn-beijing");
    asked.length = 0;
    await page.goBack();
    await expect(instances.row(id)).toBeVisible();
    expect(new Set(asked)).toEqual(new Set(["eu-central-1"]));
  });

  test("are led to by an order, and by addresses without a region", async ({ page, form, review, outcome, orders, instances, servers }) => {
    await form.region.selectOption("eu-central-1");
    await form.fill();
    await form.review();
    await review.buy();
    await expect(outcome.created).toBeVisible();
    const id = await outcome.value("Instance ID").innerText();
    const next = page.getByRole("link", { name: "Show the instance" });
    await expect(next).toHaveAttribute("href", `#instances/${id}?region=eu-central-1`);
    await orders.open();
    const asked = regions(page);
    await orders.rows.getByRole("link", { name: id }).click();
    await expect(instances.fact("Zones")).toHaveText("1");
    expect(new Set(asked)).toEqual(new Set(["eu-central-1"]));
    asked.length = 0;
    await page.goto(`${servers.url}/#instances/${id}`);
    await page.reload();
    await expect(instances.fact("Zones")).toHaveText("1");
    expect(new Set(asked)).toEqual(new Set(["cn-beijing"]));
    await page.goto(`${servers.url}/#instances/${id}?region=mars-1`);
    await expect(instances.details).toContainText("The details cannot be read: This proxy does not serve that region.");
    await expect(instances.details).not.toContainText("Data nodes");
    await expect(page.getByRole("main")).toContainText("RegionNotServed");
  });
});

test("pay as you go is sent on where the proxy allows it, and the cloud decides", async ({ page, form, review, outcome, purchases }) => {
  const servers = await start({ proxyArguments: ["--allow-postpay"] });
  try {
    await form.open(servers.url);
    await form.fill();
    await page.getByLabel("Pay-as-you-go").check();
    await expect(form.term).toHaveCount(0);
    await expect(form.summary).toContainText("No term, billed by usage");
    await form.review();
    await expect(page.getByText("POSTPAY (pay-as-you-go) is not supported").first()).toBeVisible();
    await review.buyButton.click();
    await expect(outcome.refused).toBeVisible();
    await expect(outcome.value("Error code")).toHaveText("InvalidParameter");
    await expect(outcome.value("Request ID")).not.toBeEmpty();
    expect(purchases[0].body).toMatchObject({ chargeType: "POSTPAY" });
    expect(purchases[0].body).not.toHaveProperty("order");
  } finally {
    await servers.stop();
  }
});
