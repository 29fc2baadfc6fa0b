import { startHosts } from "../fixtures/hosts.mjs";
import { expect, test as base } from "../fixtures/test.mjs";
import { ConsolePage } from "../pages/console.mjs";

const test = base.extend({
  hosts: async ({}, use) => {
    const hosts = await startHosts();
    await use(hosts);
    await hosts.stop();
  },
});

/** Address at which nobody listens. */
const NOBODY = "http://127.0.0.1:9/";

/** Places where a host may put the form: styles of the body, markup around `#here`, and how it is opened. */
const LAYOUTS = {
  block: { html: `<div id="here"></div>` },
  inline: { html: `<span id="here"></span>` },
  "flex, centred": { body: "display: flex; place-items: center; min-height: 100vh", html: `<div id="here"></div>` },
  "flex, column": { body: "display: flex; flex-direction: column; align-items: center", html: `<div id="here"></div>` },
  "inline flex": { html: `<div style="display: inline-flex"><div id="here"></div></div>` },
  "grid, centred": { body: "display: grid; place-items: center", html: `<div id="here"></div>` },
  "grid of automatic columns": { html: `<div style="display: grid; grid-template-columns: auto auto"><p>a</p><div id="here"></div></div>` },
  "inline grid": { html: `<div style="display: inline-grid"><div id="here"></div></div>` },
  "inline block": { html: `<div id="here" style="display: inline-block"></div>` },
  "left float": { html: `<div id="here" style="float: left"></div>` },
  "right float": { html: `<div id="here" style="float: right"></div>` },
  absolute: { html: `<div id="here" style="position: absolute"></div>` },
  "absolute at the right": { html: `<div id="here" style="position: absolute; right: 0"></div>` },
  fixed: { html: `<div id="here" style="position: fixed; inset: 0 auto auto 0"></div>` },
  "fit-content": { html: `<div id="here" style="width: fit-content"></div>` },
  "max-content": { html: `<div style="max-width: 100%; overflow: auto"><div id="here" style="width: max-content; max-width: 100%"></div></div>` },
  "min-content": { html: `<div id="here" style="width: min-content"></div>`, narrow: true },
  table: { html: `<table><tr><td id="here"></td></tr></table>` },
  "table by style": { html: `<div style="display: table"><div id="here" style="display: table-cell"></div></div>` },
  columns: { html: `<div style="columns: 1"><div id="here"></div></div>` },
  dialog: { html: `<dialog id="here"></dialog>`, open: "showModal" },
  popover: { html: `<div id="here" popover></div>`, open: "showPopover" },
  contents: { html: `<div id="here" style="display: contents"></div>` },
};

for (const [width, least] of [[1280, 600], [390, 300]]) {
  test(`the form has a width wherever it is put, in a window of ${width} px`, async ({ page, hosts }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    const host = new ConsolePage(page, { hosts: hosts.url, proxy: NOBODY });
    await host.openEmpty();
    for (const [name, { body = "", html, open, narrow }] of Object.entries(LAYOUTS)) {
      for (const how of ["mount", "mount without a shadow root", "element"]) {
        const drawn = await page.evaluate(
          async ({ body, html, open, how, endpoint }) => {
            document.body.setAttribute("style", "");
            document.body.style.cssText = body;
            const range = document.createRange();
            document.body.replaceChildren(range.createContextualFragment(html));
            for (const styled of document.body.querySelectorAll("[style]")) styled.style.cssText = styled.getAttribute("style");
            const here = document.querySelector("#here");
            if (open) here[open]();
            const props = { endpoint, lang: "en" };
            await new Promise((resolve) => {
              if (how === "element") {
                const element = document.createElement("havenask-purchase-form");
                element.setAttribute("endpoint", props.endpoint);
                element.addEventListener("havenask-ready", resolve);
                here.append(element);
              } else {
                window.havenask.mount(here, { ...props, shadow: how === "mount", onReady: resolve });
              }
            });
            const root = here.firstElementChild.shadowRoot ?? here;
            const box = root.querySelector(".havenask").getBoundingClientRect();
            return { width: box.width, left: box.left, right: box.right, page: document.documentElement.scrollWidth };
          },
          { body, html, open, how, endpoint: NOBODY },
        );
        expect.soft(drawn.width, `${name}, ${how}`).toBeGreaterThanOrEqual(narrow ? 240 : least);
        expect.soft(drawn.width, `${name}, ${how}`).toBeLessThanOrEqual(width);
      }
    }
  });
}
