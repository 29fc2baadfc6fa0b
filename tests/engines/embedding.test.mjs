// The form in pages of others, whatever they are made with and wherever they put it.
import assert from "node:assert/strict";

import { startHosts } from "../browser/fixtures/hosts.mjs";
import { ConsolePage } from "../browser/pages/console.mjs";
import { eventually } from "./support/processes.mjs";
import { inEachEngine, withServers } from "./support/test.mjs";

/** Runs with a console of another origin than the proxy. */
async function withHost(screen, use) {
  const hosts = await startHosts();
  try {
    await withServers((servers) => use(new ConsolePage(screen, { hosts: hosts.url, proxy: servers.url }), servers), {
      proxyArguments: ["--allow-origin", hosts.url],
    });
  } finally {
    await hosts.stop();
  }
}

const MICRO_FRONT_ENDS = ["micro", "micro-app", "wujie"];

/** Ways of a host to lay out the element that the form stands in: styles of that element, and of the one around it. */
const LAYOUTS = {
  "a centred flex item": ["", "display: flex; place-items: center; justify-content: center"],
  "a flex item in a column": ["", "display: flex; flex-direction: column; align-items: center"],
  "a grid item": ["", "display: grid; place-items: center"],
  "an inline block": ["display: inline-block", ""],
  "an inline flex box": ["display: inline-flex", ""],
  "a float": ["float: left", ""],
  "an absolute box": ["position: absolute; top: 60px", ""],
  "a fixed box": ["position: fixed; top: 0", ""],
  "as wide as its content": ["width: fit-content", ""],
  "as narrow as its content": ["width: min-content", ""],
  "a cell of a table": ["display: table-cell", "display: table"],
};
/** For many forms at once. */
const MINUTE = 60_000;
/** The least that a form of one column needs. */
const NARROW = 240;

/** Runs in the page: puts two forms into boxes with these styles, as an element and mounted. */
function place(layouts, endpoint) {
  const boxes = Object.entries(layouts).flatMap(([name, [own, around]]) =>
    ["havenask-purchase-form", "div"].map((kind) => {
      const [outer, box] = [document.createElement("div"), document.createElement(kind)];
      outer.style.cssText = `display: flow-root; ${around}`;
      box.style.cssText = own;
      box.dataset.layout = `${kind} as ${name}`;
      outer.append(box);
      return outer;
    }),
  );
  document.querySelector("main").replaceChildren(...boxes);
  for (const form of document.querySelectorAll("havenask-purchase-form")) Object.assign(form, { endpoint, lang: "en" });
  for (const box of document.querySelectorAll("div[data-layout]")) window.havenask.mount(box, { endpoint, lang: "en" });
}

inEachEngine((test) => {
  for (const name of ["plain", "react", "vue", ...MICRO_FRONT_ENDS]) {
    test(`an instance is bought in ${name}, and the form goes away`, ({ screen, review }) =>
      withHost(screen, async (host, servers) => {
        await host.open(name);
        const isMicro = MICRO_FRONT_ENDS.includes(name);
        if (isMicro) await screen.getByRole("button", { name: "Buy", exact: true }).click();
        await host.size.fill("250");
        await host.form.review();
        await review.heading.waitFor();
        await review.buy();
        await host.said.says(/^Bought ha-cn-/);
        const [{ instanceId }] = await servers.instances();
        await host.said.says(`Bought ${instanceId}`);
        if (isMicro) await screen.getByRole("button", { name: "Close" }).click();
        else await screen.evaluate(() => document.querySelector("main").replaceChildren());
        await host.root.waitFor({ state: "detached" });
      }));
  }

  test("a form has a width wherever it is put", ({ screen }) =>
    withHost(screen, async (host) => {
      await host.openEmpty();
      await screen.evaluate(place, LAYOUTS, host.proxy);
      await eventually(async () => {
        const widths = await host.size.evaluateAll((fields) =>
          fields.map((field) => {
            const root = field.closest(".havenask");
            return [root.getRootNode().host.closest("[data-layout]").dataset.layout, root.getBoundingClientRect().width];
          }),
        );
        assert.equal(widths.length, 2 * Object.keys(LAYOUTS).length);
        assert.deepEqual(widths.filter(([, width]) => width < NARROW), []);
        return true;
      }, MINUTE);
    }));

  for (const kind of ["dialog", "popover"]) {
    test(`an instance is bought in a ${kind}`, ({ screen, review }) =>
      withHost(screen, async (host, servers) => {
        await host.openEmpty();
        await screen.evaluate(
          (kind, endpoint) => {
            const box = document.createElement(kind === "dialog" ? "dialog" : "div");
            document.querySelector("main").append(box);
            if (kind === "popover") box.popover = "auto";
            // A popover that is taller than the window is not scrolled by itself.
            box.style.cssText = "max-height: 100vh; overflow: auto";
            if (kind === "popover") box.showPopover();
            else box.showModal();
            window.havenask.mount(box, { endpoint, lang: "en" });
          },
          kind,
          host.proxy,
        );
        await host.size.fill("250");
        assert.ok((await host.root.evaluate((it) => it.getBoundingClientRect().width)) >= NARROW);
        await host.form.review();
        await review.buy();
        await eventually(async () => (await servers.instances()).length === 1);
      }));
  }

  for (const shadow of [true, false]) {
    test(`an instance is bought in the document of a frame, ${shadow ? "with" : "without"} a shadow root`, ({ screen, review }) =>
      withHost(screen, async (host, servers) => {
        await host.openEmpty();
        await screen.evaluate(
          async (shadow, endpoint) => {
            const frame = document.createElement("iframe");
            frame.style.cssText = "width: 1000px; height: 700px";
            // Firefox puts another document in the place of an empty one when it has loaded.
            frame.srcdoc = "<!doctype html><title>Frame</title>";
            const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
            document.querySelector("main").append(frame);
            await loaded;
            window.havenask.mount(frame.contentDocument.body, { shadow, endpoint, lang: "en" });
          },
          shadow,
          host.proxy,
        );
        await host.size.fill("250");
        const field = await host.size.evaluate((it) => getComputedStyle(it).borderTopLeftRadius);
        assert.notEqual(field, "0px", "it has its styles");
        await host.form.review();
        await review.buy();
        await eventually(async () => (await servers.instances()).length === 1);
      }));
  }

  test("a host fills in the form, and the views switch without its address", ({ screen, form, review }) =>
    withHost(screen, async (host, servers) => {
      await host.open("events");
      const address = await screen.evaluate(() => location.href);
      await eventually(async () => (await host.size.inputValue()) === "300");
      assert.equal(await form.term.inputValue(), "3 Month");
      await screen.getByRole("button", { name: "Large" }).click();
      await eventually(async () => (await host.size.inputValue()) === "900");
      await form.review();
      await review.buy();
      await screen.getByRole("button", { name: "All orders" }).click();
      const [{ instanceId }] = await servers.instances();
      await screen.getByRole("table", { name: "Orders" }).says(new RegExp(instanceId));
      await screen.getByRole("button", { name: instanceId, exact: true }).click();
      await screen.getByRole("heading", { name: `Details: ${instanceId}` }).waitFor();
      assert.equal(await screen.evaluate(() => location.href), address);
    }));

  test("the host's language and theme reach a form that is filled in", ({ screen }) =>
    withHost(screen, async (host) => {
      await host.open("react");
      await host.size.fill("250");
      const background = () => host.root.evaluate((it) => getComputedStyle(it).backgroundColor);
      const light = await background();
      await host.dark.click();
      await eventually(async () => (await background()) !== light);
      await host.chinese.click();
      await eventually(async () => (await screen.getByLabel("searcherdocsize").inputValue()) === "250");
    }));
});
