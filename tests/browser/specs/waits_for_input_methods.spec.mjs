import { expect, test } from "../fixtures/test.mjs";

/** Everywhere that a text can be typed, with a text before that is wrong there or not. */
const FIELDS = {
  "the key of a tag": (form) => form.tagKey(1),
  "the value of a tag": (form) => form.tagValue(1),
  "the resource group": (form) => form.resourceGroup,
  "a number": (form) => form.size,
  "a text of the catalogue": (form) => form.remark,
  "the code of a component": (form) => form.code(1),
};

for (const [name, find] of Object.entries(FIELDS)) {
  test(`what is composed in ${name} is judged when it is there`, async ({ page, form }) => {
    await form.addTag("", "x");
    await form.addComponent("", "1");
    const field = find(form);
    await field.fill("");
    await field.blur();
    const before = await field.getAttribute("aria-describedby");
    await field.focus();
    const client = await page.context().newCDPSession(page);
    const messages = page.locator(".problem");
    const shown = await messages.allInnerTexts();
    for (const text of ["a", "al", "aliyun-", "acs:é"]) {
      await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      await expect(field).toHaveValue(text);
      expect(await messages.allInnerTexts()).toEqual(shown);
      expect(await field.getAttribute("aria-describedby")).toBe(before);
    }
    await client.send("Input.insertText", { text: "阿里云" });
    await expect(field).toHaveValue("阿里云");
    await page.reload();
    await form.shown();
    await expect(find(form)).toHaveValue("阿里云");
  });
}
