import { expect, test } from "../fixtures/test.mjs";

test("a refused order says why and what to do, and loses nothing", async ({ form, review, outcome, servers, purchases }) => {
  await form.fill({ size: "350", resourceGroup: "rg-no-money" });
  await form.addTag("team", "search");
  await form.review();
  await review.buy();

  await expect(outcome.refused).toBeFocused();
  await expect(outcome.value("Error code")).toHaveText("InvalidPayMethod");
  await expect(outcome.value("What happened")).not.toBeEmpty();
  await expect(outcome.value("What to do")).toContainText("balance");
  await expect(outcome.value("HTTP status")).toHaveText("400");
  await expect(outcome.value("Request ID")).not.toBeEmpty();
  expect(await servers.instances()).toEqual([]);

  await review.backButton.click();
  await expect(form.size).toHaveValue("350");
  await expect(form.tagValue(1)).toHaveValue("search");
  await form.resourceGroup.fill("rg-search");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
  expect(purchases).toHaveLength(2);
  expect(purchases[0].key, "a new order has a key of its own").not.toBe(purchases[1].key);
});

test("a diagnosis is linked only when it is a page", async ({ page, form, review, outcome }) => {
  for (const [recommend, links] of [
    ["https://api.aliyun.com/troubleshoot?q=Forbidden", 1],
    ["javascript:alert(1)", 0],
  ]) {
    await page.route("**/openapi/ha3/instances", (route) =>
      route.fulfill({
        status: 403,
        json: { code: "Forbidden.RAM", message: "no", status: 403, requestId: "R-1", remedy: "Grant searchengine:CreateInstance.", outcome: "not-created", recommend },
      }),
    );
    await form.fill();
    await form.review();
    await review.buy();
    await expect(outcome.value("What to do")).toContainText("searchengine:CreateInstance");
    await expect(page.getByRole("link", { name: /^Diagnosis/ })).toHaveCount(links);
    await page.unroute("**/openapi/ha3/instances");
    await review.backButton.click();
  }
});
