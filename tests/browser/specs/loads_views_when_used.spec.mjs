// All views but the form are in a module of their own, which the first action of a visitor loads.
import { expect, objects, test } from "../fixtures/test.mjs";

const VIEWS = "**/split_*.wasm";

test("whoever only looks loads the form alone", async ({ page, orders, servers }) => {
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(servers.url);
  await page.locator("#item-0").waitFor();
  const isViews = (path) => /\/split_/.test(path);
  expect(loaded.filter(isViews)).toEqual([]);
  expect(loaded.filter((path) => /\.(wasm|js|css)$/.test(path))).toHaveLength(3);
  await orders.open();
  await expect(page.locator("#heading")).toBeFocused();
  expect(loaded.filter(isViews)).toHaveLength(1);
});

test("views that cannot be loaded are asked for again, and the form keeps what it says", async ({ page, servers, accessible }) => {
  const { form, review } = objects(page);
  await page.route(VIEWS, (route) => route.abort());
  await form.open(servers.url);
  await form.size.fill("350");
  await form.reviewButton.click();
  await expect(page.getByRole("alert")).toContainText("This view could not be loaded");
  await accessible("a view that was not loaded");
  await page.unroute(VIEWS);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(review.heading).toBeFocused();
  await review.backButton.click();
  await expect(form.size).toHaveValue("350");
});

test("a review that was loaded after its price asks for one more consent all the same", async ({ page, form, review, outcome, servers }) => {
  await expect(page.locator(".price-line").first()).toBeVisible();
  await page.route(VIEWS, async (route) => {
    await answered;
    await route.continue();
  });
  const answered = page.waitForResponse(/\/quotes$/).then((response) => response.finished());
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  await form.tab("New order").click();
  await form.review();
  await review.buy();
  await review.another.check();
  await review.buyButton.click();
  await expect(outcome.created).toBeVisible();
  expect(await servers.instances()).toHaveLength(2);
});
