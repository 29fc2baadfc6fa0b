import { expect, test } from "../fixtures/test.mjs";

test("a cloud that is too busy is asked again after the time that it says", async ({ form, review, outcome, servers, purchases }) => {
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "throttle", retryAfter: 4_000 });
  await form.fill();
  await form.review();
  await review.buy();
  // Something in between may have sent it twice: it is looked for first.
  await expect(outcome.unknown).toBeFocused();
  await expect(outcome.countdown).toHaveAttribute("aria-disabled", "true");
  await outcome.countdown.click({ force: true });
  expect(purchases).toHaveLength(1);
  await expect(outcome.sendAgain).toBeVisible({ timeout: 30_000 });
  await outcome.sendAgain.click();
  await expect(outcome.created).toBeVisible();
  expect(purchases).toHaveLength(2);
  expect(purchases[1].key).toBe(purchases[0].key);
  expect(await servers.instances()).toHaveLength(1);
});

test.describe("a proxy that takes few requests", () => {
  test.use({ settings: { proxyArguments: ["--requests-per-minute", "10"] } });

  test("is asked again with the same key", async ({ form, review, outcome, servers, purchases }) => {
    await form.fill();
    await form.review();
    await review.prepayment.check();
    // Somebody else has used up what is left of this minute.
    const ask = async () => (await fetch(`${servers.url}/openapi/ha3/instances`)).status;
    while ((await ask()) !== 429);
    await review.buyButton.click();
    await expect(outcome.refused).toBeVisible();
    await expect(outcome.value("Error code")).toHaveText("TooManyRequests");
    await expect(outcome.countdown).toBeVisible();
    await expect(outcome.sendAgain).toBeVisible({ timeout: 15_000 });
    await outcome.sendAgain.click();
    await expect(outcome.created).toBeVisible();
    expect(purchases.map(({ key }) => key)).toEqual([purchases[0].key, purchases[0].key]);
  });
});
