import { expect, test } from "../fixtures/test.mjs";

test("an instance is bought with the keyboard alone", async ({ page, form, review, outcome }) => {
  const { keyboard } = page;
  /** Tabs until a control has the focus. */
  const reach = async (control) => {
    for (let step = 0; step < 40; step++) {
      await keyboard.press("Tab");
      if (await control.evaluate((it) => it === document.activeElement)) {
        const ring = await control.evaluate((it) => getComputedStyle(it).outlineStyle);
        expect(ring, "the focus can be seen").not.toBe("none");
        return;
      }
    }
    throw new Error(`${control} cannot be reached`);
  };

  await reach(form.region);
  await reach(form.size);
  await keyboard.type("250");
  await expect(form.size).toHaveValue("250");
  await reach(page.getByRole("button", { name: "Add component" }));
  await keyboard.press("Enter");
  await expect(form.code(1)).toBeFocused();
  await keyboard.type("other");
  await reach(page.getByRole("button", { name: "Remove component 1" }));
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Add component" })).toBeFocused();
  await expect(outcome.announced).toHaveText("The component is removed.");
  await reach(form.term);
  await keyboard.press("ArrowDown");
  await reach(form.autoRenew);
  await keyboard.press("Space");
  await reach(form.reviewButton);
  await keyboard.press("Enter");

  await expect(review.heading).toBeFocused();
  await reach(review.prepayment);
  await keyboard.press("Space");
  await reach(review.renewal);
  await keyboard.press("Space");
  await reach(review.buyButton);
  await keyboard.press("Enter");

  await expect(outcome.created).toBeFocused();
  await expect(outcome.ready).toBeVisible();
  await reach(page.getByRole("link", { name: "Buy another instance" }));
  await keyboard.press("Enter");
  await expect(form.heading).toBeFocused();
  await expect(form.size).toHaveValue("200");
});

test("Enter in a text asks for the review", async ({ form, review }) => {
  await form.fill();
  await form.size.press("Enter");
  await expect(review.heading).toBeFocused();
});

test("rows hand the focus on when they go", async ({ page, form }) => {
  await form.addComponent("first", "1");
  await form.addComponent("second", "1");
  await form.addComponent("third", "1");
  await page.getByRole("button", { name: "Remove component 2" }).click();
  await expect(form.code(2)).toBeFocused();
  await expect(form.code(2)).toHaveValue("third");
  await page.getByRole("button", { name: "Remove component 2" }).click();
  await page.getByRole("button", { name: "Remove component 1" }).click();
  await expect(page.getByRole("button", { name: "Add component" })).toBeFocused();
});
