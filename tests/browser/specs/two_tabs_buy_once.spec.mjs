import { expect, objects, test } from "../fixtures/test.mjs";

test("the same order in two tabs is one, and one more needs a word", async ({ context, form, review, outcome, servers, purchases }) => {
  const other = objects(await context.newPage());
  await other.form.open(servers.url);
  const tabs = [{ form, review, outcome }, other];
  for (const tab of tabs) {
    await tab.form.fill({ size: "350" });
    await tab.form.review();
    await expect(tab.review.another).toHaveCount(0);
  }
  for (const tab of tabs) {
    await tab.form.page.bringToFront();
    await tab.review.buy();
    await expect(tab.outcome.created).toBeVisible();
  }
  const [instance, ...more] = await servers.instances();
  expect(more).toEqual([]);
  for (const tab of tabs) await expect(tab.outcome.value("Instance ID")).toHaveText(instance.instanceId);
  expect(purchases[0].key).toBe(purchases[1].key);

  await other.form.page.getByRole("link", { name: "Buy another instance" }).click();
  await other.form.fill({ size: "350" });
  await other.form.review();
  await other.review.prepayment.check();
  await other.review.buyButton.click();
  await expect(other.review.another).toBeFocused();
  await expect(other.form.page.getByText(`The same order was sent before: instance ${instance.instanceId}`)).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
  await other.review.another.check();
  await other.review.buyButton.click();
  await expect(other.outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(2);
});

test("another order is another one", async ({ context, form, review, outcome, servers }) => {
  const other = objects(await context.newPage());
  await other.form.open(servers.url);
  for (const [tab, size] of [[{ form, review, outcome }, "200"], [other, "250"]]) {
    await tab.form.page.bringToFront();
    await tab.form.fill({ size });
    await tab.form.review();
    await tab.review.buy();
    await expect(tab.outcome.created).toBeVisible();
  }
  expect(await servers.instances()).toHaveLength(2);
});

test("an order of more than a day ago is forgotten", async ({ form, review }) => {
  const [old, other] = ['havenask.order.{"chargeType":"PREPAY"}', "of-somebody-else"];
  await form.page.evaluate(([old, other]) => {
    localStorage.setItem(old, `${Date.now() - 86_400_001} key-of-yesterday ha-cn-1`);
    localStorage.setItem(other, "1 kept");
  }, [old, other]);
  await form.fill({ size: "400" });
  await form.review();
  await expect(review.buyButton).toBeVisible();
  const names = await form.page.evaluate(() => Object.keys(localStorage));
  expect(names).not.toContain(old);
  expect(names).toContain(other);
  expect(names.filter((name) => name.startsWith("havenask.order."))).toHaveLength(1);
});
