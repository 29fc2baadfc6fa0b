import { expect, test } from "../fixtures/test.mjs";

test("the page can be read while the form is loading", async ({ page, servers }) => {
  await page.route("**/*.wasm", () => {});
  await page.goto(servers.url, { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1, name: "Buy a Havenask instance" })).toBeVisible();
  await expect(page.getByRole("progressbar", { name: /Loading the form/ })).toBeVisible();
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a form that cannot be loaded says so", async ({ page, servers }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(servers.url);
  await expect(page.getByRole("alert")).toContainText("The form could not be loaded");
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says what it needs", async ({ page, servers }) => {
    await page.goto(servers.url);
    await expect(page.getByRole("heading", { name: "The form needs JavaScript" })).toBeVisible();
    await expect(page.getByRole("progressbar")).toBeHidden();
  });
});
