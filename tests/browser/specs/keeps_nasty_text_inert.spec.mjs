import { expect, test } from "../fixtures/test.mjs";

const NASTY = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "{{constructor}} ${7*7} %00",
  "😀 搜索 \u202eevil",
];

test("text stays text, from the form to the cloud", async ({ page, form, review, outcome, servers }) => {
  const dialogs = [];
  page.on("dialog", (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
  await form.remark.fill(NASTY[0]);
  for (const [index, text] of NASTY.entries()) {
    // Characters that turn the writing round are refused there.
    const seen = text.replace("\u202e", "");
    await form.addComponent(`code${index} ${seen}`, seen);
    await form.addTag(`key${index} ${text}`, text);
  }
  await form.review();
  for (const text of NASTY) {
    await expect(review.lines.filter({ hasText: text }).first()).toBeVisible();
  }
  await review.buy();
  await expect(outcome.created).toBeVisible();
  const [instance] = await servers.instances();
  expect(instance.tags.map((tag) => tag.value)).toEqual(expect.arrayContaining(NASTY));
  await expect(page.locator("main script, main img")).toHaveCount(0);
  expect(dialogs).toEqual([]);
});

test("messages of the cloud stay text too", async ({ page, form, review, outcome }) => {
  const text = "<img src=x onerror=alert(1)>";
  await page.route("**/openapi/ha3/instances", (route) =>
    route.fulfill({ status: 400, json: { code: text, message: text, status: 400, requestId: text, remedy: text, outcome: "not-created" } }),
  );
  await form.fill();
  await form.review();
  await review.buy();
  await expect(outcome.value("What happened")).toHaveText(text);
  await expect(outcome.value("Request ID")).toHaveText(text);
  await expect(page.locator("main img")).toHaveCount(0);
});
