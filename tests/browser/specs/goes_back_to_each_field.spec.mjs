import { expect, test } from "../fixtures/test.mjs";

test("each line of the review leads to its field", async ({ page, form, review }) => {
  await form.fill({ resourceGroup: "rg-1" });
  await form.addTag("team", "search");
  const targets = {
    Region: form.region,
    "Billing method": page.locator("#charge-type"),
    "Data size (GB)": form.size,
    "Query nodes (sample)": form.queryNodes,
    "Size of a query node (sample)": form.querySpec,
    "Data nodes (sample)": form.dataNodes,
    "Size of a data node (sample)": page.getByLabel("Size of a data node (sample)"),
    Term: form.term,
    "Renew automatically": form.autoRenew,
    "Resource group ID": form.resourceGroup,
    Tags: form.tagKey(1),
  };
  await form.review();
  await expect(review.lines.locator("dt")).toHaveText(Object.keys(targets));
  for (const [label, control] of Object.entries(targets)) {
    await review.change(label);
    await expect(control).toBeFocused();
    await form.review();
  }
});

test("warnings stand in the review too", async ({ page, form }) => {
  await form.fill();
  await form.term.selectOption("12 Year");
  await form.review();
  await expect(page.getByRole("heading", { name: "Please check" })).toBeVisible();
  await expect(page.getByText("This pays for 12 years.")).toBeVisible();
});
