import { expect, test } from "../fixtures/test.mjs";

const BUTTON = "Notify me when it is ready";

/** A stand-in for notifications records what the page shows; `answer` is what the visitor answers to the question for permission. */
async function notifications(page, answer) {
  await page.addInitScript((answer) => {
    window.asked = 0;
    window.shown = [];
    if (answer === undefined) return void delete window.Notification;
    window.Notification = class {
      constructor(title, { body }) {
        if (answer === "thrown") throw new TypeError("Illegal constructor.");
        window.shown.push([title, body]);
      }
      static async requestPermission() {
        window.asked++;
        return answer === "thrown" ? "granted" : answer;
      }
    };
  }, answer);
  await page.reload();
}

async function buy({ form, review, outcome }) {
  await form.fill();
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
}

test.describe("an instance that takes a while", () => {
  test.use({ settings: { readyAfter: 6 } });

  test("is notified of once, in whatever view, when somebody has asked for it", async ({ page, form, review, outcome, instances, accessible }) => {
    await notifications(page, "granted");
    await buy({ form, review, outcome });
    expect(await page.evaluate(() => window.asked)).toBe(0);
    const id = await outcome.value("Instance ID").innerText();
    const button = page.getByRole("button", { name: BUTTON });
    await button.click();
    await expect(page.getByRole("main").getByText("The browser notifies you when the instance is ready")).toBeVisible();
    await expect(outcome.announced).toContainText("The browser notifies you");
    await expect(button).toBeFocused();
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await button.click({ force: true });
    await accessible("asked for");
    await instances.open();
    await expect.poll(() => page.evaluate(() => window.shown)).toEqual([["The instance is ready", id]]);
    await page.goBack();
    await expect(outcome.ready).toBeVisible();
    await expect(button).toBeHidden();
    expect(await page.evaluate(() => [window.asked, window.shown.length])).toEqual([1, 1]);
  });

  test("is not notified of when nobody has asked for it", async ({ page, form, review, outcome }) => {
    await notifications(page, "granted");
    await buy({ form, review, outcome });
    await expect(outcome.ready).toBeVisible();
    expect(await page.evaluate(() => [window.asked, window.shown])).toEqual([0, []]);
  });
});

for (const [how, answer, said] of [
  ["denies it", "denied", "The browser does not permit notifications."],
  ["has none", undefined, "The browser has no notifications for this page"],
]) {
  test(`a browser that ${how} says so, and the title tells`, async ({ page, form, review, outcome, accessible }) => {
    await notifications(page, answer);
    await page.route("**/openapi/ha3/instances/*", (route) => route.abort());
    await buy({ form, review, outcome });
    await page.getByRole("button", { name: BUTTON }).click();
    await expect(page.getByRole("main").getByText(said)).toBeVisible();
    await expect(outcome.announced).toContainText("The title of the page tells");
    await accessible(how);
    await page.unroute("**/openapi/ha3/instances/*");
    await expect(page).toHaveTitle(/^The instance is ready/);
    expect(await page.evaluate(() => window.shown)).toEqual([]);
  });
}

test("a browser that leaves them to service workers shows none, and the page goes on", async ({ page, form, review, outcome }) => {
  await notifications(page, "thrown");
  await buy({ form, review, outcome });
  await page.getByRole("button", { name: BUTTON }).click();
  await expect(outcome.ready).toBeVisible();
});
