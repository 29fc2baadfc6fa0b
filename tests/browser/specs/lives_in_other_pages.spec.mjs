import { expect, test } from "../fixtures/host.mjs";
import { start } from "../fixtures/servers.mjs";
import { ConsolePage } from "../pages/console.mjs";

/** Hosts that load a part when it is asked for. */
const MICRO_FRONT_ENDS = ["micro", "micro-app", "wujie"];

for (const name of ["plain", "react", "vue", ...MICRO_FRONT_ENDS]) {
  test(`an instance is bought in ${name}, and the host is told`, async ({ page, host, review, servers, accessible }) => {
    await host.open(name);
    if (MICRO_FRONT_ENDS.includes(name)) await page.getByRole("button", { name: "Buy", exact: true }).click();
    await host.size.fill("200");
    await accessible(name);
    await host.form.review();
    await expect(review.heading).toBeFocused();
    await review.buy();
    await expect(host.said).toHaveText(/^Bought ha-cn-/);
    const [instance] = await servers.instances();
    await expect(host.said).toHaveText(`Bought ${instance.instanceId}`);
    if (MICRO_FRONT_ENDS.includes(name)) {
      await page.getByRole("button", { name: "Close" }).click();
      await expect(host.root).toHaveCount(0);
    }
  });
}

for (const name of ["react", "vue"]) {
  test(`${name} changes the language and the theme of a form that is filled in`, async ({ host, page }) => {
    await host.open(name);
    await host.size.fill("250");
    const before = await host.style(host.root, "background-color");
    await host.dark.click();
    await expect.poll(() => host.style(host.root, "background-color")).not.toEqual(before);
    await host.chinese.click();
    await expect(page.getByLabel("searcherdocsize")).toHaveValue("250");
  });
}

test("two forms of a page know nothing of each other", async ({ page, host }) => {
  await host.openEmpty();
  await host.mount({ name: "one", shadow: false });
  await host.mount({ name: "two", shadow: false });
  const [one, two] = [page.locator("main > div").nth(0), page.locator("main > div").nth(1)];
  await one.getByLabel("Data size").fill("100");
  await expect(two.getByLabel("Data size")).toHaveValue("200");
  await two.getByRole("button", { name: "Review order" }).click();
  await expect(two.getByRole("heading", { name: "Review your order" })).toBeFocused();
  await expect(one.getByLabel("Data size")).toHaveValue("100");
  await two.getByRole("button", { name: "Back to the form" }).click();
  await expect(two.getByLabel("Data size")).toBeVisible();
  const ids = await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test("a form that was taken away comes back as it was", async ({ page, host }) => {
  await host.openEmpty();
  await host.mount({ name: "kept" });
  await host.size.fill("321");
  await page.evaluate(() => window.forms[0].unmount());
  await expect(host.root).toHaveCount(0);
  await host.mount({ name: "kept" });
  await expect(host.size).toHaveValue("321");
});

test("200 forms leave nothing behind", async ({ host }) => {
  test.slow();
  await host.openEmpty();
  await host.mountAndUnmount(40);
  const before = await host.held();
  await host.mountAndUnmount(200);
  const after = await host.held();
  // What one form holds is a multiple of each of these.
  expect(after.nodes - before.nodes).toBeLessThan(50);
  expect(after.listeners - before.listeners).toBeLessThan(5);
  expect(after.heap - before.heap).toBeLessThan(200 * 1_000);
  // One page of WebAssembly.
  expect(after.memory - before.memory).toBeLessThanOrEqual(65_536);
});

test("the host sets the theme by properties and by an attribute", async ({ page, host }) => {
  for (const shadow of [true, false]) {
    await host.openEmpty();
    await host.mount({ shadow });
    const button = host.form.reviewButton;
    // web/examples/console.css sets it on the document.
    expect(await host.style(button, "background-color")).toEqual({ "background-color": "rgb(109, 40, 217)" });
    const background = () => host.style(host.root, "background-color");
    const light = await background();
    await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
    await expect.poll(background).not.toEqual(light);
    await page.evaluate(() => window.forms[0].update({ theme: "light" }));
    await expect.poll(background).toEqual(light);
  }
});

test("parts can be styled from outside", async ({ host }) => {
  await host.open("plain");
  await expect(host.form.reviewButton).toBeVisible();
  await host.addStyles("havenask-purchase-form::part(button) { border-radius: 99px }");
  expect(await host.style(host.form.reviewButton, "border-top-left-radius")).toEqual({ "border-top-left-radius": "99px" });
});

const HOSTILE = `
  * { letter-spacing: 3px; }
  h1, h2, p, dl, fieldset { margin: 40px; color: red; text-transform: uppercase; }
  button, input, select { border: 9px dotted red; padding: 30px; font: 30px serif; }
  label { float: right; }
  .row, .column, .field, .panel, .button, .input { display: inline; margin: -15px; background: red; }
  main { color: red; line-height: 3; text-align: right; font: italic 22px serif; }
`;
const SEEN = ["font", "color", "margin-left", "padding-left", "border-left-width", "display", "letter-spacing", "float", "text-transform"];

for (const shadow of [true, false]) {
  test(`styles keep to their side, ${shadow ? "with" : "without"} a shadow root`, async ({ page, host }) => {
    await host.openEmpty();
    const ours = page.locator(".havenask :not(svg, svg *)");
    const theirs = page.locator("header *, body");
    const all = (elements) =>
      elements.evaluateAll(
        (elements, names) => elements.map((it) => names.map((name) => getComputedStyle(it).getPropertyValue(name)).join()),
        SEEN,
      );
    const alone = await all(theirs);
    await host.mount({ shadow });
    // The catalogue comes after the form, and the price after that.
    await expect(page.locator(".catalog-items")).toBeVisible();
    await expect(page.locator(".price-lines")).toBeVisible();
    expect(await all(theirs)).toEqual(alone);
    const peaceful = await all(ours);
    expect(peaceful.length).toBeGreaterThan(50);
    await host.addStyles(HOSTILE);
    expect(await all(ours)).toEqual(peaceful);
  });
}

test("a form fits a narrow column of a wide page", async ({ page, host }) => {
  await host.openEmpty();
  await page.evaluate(() => (document.querySelector("main").style.width = "320px"));
  await host.mount();
  const wide = await page.locator(".havenask *").evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().right > 320).length);
  expect(wide).toBe(0);
  await expect(host.form.reviewButton).toBeInViewport();
});

/** Mounts a form, and keeps what the host is told in `window.told`. */
const mountWith = (page, props) =>
  page.evaluate((props) => {
    const box = document.createElement("div");
    document.querySelector("main").append(box);
    window.told = [];
    const names = ["created", "failed", "unknown", "change", "ready"];
    const tell = (name) => [`on${name[0].toUpperCase()}${name.slice(1)}`, (detail) => window.told.push([name, detail])];
    window.form = window.havenask.mount(box, { lang: "en", ...props, ...Object.fromEntries(names.map(tell)) });
  }, props);

const told = (page, name) => page.evaluate((name) => window.told.filter(([it]) => it === name).map(([, detail]) => detail), name);

test("a proxy that does not allow the page is told to visitor and host, and nothing is sent", async ({ page, hosts, review }) => {
  const other = await start();
  const host = new ConsolePage(page, { hosts: hosts.url, proxy: other.url });
  try {
    await host.openEmpty();
    await mountWith(page, { endpoint: other.url });
    await expect(page.getByRole("alert")).toContainText(`--allow-origin ${hosts.url}`);
    await host.form.value(1).fill("200");
    await host.form.review();
    await review.prepayment.check();
    await review.buyButton.click({ force: true });
    await expect(page.getByText("It may have been bought")).toHaveCount(0);
    const failures = await told(page, "failed");
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: "ProxyUnreachable", status: 0, outcome: "not-created", retry: "same-key" });
    expect(failures[0].remedy).toContain("--allow-origin");
    expect(await told(page, "unknown")).toEqual([]);
    expect(await other.instances()).toEqual([]);
  } finally {
    await other.stop();
  }
});

const ENTRY = { code: "searcherdocsize", label: { en: "Size", zh: "大小" }, values: { type: "text" } };
const WRONG = {
  "a misspelt field": { components: [{ ...ENTRY, lable: ENTRY.label }] },
  "a list": [ENTRY],
  "a text": "sample",
  "no label": { components: [{ code: "a", values: { type: "text" } }] },
  "a code twice": { components: [ENTRY, ENTRY] },
  "a default that is not offered": { components: [{ ...ENTRY, default: "3", values: { type: "select", options: ["1", "2"] } }] },
  "nothing between its bounds": { components: [{ ...ENTRY, values: { type: "number", min: 9, max: 1 } }] },
  "a condition on nothing": { components: [{ ...ENTRY, visibleIf: { code: "nowhere", is: ["1"] } }] },
  "nothing in it": { components: [] },
  "a type that there is not": { components: [{ ...ENTRY, values: { type: "texts" } }] },
};

for (const [what, catalog] of Object.entries(WRONG)) {
  test(`a catalogue with ${what} is told, and without one the proxy's comes back`, async ({ page, host, servers, review }) => {
    await host.openEmpty();
    await mountWith(page, { endpoint: servers.url, catalog });
    await expect(page.getByRole("alert")).toContainText("catalog");
    await expect.poll(() => told(page, "failed")).toHaveLength(1);
    expect((await told(page, "failed"))[0]).toMatchObject({ code: "InvalidArgument", outcome: "not-created" });
    await page.evaluate(() => window.form.update({ catalog: undefined }));
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(host.size).toBeVisible();
    await page.evaluate((catalog) => window.form.update({ catalog }), { components: [ENTRY] });
    await expect(page.getByLabel("Size searcherdocsize", { exact: true })).toBeVisible();
    await page.evaluate((catalog) => window.form.update({ catalog }), catalog);
    await expect(page.getByRole("alert")).toContainText("catalog");
    await page.evaluate(() => window.form.update({ catalog: undefined }));
    await expect(host.size).toBeVisible();
    await host.form.review();
    await review.buy();
    await expect.poll(() => told(page, "created")).toHaveLength(1);
    expect(await servers.instances()).toHaveLength(1);
  });
}

test("an order is reviewed again when something else is sold", async ({ page, host, servers, review }) => {
  await host.openEmpty();
  await mountWith(page, { endpoint: servers.url });
  await host.size.fill("250");
  await host.form.review();
  await expect(review.heading).toBeVisible();
  const other = { components: [ENTRY, { ...ENTRY, code: "more", default: "1" }] };
  await page.evaluate((catalog) => window.form.update({ catalog }), other);
  await expect(page.getByLabel("Size searcherdocsize", { exact: true })).toHaveValue("250");
  await expect(review.heading).toHaveCount(0);
});

test("a form that cannot be loaded says so, to the visitor and to the host", async ({ page, host }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await host.open("plain");
  await expect(page.getByRole("alert")).toContainText("The form could not be loaded");
  await expect(host.said).toHaveText(/^Not bought: The form could not be loaded/);
});
