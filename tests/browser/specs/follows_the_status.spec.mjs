import { expect, test } from "../fixtures/test.mjs";

test("a status that cannot be read does not hide the purchase", async ({ page, form, review, outcome }) => {
  let broken = true;
  await page.route("**/openapi/ha3/instances/*", (route) => (broken ? route.abort() : route.continue()));
  await form.fill();
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  await expect(page.getByText("The status cannot be read at the moment")).toBeVisible();
  broken = false;
  await expect(outcome.ready).toBeVisible();
});

test("an instance that waits for its owner says so, and another language keeps the clock", async ({ page, form, review, outcome }) => {
  await page.route("**/openapi/ha3/instances/*", (route) =>
    route.fulfill({ json: { requestId: "R", result: { instanceId: "i", status: "WAIT_CONFIG" } } }),
  );
  await form.fill();
  await form.review();
  await review.buy();
  await expect(page.getByText("Configure the instance in the Alibaba Cloud console.")).toBeVisible();
  await expect(outcome.steps.nth(1)).toHaveAttribute("aria-current", "step");
  await expect(page.locator(".elapsed")).toContainText(/[3-9] s/);
  await form.language.click();
  await expect(page.locator(".elapsed")).toContainText(/[3-9] 秒/);
});
