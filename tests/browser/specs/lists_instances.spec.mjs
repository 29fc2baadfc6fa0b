import { expect, test } from "../fixtures/test.mjs";

test("hundreds of instances are turned over page by page", async ({ form, instances, cloud }) => {
  await cloud.createMany(245);
  await instances.open();
  await expect(instances.heading).toBeFocused();
  await expect(instances.range).toHaveText("1–20 of 245");
  await expect(instances.rows).toHaveCount(20);
  await expect(instances.announced).toHaveText("1–20 of 245");
  const first = await instances.rows.first().innerText();

  const next = instances.button("Next");
  await next.click();
  await expect(instances.range).toHaveText("21–40 of 245");
  await expect(instances.rows.first()).not.toHaveText(first);
  await expect(next).toBeFocused();

  await instances.button("Last").click();
  await expect(instances.range).toHaveText("241–245 of 245");
  await expect(instances.rows).toHaveCount(5);
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await instances.button("Previous").click();
  await expect(instances.range).toHaveText("221–240 of 245");
  await instances.button("First").click();
  await expect(instances.range).toHaveText("1–20 of 245");
  await expect(instances.button("Previous")).toHaveAttribute("aria-disabled", "true");

  // Pressed faster than answers come: the last question counts.
  for (let press = 0; press < 4; press++) await next.click();
  await expect(instances.range).toHaveText("81–100 of 245");

  await form.language.click();
  await expect(instances.range).toHaveText("81–100（共 245 个）");
});

test("a text finds an id or a description", async ({ form, instances, cloud }) => {
  const [wanted] = await Promise.all([cloud.create(), cloud.createMany(30)]);
  await cloud.describe(wanted, "Search of the <b>shop</b>");
  await instances.open();
  await expect(instances.range).toHaveText("1–20 of 31");
  await instances.button("Next").click();
  await expect(instances.range).toHaveText("21–31 of 31");

  await instances.search("the <b>shop");
  await expect(instances.range).toHaveText("1–1 of 1");
  await expect(instances.row(wanted)).toContainText("Search of the <b>shop</b>");
  await instances.search(` ${wanted} `);
  await expect(instances.row(wanted)).toBeVisible();
  await expect(instances.range).toHaveText("1–1 of 1");
  await instances.search("ha-cn-nothing");
  await expect(instances.announced).toHaveText("No instance matches. An ID must be complete.");
  await expect(instances.range).toBeHidden();
  await instances.search("");
  await expect(instances.range).toHaveText("1–20 of 31");
});

test("an instance that is bought meanwhile comes with a refresh", async ({ form, instances, cloud }) => {
  await instances.open();
  await expect(instances.announced).toHaveText("There are no instances yet.");
  const id = await cloud.create([{ key: "team", value: "search" }, { key: "havenask-purchase", value: "key-1" }]);
  await instances.button("Refresh").click();
  const row = instances.row(id);
  await expect(row).toContainText("Subscription");
  await expect(row).toContainText("just now");
  await expect(row.getByRole("listitem")).toHaveText(["team: search", "order key-1"]);
  await expect(async () => {
    await instances.button("Refresh").click();
    await expect(row).toContainText("Ready", { timeout: 500 });
  }).toPass();
});

test("one instance is looked at, and left by keyboard", async ({ page, form, instances, cloud, servers, accessible }) => {
  await cloud.createMany(3);
  const id = await cloud.create();
  await instances.open();
  const look = instances.look(id);
  await look.press("Enter");
  await expect(instances.detailsTitle).toBeFocused();
  await expect(instances.detailsTitle).toHaveText(`Details: ${id}`);
  await expect(look).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(`${servers.url}/#instances/${id}`);
  // This is in the answer for one instance, and in no list.
  await expect(instances.fact("Zones")).toHaveText("1");
  await expect(instances.fact("Data nodes")).toContainText("1 × 4 cores, 16 GB memory");
  await expect(instances.fact("Endpoint in the VPC")).toContainText(id);
  await expect(instances.fact("Created")).toContainText("just now");
  await expect(instances.fact("Term ends")).not.toContainText(/now|ago/);
  await expect(instances.detailsTitle).toBeFocused();
  await accessible("details");
  await page.keyboard.press("Escape");
  await expect(instances.details).toBeHidden();
  await expect(look).toBeFocused();

  await servers.fault({ operation: "GetInstance", fault: "refuse", code: "instance.NotFound" });
  await look.click();
  await expect(instances.details).toContainText("The details cannot be read:");
  await instances.close.click();
  await expect(look).toBeFocused();
});

test("a list that is refused says why, and is asked for again", async ({ form, instances, cloud, servers, accessible }) => {
  const id = await cloud.create();
  await servers.fault({ operation: "ListInstances", fault: "throttle", retryAfter: 1000 });
  await instances.open();
  const main = instances.page.getByRole("main");
  await expect(main).toContainText("The list cannot be read");
  await expect(main).toContainText("Throttling.User");
  await expect(main).toContainText("Wait a moment and try again.");
  await accessible("failed");
  await servers.mend();
  await instances.button("Try again").click();
  await expect(instances.row(id)).toBeVisible();
});

test("while an answer is awaited, the list says so", async ({ page, form, instances, cloud }) => {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  await page.route("**/openapi/ha3/instances?*", async (route) => {
    await held;
    await route.continue();
  });
  await instances.open();
  await expect(instances.announced).toHaveText("Loading…");
  await expect(page.locator("[aria-busy=true]")).toBeVisible();
  answer();
  await expect(instances.announced).toHaveText("There are no instances yet.");
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}, 320 pixels`, () => {
      test.use({ colorScheme, locale, viewport: { width: 320, height: 640 } });

      test("axe finds nothing, and nothing is wider than the window", async ({ page, form, instances, cloud, accessible }) => {
        await cloud.createMany(25);
        const id = await cloud.create([{ key: "k".repeat(128), value: "x".repeat(128) }]);
        await cloud.describe(id, "d".repeat(60));
        await instances.open();
        await expect(instances.rows).toHaveCount(20);
        await instances.look(id).click();
        await expect(instances.details).toBeVisible();
        await accessible("list");
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
      });
    });
  }
}
