import { expect, test } from "../fixtures/test.mjs";

test("errors stand in a summary with links, and nothing is sent", async ({ page, form, purchases, servers }) => {
  await form.size.fill("210");
  await form.addComponent("other", "");
  await form.addComponent("other", "1");
  await form.addTag("", "search");
  await form.addTag("k".repeat(129), "");
  await form.review();

  await expect(form.problems).toBeFocused();
  await expect(form.problems.getByRole("heading")).toHaveText("There is a problem");
  await expect(page).toHaveTitle(/^Error: /);
  const links = form.problems.getByRole("link");
  await expect(links).toHaveText([
    "Data size (GB) must be a whole number from 50 to 2000 in steps of 50.",
    "Enter a value for other.",
    "The component other is given more than once. Keep one.",
    "The tag needs a key.",
    "The key of the tag has 129 characters; at most 128 are allowed.",
  ]);
  const controls = [form.size, form.value(1), form.code(2), form.tagKey(1), form.tagKey(2)];
  for (const [index, control] of controls.entries()) {
    const text = await links.nth(index).innerText();
    await links.nth(index).click();
    await expect(control).toBeFocused();
    await expect(control).toHaveAttribute("aria-invalid", "true");
    await expect(await form.problemOf(control)).toContainText(text);
  }

  await form.size.fill("200");
  await expect(form.size).not.toHaveAttribute("aria-invalid");
  await expect(links).toHaveCount(4);
  expect(purchases).toEqual([]);
  expect(await servers.instances()).toEqual([]);
});

test("a control is not complained about before it was left", async ({ form }) => {
  await form.addComponent("", "200");
  await form.value(1).blur();
  await expect(await form.problemOf(form.code(1))).toContainText("needs the code");
  await form.resourceGroup.focus();
  await form.resourceGroup.evaluate((input) => {
    input.value = "rg\u0007";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await expect(form.resourceGroup).not.toHaveAttribute("aria-invalid");
  await form.resourceGroup.blur();
  await expect(await form.problemOf(form.resourceGroup)).toContainText("control character");
});

test("a choice that is not offered is refused, even when the page is tampered with", async ({ form, purchases }) => {
  await form.fill();
  for (const value of ["0", "11", "29", "-1", "1.5", "9007199254740993"]) {
    await form.term.evaluate((select, value) => {
      select.add(new Option(value, value));
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }, value);
    await form.review();
    await expect(form.problems.getByRole("link")).toContainText(["is not offered"]);
  }
  expect(purchases).toEqual([]);
});

test("a message under a control does not take the click that follows", async ({ page, form }) => {
  await form.addComponent("other", "");
  await page.getByRole("button", { name: "Add tag" }).hover();
  const value = form.value(1);
  await value.focus();
  // Pressing leaves the empty value, whose message moves everything below it.
  await page.getByLabel("Renew automatically").hover();
  await page.mouse.down();
  // The page has drawn what the pressing changed.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.mouse.up();
  await expect(page.getByLabel("Renew automatically")).toBeChecked();
  await expect(await form.problemOf(value)).toContainText("Enter a value for other.");
});
