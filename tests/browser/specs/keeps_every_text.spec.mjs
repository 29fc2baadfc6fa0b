import { expect, objects, test } from "../fixtures/test.mjs";

/** Texts that mean something to one notation or another. */
const TEXTS = ["a=b", "cost=center", "x&tag=y", "100%", "%3D%26", "a+b c", "#draft=", "café 😀", "שלום \u202eabc", "x\u2028y\u2029z", "\u0001"];

test("a reviewed order is bought after a reload, whatever its text", async ({ page, form, review, outcome, purchases }) => {
  const tags = TEXTS.filter((text) => text !== "\u0001").map((text, index) => ({ key: text, value: TEXTS[TEXTS.length - 2 - index] }));
  for (const { key, value } of tags) await form.addTag(key, value);
  await form.review();
  await expect(review.line("cost=center").or(review.lines.filter({ hasText: "cost=center" })).first()).toBeVisible();
  const shown = await review.lines.allTextContents();
  await page.reload();
  await expect(review.heading).toBeVisible();
  await expect(review.lines).toHaveText(shown, { useInnerText: false });
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases[0].body.tags).toEqual(tags);
});

test("a link carries every text, also one that cannot be bought", async ({ context, browser, page, form, outcome }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const text of TEXTS) await form.addTag(text, text);
  await form.size.fill("");
  await form.share.click();
  await expect(outcome.announced).toContainText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext();
  const { form: draft } = objects(await elsewhere.newPage());
  await draft.open(link);
  await expect(draft.size).toHaveValue("");
  for (const [index, text] of TEXTS.entries()) {
    await expect(draft.tagKey(index + 1)).toHaveValue(text);
    await expect(draft.tagValue(index + 1)).toHaveValue(text);
  }
  await elsewhere.close();
});

test.describe("a link that is not whole", () => {
  const WRONG = {
    "is cut off": (link) => link.slice(0, -12),
    "is cut off in a value": (link) => link.slice(0, link.indexOf("cost%3Dcenter") + 6),
    "is encoded twice": (link) => link.replace(/#draft=.*/, (draft) => `#draft=${encodeURIComponent(draft.slice(7))}`),
    "has its escapes encoded twice": (link) => link.replaceAll("%", "%25"),
    "has a key twice": (link) => `${link}&duration=12`,
    "has another term": (link) => link.replace("duration=1&", "duration=12&"),
    "is of another version": (link) => link.replace("v=1", "v=2"),
    "is a megabyte": (link) => link + "a".repeat(1_000_000),
    "is written by hand": (link) => link.replace(/#draft=.*/, "#draft=chargeType=PREPAY&duration=7"),
    "has half a character": (link) => link.replace("cost%3Dcenter", "%ED%A0%80"),
  };

  for (const [what, change] of Object.entries(WRONG)) {
    test(`and ${what} says so, and changes nothing`, async ({ page, context, form, outcome }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await form.addTag("cost=center", "42");
      await form.share.click();
      await expect(outcome.announced).toContainText("The link is copied.");
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await form.size.fill("350");
      await page.goto("about:blank");
      await page.goto(change(link));
      await form.shown();
      await expect(page.getByRole("alert")).toContainText("The draft in this link cannot be read");
      await expect(form.size).toHaveValue("350");
      await expect(form.tagKey(1)).toHaveValue("cost=center");
      await page.reload();
      await form.shown();
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  }
});

test("a link that is opened in the page itself is taken", async ({ page, context, form, outcome }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await form.size.fill("450");
  await form.share.click();
  await expect(outcome.announced).toContainText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await form.size.fill("50");
  await page.evaluate((link) => (location.href = link), link);
  await expect(form.size).toHaveValue("450");
  await page.evaluate(() => (location.hash = "#draft=v=1&duration=12"));
  await expect(page.getByRole("alert")).toContainText("The draft in this link cannot be read");
  await expect(form.size).toHaveValue("450");
});

test("half a character is named, and not bought as another", async ({ form, purchases }) => {
  await form.addTag("team", "x");
  await form.tagValue(1).evaluate((input) => {
    input.value = "a\ud83d";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await form.review();
  await expect(form.problems).toContainText("broken character");
  expect(purchases).toEqual([]);
});
