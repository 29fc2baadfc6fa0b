import { expect, test } from "../fixtures/test.mjs";

test("each line of the review leads to its field", async ({ page, form, review }) => {
  await form.fill({ resourceGroup: "rg-1" });
  await form.addTag("team", "search");
  const targets = {
    Region: form.region,
    "Billing method": page.locator("#charge-type"),
    Components: form.size,
    Duration: form.duration,
    "Billing cycle": form.cycle,
    "Renew automatically": form.autoRenew,
    "Resource group ID": form.resourceGroup,
    Tags: form.tagKey(1),
  };
  await form.review();
  const labels = Object.keys(targets).flatMap((label) => (label === "Components" ? Array(5).fill(label) : label));
  await expect(review.lines.locator("dt")).toHaveText(labels);
  for (const [label, control] of Object.entries(targets)) {
    await review.change(label);
    await expect(control).toBeFocused();
    await form.review();
  }
});

test("what is suspicious is said again in the review", async ({ page, form }) => {
  await form.fill();
  await form.duration.selectOption("12");
  await form.cycle.selectOption("Year");
  await form.review();
  await expect(page.getByRole("heading", { name: "Please check" })).toBeVisible();
  await expect(page.getByText("This pays for 12 years.")).toBeVisible();
});
