// A console with the form in it.
import { FormPage } from "./form.mjs";

export class ConsolePage {
  constructor(page, { hosts, proxy }) {
    this.page = page;
    this.hosts = hosts;
    this.proxy = proxy;
    this.said = page.locator("#said");
    this.form = new FormPage(page);
    this.size = page.getByLabel("Data size");
    this.root = page.locator(".havenask");
    this.dark = page.getByRole("button", { name: "Dark", exact: true });
    this.chinese = page.getByRole("button", { name: "中文", exact: true });
  }

  /** Opens one of the examples. */
  async open(name) {
    await this.page.goto(`${this.hosts}/${name}/?endpoint=${encodeURIComponent(this.proxy)}`);
  }

  /** Takes away what the example has mounted, and imports the package for the functions below. */
  async openEmpty() {
    await this.open("plain");
    await this.page.evaluate(async () => {
      document.querySelector("main").replaceChildren();
      window.havenask = await import("/node_modules/havenask-instances/form/index.js");
    });
  }

  /** Mounts a form into a new box of the page, and waits until it is drawn. */
  async mount(props = {}) {
    await this.page.evaluate(
      (props) =>
        new Promise((resolve) => {
          const box = document.createElement("div");
          document.querySelector("main").append(box);
          (window.forms ??= []).push(window.havenask.mount(box, { lang: "en", ...props, onReady: resolve }));
        }),
      { endpoint: this.proxy, ...props },
    );
  }

  /** Mounts and unmounts forms one after the other: once the proxy has answered, and some before they are drawn. */
  async mountAndUnmount(times) {
    await this.page.evaluate(
      async ({ endpoint, times }) => {
        const box = document.querySelector("main");
        for (let time = 0; time < times; time++) {
          let form;
          const offered = new Promise((resolve) => {
            form = window.havenask.mount(box, { endpoint, lang: "en", shadow: time % 2 === 0, onChange: resolve });
          });
          if (time % 5 !== 0) await offered;
          form.unmount();
        }
      },
      { endpoint: this.proxy, times },
    );
  }

  /** The memory of the page after garbage collection. */
  async held() {
    const client = (this.client ??= await this.page.context().newCDPSession(this.page));
    await client.send("Performance.enable");
    await this.page.waitForLoadState("networkidle");
    for (let time = 0; time < 3; time++) await client.send("HeapProfiler.collectGarbage");
    const { metrics } = await client.send("Performance.getMetrics");
    const { Nodes, JSEventListeners, JSHeapUsedSize } = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    const memory = await this.page.evaluate(async () => (await window.havenask.init()).memory.buffer.byteLength);
    return { nodes: Nodes, listeners: JSEventListeners, heap: JSHeapUsedSize, memory };
  }

  /** The computed style of an element. */
  style(locator, ...names) {
    return locator.evaluate((element, names) => {
      const style = getComputedStyle(element);
      return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
    }, names);
  }

  /** Styles of the host page, which a policy cannot forbid. */
  async addStyles(text) {
    await this.page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets.unshift(sheet);
    }, text);
  }
}
