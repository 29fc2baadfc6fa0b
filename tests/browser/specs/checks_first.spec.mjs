import { expect, test } from "../fixtures/test.mjs";

test("the proxy shows the request that it would send, and sends nothing", async ({ page, form, review, outcome, servers, purchases }) => {
  await form.fill({ size: "350" });
  await form.review();
  await review.checkButton.click();
  await expect(outcome.announced).toHaveText("This order is valid. This request would be sent:");
  const shown = page.getByLabel("This order is valid. This request would be sent:");
  await expect(shown).toContainText(`POST ${servers.emulator}/openapi/ha3/instances`);
  await expect(shown).toContainText('{"code":"searcherdocsize","value":"350"}');
  await expect(shown).not.toContainText(/authorization|signature|secret/i);
  expect(purchases).toEqual([]);
  expect(await servers.instances()).toEqual([]);
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
});

test.describe("a proxy that sells short terms only", () => {
  test.use({ settings: { proxyArguments: ["--max-term-months", "3"] } });

  test("says why it would not take an order", async ({ page, form, review, outcome }) => {
    await form.fill();
    await form.term.selectOption("4 Month");
    await form.review();
    await review.checkButton.click();
    await expect(outcome.announced).toHaveText("This order would be refused.");
    await expect(page.getByRole("main")).toContainText("This order would be refused. ");
    await expect(review.buyButton).toBeEnabled();
  });
});
