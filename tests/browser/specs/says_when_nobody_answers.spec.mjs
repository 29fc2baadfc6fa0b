import { createHash } from "node:crypto";

import { expect, test } from "../fixtures/test.mjs";

test("without a network nothing is sent, and it is said", async ({ context, form, review, outcome, purchases }) => {
  await form.fill();
  await form.review();
  await context.setOffline(true);
  await expect(review.offline).toBeVisible();
  await review.buy();
  await expect(outcome.announced).toContainText("You are offline.");
  expect(purchases).toEqual([]);
  await context.setOffline(false);
  await expect(review.offline).toHaveCount(0);
  await review.buyButton.click();
  await expect(outcome.created).toBeVisible();
});

test("a network that goes away in doubt is said, and nothing is sent a second time", async ({ page, context, form, review, outcome, servers, purchases }) => {
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "close-after-commit" });
  await servers.fault({ operation: "ListInstances", fault: "error", status: 503 });
  await form.fill();
  await form.review();
  await review.buy();
  await expect(outcome.unknown).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByRole("main").getByText("You are offline. The page goes on when")).toBeVisible();
  await servers.mend();
  await context.setOffline(false);
  await expect(outcome.created).toBeVisible();
  expect(purchases).toHaveLength(1);
});

test("a user who may not buy learns which action to grant, with a diagnosis", async ({ page, form, review, outcome }) => {
  await form.fill({ resourceGroup: "rg-forbidden" });
  await form.review();
  await review.buy();
  await expect(outcome.refused).toBeFocused();
  await expect(outcome.value("Error code")).toHaveText("Forbidden.RAM");
  await expect(outcome.value("What to do")).toContainText("searchengine:CreateInstance");
  const diagnosis = page.getByRole("link", { name: /^Diagnosis/ });
  await expect(diagnosis).toHaveAttribute("href", /^https:\/\/api\./);
  await expect(diagnosis).toHaveAttribute("rel", "noopener noreferrer");
});

test.describe("a proxy that knows its users by tokens", () => {
  const hash = createHash("sha256").update("a-token-of-alice").digest("hex");
  test.use({ settings: { proxyArguments: ["--tokens", "tokens"], files: { tokens: `alice ${hash}\n` } } });

  test("tells who is signed out what to do, and the order can be sent again", async ({ page, form, outcome, review, purchases }) => {
    await form.review();
    await review.buy();
    await expect(outcome.refused).toBeFocused();
    await expect(outcome.value("Error code")).toHaveText("Unauthorized");
    await expect(outcome.value("What to do")).toContainText("Sign in");
    await page.setExtraHTTPHeaders({ authorization: "Bearer a-token-of-alice" });
    await outcome.sendAgain.click();
    await expect(outcome.created).toBeVisible();
    expect(purchases[1].key).toBe(purchases[0].key);
  });
});
