import { expect, test } from "../fixtures/test.mjs";

test("tags of what was loaded are proposed, and any other one can be typed", async ({ page, form, review, outcome, instances, cloud, purchases }) => {
  await cloud.create([{ key: "team", value: "search" }, { key: "havenask-purchase", value: "key-1" }]);
  await cloud.create([{ key: "team", value: "ads" }, { key: "cost", value: "" }]);
  const asked = [];
  page.on("request", (request) => request.method() === "GET" && /instances|purchases/.test(request.url()) && asked.push(request.url()));
  await form.addTag("team", "");
  expect(await form.proposals(form.tagKey(1))).toEqual([]);
  expect(asked).toEqual([]);
  await instances.open();
  await expect(instances.rows).toHaveCount(2);
  await form.tab("New order").click();
  expect(await form.proposals(form.tagKey(1))).toEqual(["cost", "team"]);
  expect(await form.proposals(form.tagValue(1))).toEqual(["ads", "search"]);
  await form.tagKey(1).fill("stage");
  await expect.poll(() => form.proposals(form.tagValue(1))).toEqual([]);
  await form.tagValue(1).fill("test");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases[0].body.tags).toEqual([{ key: "stage", value: "test" }]);
});

test("tags of orders are proposed", async ({ form, review, outcome, orders }) => {
  await form.addTag("team", "search");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  await orders.open();
  await expect(orders.rows).toHaveCount(1);
  await form.tab("New order").click();
  await form.addTag("team", "");
  expect(await form.proposals(form.tagKey(1))).toEqual(["team"]);
  expect(await form.proposals(form.tagValue(1))).toEqual(["search"]);
});
