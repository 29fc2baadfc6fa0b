import { startHosts } from "../fixtures/hosts.mjs";
import { start } from "../fixtures/servers.mjs";
import { expect, test as base, watch } from "../fixtures/test.mjs";
import { ConsolePage } from "../pages/console.mjs";

const test = base.extend({
  hosts: async ({}, use) => {
    const hosts = await startHosts();
    await use(hosts);
    await hosts.stop();
  },
  servers: async ({ hosts }, use) => {
    const servers = await start({ proxyArguments: ["--allow-origin", hosts.url] });
    await use(servers);
    await servers.stop();
  },
  /** A console of another origin than the proxy; what the browser complains about fails the test. */
  host: async ({ page, hosts, servers }, use) => {
    const complaints = watch(page);
    await use(new ConsolePage(page, { hosts: hosts.url, proxy: servers.url }));
    expect(complaints).toEqual([]);
  },
});

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
    // The catalogue comes after the form.
    await expect(page.locator(".offers")).toBeVisible();
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

test("a form that cannot be loaded says so, to the visitor and to the host", async ({ page, host }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await host.open("plain");
  await expect(page.getByRole("alert")).toContainText("The form could not be loaded");
  await expect(host.said).toHaveText(/^Not bought: The form could not be loaded/);
});
