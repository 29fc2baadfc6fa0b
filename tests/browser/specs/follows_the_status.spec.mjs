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

test("the time that the last instances took is told while the next one is created", async ({ page, form, review, outcome, servers }) => {
  const usual = page.getByText("Usually ready after about");
  await form.fill();
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  await expect(usual).toHaveCount(0);
  await expect(outcome.ready).toBeVisible();
  const expected = async () => (await (await fetch(`${servers.url}/config.json`)).json()).expectedReadySeconds;
  await expect.poll(expected).toBeGreaterThan(0);
  await form.open(servers.url);
  await form.fill({ size: "300" });
  await form.review();
  await review.buy();
  await expect(usual).toContainText(/about \d+ seconds?\. You can close this page/);
  await form.language.click();
  await expect(page.getByText(/通常约 \d+ 秒后就绪。您可以关闭此页面/)).toBeVisible();
  await expect(outcome.ready.or(page.getByRole("heading", { name: "实例已就绪" }))).toBeVisible();
  await expect(page.getByText("通常约")).toHaveCount(0);
});
