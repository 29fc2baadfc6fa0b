import { expect, test } from "../fixtures/test.mjs";

test("ids are copied, and it is said", async ({ page, context, form, review, outcome }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await form.fill();
  await form.review();
  await review.buy();
  for (const label of ["Instance ID", "Request ID"]) {
    await outcome.copy(label);
    await expect(outcome.announced).toHaveText("Copied");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await outcome.value(label).innerText());
  }
});

test("a browser without a clipboard says so", async ({ page, form, review, outcome }) => {
  await form.fill();
  await form.review();
  await review.buy();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await outcome.copy("Instance ID");
  await expect(outcome.announced).toContainText("Copying is not possible here");
});
