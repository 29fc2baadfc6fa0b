import { expect, test } from "../fixtures/test.mjs";

test("buys an instance and follows it until it is ready", async ({ form, review, outcome, servers, purchases }) => {
  await form.fill({ size: "200", resourceGroup: "rg-search" });
  await form.duration.selectOption("3");
  await form.cycle.selectOption("Year");
  await form.addTag("team", "search");
  await expect(form.summary).toContainText("3 years, paid in advance");
  await expect(form.summary).toContainText("Ends after 3 years; not renewed");
  await form.review();

  await expect(review.heading).toBeFocused();
  await expect(review.line("Components")).toContainText("searcherdocsize = 200");
  await expect(review.line("Tags")).toContainText("team = search");
  await review.buy();

  await expect(outcome.created).toBeFocused();
  const id = await outcome.value("Instance ID").innerText();
  const requestId = await outcome.value("Request ID").innerText();
  expect(id).toMatch(/^ha-cn-/);
  expect(requestId).not.toBe("");
  await expect(outcome.steps.first()).toContainText("INIT");
  await expect(outcome.ready).toBeVisible();
  await expect(outcome.announced).toHaveText("Status: READY");
  await expect(outcome.steps.filter({ hasText: "done" })).toHaveCount(3);

  const instances = await servers.instances();
  expect(instances.map((it) => it.instanceId)).toEqual([id]);
  expect(purchases).toHaveLength(1);
  expect(purchases[0].key).toMatch(/^[0-9a-f]{32}$/);
  expect(purchases[0].body).toEqual({
    chargeType: "PREPAY",
    components: [{ code: "searcherdocsize", value: "200" }],
    order: { autoRenew: false, duration: 3, pricingCycle: "Year" },
    resourceGroupId: "rg-search",
    tags: [{ key: "team", value: "search" }],
  });
});
