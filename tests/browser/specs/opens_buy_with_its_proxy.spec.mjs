import { expect, test } from "../fixtures/test.mjs";

const HTML = "<!doctype html><title>Sign in</title>";
/** Answers of what stands in front of a proxy, and what the page says about them. */
const FOREIGN = [
  [{ status: 200, contentType: "text/html", body: HTML }, "with status 200"],
  [{ status: 200, json: { hello: 1 } }, "with status 200"],
  [{ status: 200, body: "" }, "with status 200"],
  [{ status: 200, body: `{"region":"cn-hangzhou","allowPost` }, "with status 200"],
  [{ status: 200, body: `[${"0,".repeat(5_000_000)}0]` }, "with status 200"],
  [{ status: 302, headers: { location: "/sign-in" } }, "Sign in"],
  [{ status: 401, contentType: "text/html", body: HTML }, "Sign in"],
  [{ status: 404, contentType: "text/html", body: HTML }, "no signing proxy"],
  [{ status: 413, contentType: "text/html", body: HTML }, "64 KiB"],
  [{ status: 429, contentType: "text/html", body: HTML }, "Wait a moment"],
  [{ status: 502, contentType: "text/html", body: HTML }, "see whether the proxy runs"],
];
const said = ({ status, body = "json" }) => `${status} ${body.slice(0, 20)}`;
const INSTANCES = "**/openapi/ha3/instances";

test.beforeEach(() => test.slow());

for (const address of ["config.json", "catalog.json"]) {
  test(`${address} that is not the proxy's keeps Buy closed`, async ({ page, form, review, servers, purchases }) => {
    const obstacle = page.locator("#connection-problem");
    for (const [answer, words] of FOREIGN) {
      await test.step(said(answer), async () => {
        await page.route(`**/${address}`, (route) => route.fulfill(answer));
        await page.goto(servers.url);
        await expect(obstacle).toContainText("Nothing can be bought at the moment");
        await expect(obstacle).toContainText(words);
        await form.review();
        await review.prepayment.check();
        await expect(review.buyButton).toBeDisabled();
        await review.buyButton.click({ force: true });
        await expect(obstacle).toBeFocused();
        // The proxy is there after all, and the review is that of the same order.
        await page.unroute(`**/${address}`);
        await page.getByRole("button", { name: "Try again" }).click();
        await expect(obstacle).toHaveCount(0);
        await expect(review.heading).toBeVisible();
        // The consent was to an unknown amount.
        await expect(review.prepayment).not.toBeChecked();
        await review.backButton.click();
      });
    }
    expect(purchases).toEqual([]);
  });
}

test("a proxy that comes late is asked again without a click", async ({ page, form, servers }) => {
  await page.route("**/config.json", (route) => route.abort());
  await page.goto(servers.url);
  await expect(page.locator("#connection-problem")).toContainText("--allow-origin");
  await page.unroute("**/config.json");
  await expect(page.locator("#connection-problem")).toHaveCount(0);
  await form.shown();
});

test("an answer to a purchase that is not the proxy's is told, and stays when the doubt is over", async ({ page, form, review, outcome, servers, purchases }) => {
  for (const [index, [answer, words]] of FOREIGN.entries()) {
    await test.step(said(answer), async () => {
      await form.fill({ size: String(50 * (index + 1)) });
      await form.review();
      await page.route(INSTANCES, (route) => route.fulfill(answer));
      await review.buy();
      const panel = page.getByRole("alert");
      await expect(panel).toContainText("The order did not arrive, and nothing was bought");
      await expect(panel).toContainText(words);
      await page.unroute(INSTANCES);
      await review.buyButton.click();
      await expect(outcome.created).toBeVisible();
      expect(purchases.at(-1).key).toBe(purchases.at(-2).key);
      expect(await servers.instances()).toHaveLength(index + 1);
      await page.getByRole("link", { name: "Buy another instance" }).click();
    });
  }
});

test("doubt that nobody settles has a way out that says what to check, and buys nothing twice", async ({ page, form, review, outcome, servers, purchases }) => {
  const answers = [...FOREIGN, [undefined, "The proxy does not respond at the moment."]];
  for (const [index, [answer, words]] of answers.entries()) {
    await test.step(answer ? said(answer) : "no answer", async () => {
      await page.route("**/purchases/*", (route) => (answer ? route.fulfill(answer) : route.abort()));
      await page.route(INSTANCES, async (route) => {
        if (route.request().method() !== "POST") return route.continue();
        await route.fetch();
        await route.abort("connectionreset");
      });
      await form.fill({ size: String(50 * (index + 1)) });
      await form.review();
      await review.buy();
      await expect(outcome.unknown).toBeVisible();
      const main = page.getByRole("main");
      await expect(main.getByText(words).first()).toBeVisible();
      const leave = page.getByRole("button", { name: "Leave this order" });
      await expect(main.getByText("orders in the billing centre")).toBeVisible();
      await leave.click();
      await expect(page.getByLabel("I have checked both.")).toBeFocused();
      await expect(outcome.unknown).toBeVisible();
      await page.getByLabel("I have checked both.").check();
      await leave.click();
      await expect(form.heading).toHaveText("Buy a Havenask instance");
      // The same order still is the same order.
      await page.unrouteAll();
      await form.review();
      await review.buy();
      await expect(outcome.created).toBeVisible();
      expect(purchases.at(-1).key).toBe(purchases.at(-2).key);
      expect(await servers.instances()).toHaveLength(index + 1);
      await page.getByRole("link", { name: "Buy another instance" }).click();
    });
  }
});

test("a list that cannot be read has a remedy for reading", async ({ page, form, instances }) => {
  const json = (status, code) => ({
    status,
    json: { code, message: "m", status, remedy: "Look at the proxy.", outcome: "not-created", retry: "no" },
  });
  const answers = [
    ...FOREIGN,
    [undefined, "The signing proxy cannot be reached"],
    [json(403, "Forbidden.RAM"), "Look at the proxy."],
    [json(500, "InternalServerError"), "Look at the proxy."],
  ];
  await expect(form.heading).toBeVisible();
  for (const [answer, words] of answers) {
    await test.step(answer ? said(answer) : "no answer", async () => {
      await page.route(/\/openapi\/ha3\/instances\?/, (route) => (answer ? route.fulfill(answer) : route.abort()));
      await instances.open();
      const main = page.getByRole("main");
      await expect(main).toContainText("The list cannot be read");
      await expect(main).toContainText(words);
      await expect(main).not.toContainText(/before you buy|new key|same key|may have/i);
      await page.unrouteAll();
      await form.tab("New order").click();
    });
  }
});
