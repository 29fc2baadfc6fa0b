import { expect, test } from "../fixtures/test.mjs";

/** The components of the sample catalogue, unless something else is chosen. */
const COMPONENTS = [
  { code: "searcherdocsize", value: "200" },
  { code: "sample-query-nodes", value: "2" },
  { code: "sample-query-spec", value: "4c8g" },
  { code: "sample-data-nodes", value: "2" },
  { code: "sample-data-spec", value: "4c16g" },
];

test("buys an instance and follows it until it is ready", async ({ form, review, outcome, servers, purchases }) => {
  await form.fill({ size: "200", resourceGroup: "rg-search" });
  await form.term.selectOption("3 Year");
  await form.addTag("team", "search");
  await expect(form.summary).toContainText("3 years, paid in advance");
  await expect(form.summary).toContainText("Ends after 3 years; not renewed");
  await form.review();

  await expect(review.heading).toBeFocused();
  for (const { code } of COMPONENTS) await expect(review.lines.filter({ hasText: code })).toHaveCount(1);
  await expect(review.line("Data size (GB)")).toContainText("200 searcherdocsize");
  await expect(review.line("Size of a query node")).toContainText("4 cores, 8 GB sample-query-spec = 4c8g");
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
    components: COMPONENTS,
    order: { autoRenew: false, duration: 3, pricingCycle: "Year" },
    resourceGroupId: "rg-search",
    tags: [{ key: "team", value: "search" }],
  });
});
