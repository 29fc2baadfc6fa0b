// Each view has an address: links, the back button, reloads and drafts lead there.
import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures/test.mjs";

async function buy({ form, review, outcome }, size) {
  await form.fill({ size });
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeFocused();
}

test("links, the back button and a reload lead to a view", async ({ page, form, instances, orders, cloud, servers }) => {
  const id = await cloud.create();
  await form.fill({ size: "350" });
  await instances.open();
  await instances.look(id).click();
  await expect(page).toHaveURL(`${servers.url}/#instances/${id}`);
  await page.reload();
  await expect(instances.detailsTitle).toHaveText(`Details: ${id}`);
  await expect(instances.row(id)).toBeVisible();
  await orders.open();
  await expect(page).toHaveTitle("Orders – OpenSearch Havenask");
  await page.goBack();
  await expect(instances.details).toBeVisible();
  await page.goBack();
  await expect(instances.details).toBeHidden();
  await expect(instances.heading).toBeVisible();
  await page.goBack();
  await expect(form.size).toHaveValue("350");
  await page.goForward();
  await expect(instances.heading).toBeVisible();
  await page.goto(`${servers.url}/#nowhere`);
  await expect(form.size).toHaveValue("350");
});

test("an order stays at its address, and can be kept and ordered again", async ({ page, form, review, outcome, orders, servers, accessible }) => {
  await buy({ form, review, outcome }, "350");
  const id = await outcome.value("Instance ID").innerText();
  const key = await outcome.value("Idempotency key").innerText();
  await expect(page).toHaveURL(`${servers.url}/#orders/${key}`);
  await expect(outcome.value("Ordered")).toHaveText(/, 20\d\d.* (UTC|GMT)/);
  await page.reload();
  await expect(outcome.value("Instance ID")).toHaveText(id);
  await expect(outcome.value("Request ID")).not.toBeEmpty();
  await expect(page.getByRole("complementary")).toContainText("Data size (GB): 350");
  await expect(outcome.ready).toBeVisible();
  await expect(page.getByText(`${id}.havenask.invalid`)).toBeVisible();
  await accessible("order");

  const [download] = await Promise.all([page.waitForEvent("download"), orders.download.click()]);
  expect(download.suggestedFilename()).toBe(`havenask-order-${key}.json`);
  const receipt = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(receipt).toMatchObject({ key, state: "created", instanceId: id, request: { chargeType: "PREPAY" } });
  expect(receipt.quote.price.total).toBeTruthy();

  await form.tab("New order").click();
  await expect(form.size).toHaveValue("200");
  await page.goBack();
  await orders.again.click();
  await expect(form.size).toHaveValue("350");
});

test("orders are listed, the newest first", async ({ page, form, review, outcome, orders, servers, accessible }) => {
  await buy({ form, review, outcome }, "300");
  await form.tab("New order").click();
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "refuse", code: "InvalidParameter" });
  await form.fill({ size: "250" });
  await form.review();
  await review.buy();
  await expect(outcome.refused).toBeVisible();
  await orders.open();
  await expect(orders.rows).toHaveCount(2);
  await expect(orders.rows.first()).toContainText("Not bought");
  await expect(orders.rows.last()).toContainText("Bought");
  await expect(orders.rows.last()).toContainText(/CNY [\d,]+\.\d\d/);
  await accessible("orders");
  await orders.look(orders.rows.first()).click();
  await expect(outcome.refused).toBeVisible();
  await page.goBack();
  await orders.look(orders.rows.last()).click();
  await expect(outcome.created).toBeVisible();
  await page.goto(`${servers.url}/#orders/nobody-has-this-key`);
  await expect(page.getByRole("alert")).toContainText("This order cannot be shown");
});

test("a draft that is pasted into the address of an open page is read", async ({ page, context, form, instances, outcome }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await form.fill({ size: "350" });
  await form.share.click();
  await expect(outcome.announced).toContainText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await form.size.fill("200");
  await instances.open();
  await page.goto(link);
  await expect(form.size).toHaveValue("350");
});

test("a language is remembered, and one in the address comes first", async ({ page, form, servers }) => {
  await form.language.click();
  await expect(form.heading).toHaveText("购买 Havenask 实例");
  await page.goto(`${servers.url}/`);
  await page.reload();
  await expect(form.heading).toHaveText("购买 Havenask 实例");
  await page.goto(`${servers.url}/?lang=en#orders`);
  await expect(form.heading).toHaveText("Orders");
  await form.language.click();
  await expect(page).toHaveURL(`${servers.url}/?lang=zh-CN#orders`);
});

test("Review order is within the first screen, priced or not", async ({ page, form }) => {
  await expect(form.summary).toContainText("CNY");
  await expect(form.reviewButton).toBeInViewport({ ratio: 1 });
});
