import { expect, test } from "../fixtures/test.mjs";

test("a wheel over a number that has the focus changes nothing", async ({ page, form }) => {
  await form.size.click();
  for (const delta of [120, -120, 600]) await page.mouse.wheel(0, delta);
  await expect(form.size).toHaveValue("200");
  await expect(page.locator("input[type=number]")).toHaveCount(0);
  await expect(form.size).toHaveAttribute("inputmode", "numeric");
});

for (const text of ["x1", "1e2", "+100", "0100", "１００", "100.0", "1,000", "-50", "99999999999999999999"]) {
  test(`${text} is kept and refused`, async ({ form, purchases }) => {
    await form.size.fill("");
    await form.size.pressSequentially(text);
    await form.review();
    await expect(form.size).toHaveValue(text);
    await expect(form.problems).toContainText("Data size (GB) must be a whole number");
    expect(purchases).toEqual([]);
  });
}
