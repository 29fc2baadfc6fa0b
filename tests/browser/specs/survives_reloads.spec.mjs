import { expect, objects, test } from "../fixtures/test.mjs";

async function fillIn(form) {
  await form.fill({ size: "350", resourceGroup: "rg-search" });
  await form.queryNodes.fill("0");
  await form.addComponent("other-code", "7");
  await form.term.selectOption("3 Month");
  await form.autoRenew.check();
  await form.addTag("team", "搜索 😀");
}

async function expectFilledIn(form) {
  await expect(form.size).toHaveValue("350");
  await expect(form.queryNodes).toHaveValue("0");
  await expect(form.querySpec).toHaveCount(0);
  await expect(form.code(1)).toHaveValue("other-code");
  await expect(form.value(1)).toHaveValue("7");
  await expect(form.term).toHaveValue("3 Month");
  await expect(form.autoRenew).toBeChecked();
  await expect(form.resourceGroup).toHaveValue("rg-search");
  await expect(form.tagValue(1)).toHaveValue("搜索 😀");
}

test("the draft is still there after a reload, and gone after starting anew", async ({ page, form, outcome }) => {
  await fillIn(form);
  await page.reload();
  await form.shown();
  await expectFilledIn(form);
  await form.clear.click();
  await expect(outcome.announced).toHaveText("The form is cleared.");
  const expectEmpty = async () => {
    await expect(form.size).toHaveValue("200");
    await expect(form.code(1)).toHaveCount(0);
    await expect(form.tagKey(1)).toHaveCount(0);
    await expect(form.resourceGroup).toHaveValue("");
    await expect(form.autoRenew).not.toBeChecked();
  };
  await expectEmpty();
  await page.reload();
  await form.shown();
  await expectEmpty();
});

test("a review stays the review of the same order, and asks for consent again", async ({ page, context, form, review, outcome, servers, purchases }) => {
  await form.fill({ size: "350" });
  await form.review();
  const shown = await review.lines.allTextContents();
  const key = await storedKey(page);
  await review.prepayment.check();
  await page.reload();
  await expect(review.heading).toBeVisible();
  await expect(review.lines).toHaveText(shown);
  await expect(review.prepayment).not.toBeChecked();
  await review.change("Data size (GB)");
  await expect(form.size).toBeFocused();
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases.map((it) => it.key)).toEqual([key]);

  // An order that was bought meanwhile in another tab is no longer the same.
  const other = objects(await context.newPage());
  await other.form.open(servers.url);
  await other.form.fill({ size: "350" });
  await other.form.review();
  await other.review.buy();
  await expect(other.review.another).toBeFocused();
  await expect(other.review.another).not.toBeChecked();
  await other.form.page.reload();
  await other.review.buy();
  await expect(other.review.another).toBeFocused();
  expect(await servers.instances()).toHaveLength(1);
});

test("an order that is under way goes on", async ({ page, form, review, outcome, servers, purchases }) => {
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "delay", milliseconds: 4_000 });
  await form.fill();
  await form.review();
  await review.buy();
  await expect(review.buyButton).toHaveAttribute("aria-busy", "true");
  await page.evaluate(() => history.back());
  await expect(review.buyButton).toHaveText("Buying…");
  await page.reload();
  await expect(outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
  expect(purchases).toHaveLength(1);
  // It stays at its address, and the form is empty.
  await page.reload();
  await expect(outcome.created).toBeVisible();
  await form.tab("New order").click();
  await expect(form.heading).toHaveText("Buy a Havenask instance");
  await expect(form.size).toHaveValue("200");
});

test("a link does not push aside an order that may be bought", async ({ page, context, form, review, outcome, servers }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await form.term.selectOption("7 Month");
  await form.share.click();
  await expect(outcome.announced).toContainText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await form.term.selectOption("1 Month");
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "delay", milliseconds: 4_000 });
  await form.fill();
  await form.review();
  await review.buy();
  await expect(review.buyButton).toHaveAttribute("aria-busy", "true");
  await page.goto("about:blank");
  await page.goto(link);
  await expect(outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(1);
  // Followed once more, it is the next draft.
  await page.goto(link);
  await expect(page.getByText("7 months, paid in advance").first()).toBeVisible();
});

test("the back button leads from the review to the form", async ({ page, form, review }) => {
  await form.fill({ size: "350" });
  await form.review();
  await expect(review.heading).toBeVisible();
  await page.goBack();
  await expect(form.heading).toHaveText("Buy a Havenask instance");
  await expect(form.size).toHaveValue("350");
});

test("a link brings a draft to somebody else, and no key", async ({ page, context, browser, form, review, outcome, servers }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await fillIn(form);
  await form.review();
  const key = await storedKey(page);
  await review.backButton.click();
  await form.share.click();
  await expect(outcome.announced).toContainText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).not.toContain(key);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  const { form: draft } = objects(other);
  await draft.open(link);
  await expectFilledIn(draft);
  expect(other.url(), "a reload must not bring it back").toBe(`${servers.url}/`);
  await draft.review();
  expect(await storedKey(other)).not.toBe(key);
  await elsewhere.close();
});

/** The key that the order has in this tab. */
function storedKey(page) {
  return page.evaluate(() => {
    const name = Object.keys(sessionStorage).find((name) => name.endsWith(".key"));
    return sessionStorage.getItem(name);
  });
}
