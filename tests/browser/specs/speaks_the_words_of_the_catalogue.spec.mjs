// The catalogue's own words: names, units, groups, help, links, orders to begin with; and the way back.
import { expect, test } from "../fixtures/test.mjs";

const spec = (form) => form.querySpec;

/** The texts that describe a control. */
const description = (control) =>
  control.evaluate((it) => (it.getAttribute("aria-describedby") ?? "").split(" ").map((id) => it.getRootNode().getElementById(id)?.textContent ?? id));

test("components stand under their group, and help belongs to its control", async ({ page, form, accessible }) => {
  const group = page.getByRole("group", { name: "Query nodes", exact: true });
  await expect(group.getByRole("textbox")).toHaveCount(1);
  await expect(group.getByRole("combobox")).toHaveCount(1);
  await expect(group.getByLabel("Data size (GB)")).toHaveCount(0);
  expect(await description(form.size)).toEqual(["The documented code; the range is a sample."]);
  expect(await description(spec(form))).toEqual(["For trying."]);
  await spec(form).selectOption({ label: "8 cores, 16 GB" });
  await expect.poll(() => description(spec(form))).toEqual([""]);
  const link = page.getByRole("link", { name: "About Data size (GB)" });
  await expect(link).toHaveAttribute("href", /^https:\/\//);
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(form.summary).toContainText("Size of a query node (sample): 8 cores, 16 GB");
  await accessible("the catalogue in groups");
});

test("an order of the catalogue fills in the form, and one step leads back", async ({ form, purchases, review, outcome }) => {
  await form.size.fill("350");
  await form.addTag("team", "search");
  await form.presets.selectOption({ label: "Production for a year (sample)" });
  await expect(form.size).toHaveValue("1000");
  await expect(spec(form)).toHaveValue("8c16g");
  await expect(form.term).toHaveValue("1 Year");
  await expect(form.tagKey(1)).toHaveCount(0);
  await form.undo.click();
  await expect(form.size).toHaveValue("350");
  await expect(form.term).toHaveValue("1 Month");
  await expect(form.tagKey(1)).toHaveValue("team");
  await expect(form.undo).toHaveCount(0);
  await form.presets.selectOption({ label: "For trying (sample)" });
  await expect(form.size).toHaveValue("50");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases[0].body).toEqual({
    chargeType: "PREPAY",
    components: [
      { code: "searcherdocsize", value: "50" },
      { code: "sample-query-nodes", value: "0" },
      { code: "sample-data-nodes", value: "1" },
      { code: "sample-data-spec", value: "4c16g" },
    ],
    order: { autoRenew: false, duration: 1, pricingCycle: "Month" },
  });
});

test("a cleared form and a removed row come back", async ({ page, form }) => {
  await form.size.fill("350");
  await form.addComponent("other", "7");
  await form.clear.click();
  await expect(form.size).toHaveValue("200");
  await expect(form.code(1)).toHaveCount(0);
  await form.undo.click();
  await expect(form.size).toHaveValue("350");
  await expect(form.value(1)).toHaveValue("7");
  await page.getByRole("button", { name: "Remove component 1" }).click();
  await expect(page.locator(".confirmation")).toContainText("The component is removed.");
  await form.undo.click();
  await expect(form.value(1)).toHaveValue("7");
  await page.getByRole("button", { name: "Remove component 1" }).click();
  await form.size.fill("400");
  await expect(form.undo, "a later change ends it").toHaveCount(0);
});

test("one choice has the term, with the day of its end", async ({ page, form }) => {
  await page.clock.setFixedTime(new Date("2026-01-31T10:00:00Z"));
  await expect(form.term.locator("option")).toHaveCount(22);
  await form.term.selectOption("1 Month");
  await expect.poll(() => description(form.term)).toEqual(["Term ends on Feb 28, 2026, if bought today."]);
  await form.term.selectOption("3 Year");
  await expect.poll(() => description(form.term)).toEqual(["Term ends on Jan 31, 2029, if bought today."]);
});

test("many components without a check are one line", async ({ page, form }) => {
  for (let number = 0; number < 4; number++) await form.addComponent(`code${number}`, "1");
  await form.term.selectOption("12 Year");
  await form.review();
  const panel = page.locator(".panel-warning");
  await expect(panel.locator("> ul > li")).toHaveCount(2);
  await expect(panel.locator("> ul > li").first()).toContainText("This pays for 12 years.");
  await panel.getByText("4 components are not in the catalogue").click();
  await expect(panel.getByText("The component code3 is not in the catalogue")).toBeVisible();
});

test("the order is taken along as JSON, and fills in a form", async ({ page, context, form, accessible }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await form.size.fill("350");
  await form.tab("Developer").click();
  const json = page.getByLabel("Order as JSON", { exact: true });
  await page.getByRole("button", { name: "Copy the order as JSON" }).click();
  const order = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(order.components[0]).toEqual({ code: "searcherdocsize", value: "350" });
  const fill = page.getByRole("button", { name: "Fill in the form" });
  for (const [text, said] of [
    ["{", "This is not JSON"],
    ["[]", "An object is needed here, not a list."],
    [JSON.stringify({ ...order, duraton: 1 }), "/duraton "],
  ]) {
    await json.fill(text);
    await fill.click();
    await expect(page.locator("#order-json-problem")).toContainText(said);
    await expect(json).toHaveAttribute("aria-invalid", "true");
  }
  await accessible("an order that cannot be read");
  const components = [{ code: "searcherdocsize", value: "500" }, { code: "other", value: "1" }];
  await json.fill(JSON.stringify({ ...order, components, tags: [{ key: "team", value: "<b>" }] }));
  await fill.click();
  await expect(form.size).toHaveValue("500");
  await expect(form.code(1)).toHaveValue("other");
  await expect(form.tagValue(1)).toHaveValue("<b>");
  await form.undo.click();
  await expect(form.size).toHaveValue("350");
});

test("an order in a file fills in a form, as one that is pasted does", async ({ page, form, accessible }) => {
  const choose = (text, name = "order.json") => page.getByLabel("Or fill it in from a file").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await form.tab("Developer").click();
  const json = page.getByLabel("Order as JSON", { exact: true });
  const problem = page.locator("#order-json-problem");
  const order = { chargeType: "PREPAY", components: [{ code: "searcherdocsize", value: "500" }], order: { autoRenew: false, duration: 1, pricingCycle: "Month" } };
  for (const [text, said] of [
    ["", "This is not JSON"],
    ["{", "This is not JSON"],
    [JSON.stringify({ ...order, duraton: 1 }), "/duraton "],
    [" ".repeat(300_000), "This file is too large to be an order."],
  ]) {
    await choose(text);
    await expect(problem).toContainText(said);
  }
  await accessible("a file that is no order");
  // The file that was read is in the field, to be corrected there; the same one can be chosen again.
  await expect(json).toHaveValue(JSON.stringify({ ...order, duraton: 1 }));
  await choose(`\ufeff${JSON.stringify(order)}`);
  await expect(form.size).toHaveValue("500");
  await expect(page.locator(".confirmation")).toContainText("The form is filled in.");
  await form.undo.click();
  await expect(form.size).toHaveValue("200");
});

test.describe("for a Chinese visitor", () => {
  test.use({ locale: "zh-CN" });

  test("groups, options, help, orders and the way back are in Chinese", async ({ page, form }) => {
    const group = page.getByRole("group", { name: "查询节点", exact: true });
    const size = group.getByLabel("查询节点规格（示例）");
    await expect(size.locator("option")).toHaveText(["4 核 8 GB", "8 核 16 GB", "16 核 32 GB"]);
    expect(await description(size)).toEqual(["仅供试用。"]);
    await expect(page.getByRole("link", { name: "数据量（GB）说明" })).toBeVisible();
    await page.getByLabel("快速填写").selectOption({ label: "试用（示例）" });
    await expect(page.getByLabel("数据量（GB）")).toHaveValue("50");
    await page.getByRole("button", { name: "撤销" }).click();
    await expect(page.getByLabel("数据量（GB）")).toHaveValue("200");
    await page.getByRole("button", { name: "清空表单" }).click();
    await expect(page.locator(".confirmation")).toContainText("表单已清空。");
    await page.getByLabel("购买时长").selectOption({ label: "1 年" });
    await expect(form.summary).toContainText("1 年，预付费");
  });
});
