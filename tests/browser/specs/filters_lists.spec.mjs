import { expect, test } from "../fixtures/test.mjs";

test("words find the instances that are loaded, by id, description, tag and state", async ({ page, form, instances, cloud }) => {
  await cloud.createMany(3);
  const tagged = await cloud.create([{ key: "team", value: "search" }, { key: "cost", value: "中心" }]);
  const described = await cloud.create([{ key: "team", value: "ads" }]);
  await cloud.describe(described, "Search of the <b>shop</b>");
  await instances.open();
  await expect(instances.rows).toHaveCount(5);
  for (const [typed, found] of [
    [tagged.toUpperCase(), [tagged]],
    ["the <B>Shop", [described]],
    ["cost: 中心", [tagged]],
    ["ads  search", [described]],
    ["search", [tagged, described]],
    [".*", []],
  ]) {
    await instances.filter.fill(typed);
    await expect(instances.shown).toHaveCount(found.length);
    for (const id of found) await expect(instances.row(id)).toBeVisible();
    await expect(instances.announced).toHaveText(`Matching: ${found.length} of 5`);
    await expect(instances.filter).toBeFocused();
  }
  await expect(instances.table).toBeHidden();
  await expect(page.getByText("Nothing in this list matches the filter.")).toBeVisible();
  await instances.button("Clear filter").click();
  await expect(instances.filter).toBeFocused();
  await expect(instances.filter).toHaveValue("");
  await expect(instances.announced).toHaveText("");
  await expect(instances.shown).toHaveCount(5);
});

test("a filter finds what has become ready, stays over a refresh and another view, and leads to the details", async ({ page, form, instances, orders, cloud }) => {
  const id = await cloud.create([{ key: "team", value: "search" }]);
  await cloud.create([{ key: "team", value: "ads" }]);
  await instances.open();
  await instances.filter.fill("search ready");
  // The list asks again by itself, while something is being created.
  await expect(instances.shown).toHaveCount(1);
  await expect(instances.row(id)).toBeVisible();
  const another = await cloud.create([{ key: "team", value: "search" }]);
  await instances.button("Refresh").click();
  await expect(instances.rows).toHaveCount(3);
  await expect(page.getByText("Matching: 1 of 3")).toBeVisible();
  await instances.filter.fill("search");
  await expect(instances.shown).toHaveCount(2);
  await orders.open();
  await expect(instances.filter).toBeHidden();
  await instances.open();
  await expect(instances.filter).toHaveValue("search");
  await expect(instances.shown).toHaveCount(2);
  await instances.look(another).click();
  await expect(instances.detailsTitle).toHaveText(`Details: ${another}`);
  await page.keyboard.press("Escape");
  await expect(instances.look(another)).toBeFocused();
  await form.language.click();
  await expect(instances.shown).toHaveCount(2);
  await instances.filter.fill("nothing like it");
  await expect(instances.announced).toHaveText("匹配：0（共 3 个）");
});

test("words find the orders that are loaded", async ({ page, form, review, outcome, orders, servers, purchases }) => {
  await form.addTag("team", "search");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeFocused();
  await form.tab("New order").click();
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "refuse", code: "InvalidParameter" });
  await form.fill({ size: "250" });
  await form.review();
  await review.buy();
  await expect(outcome.refused).toBeVisible();
  await orders.open();
  const shown = orders.rows.filter({ visible: true });
  await expect(shown).toHaveCount(2);
  for (const [typed, said] of [["not bought", "Not bought"], ["team: search", "Bought"], [purchases[0].key, "Bought"]]) {
    await orders.filter.fill(typed);
    await expect(shown).toHaveCount(1);
    await expect(shown).toContainText(said);
    await expect(outcome.announced).toHaveText("Matching: 1 of 2");
  }
  await orders.filter.fill("nothing like it");
  await page.getByRole("button", { name: "Clear filter" }).click();
  await expect(shown).toHaveCount(2);
});
