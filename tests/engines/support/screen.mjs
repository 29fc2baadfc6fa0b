// A page in one of the engines, with those methods of Playwright's `Page` and `Locator` that the page objects of tests/browser use.
import assert from "node:assert/strict";

import { eventually } from "./processes.mjs";
import { find, plain } from "./query.mjs";

/** The value that WebDriver gives to a key. */
const KEYS = { Backspace: "\ue003", Tab: "\ue004", Control: "\ue009" };

export class Screen {
  constructor(browser) {
    this.browser = browser;
  }

  goto(url) {
    return this.browser.command("Navigate", { url });
  }

  reload() {
    return this.browser.command("Refresh");
  }

  back() {
    return this.browser.command("Back");
  }

  forward() {
    return this.browser.command("Forward");
  }

  /** Runs a function in the page, and waits for what it returns. */
  async evaluate(body, ...args) {
    const script = `
      const [args, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
      (async () => (${body})(...args))().then((value) => done({ value }), (error) => done({ error: String(error.stack ?? error) }));
    `;
    const { value } = await this.browser.command("ExecuteAsyncScript", { script, args, sandbox: null });
    if (value.error) throw new Error(value.error);
    return value.value;
  }

  resize(width, height) {
    return this.browser.command("SetWindowRect", { x: 0, y: 0, width, height });
  }

  act(...actions) {
    return this.browser.command("PerformActions", { actions });
  }

  /** Keys, one after the other; with `Control` before them they are held together. */
  press(...keys) {
    const values = keys.map((key) => KEYS[key] ?? key);
    const each = (type, list) => list.map((value) => ({ type, value }));
    const held = keys[0] === "Control";
    const actions = held
      ? [...each("keyDown", values), ...each("keyUp", values.reverse())]
      : values.flatMap((value) => [...each("keyDown", [value]), ...each("keyUp", [value])]);
    return this.act({ type: "key", id: "keys", actions });
  }

  locator(css, options = {}) {
    return new Locator(this, [{ css }]).filter(options);
  }

  getByLabel(label, options) {
    return new Locator(this, [{ label, ...options }]);
  }

  getByRole(role, options) {
    return new Locator(this, [{ role, ...options }]);
  }

  getByText(text, options) {
    return new Locator(this, [{ text, ...options }]);
  }
}

class Locator {
  constructor(screen, steps) {
    this.screen = screen;
    this.steps = steps;
  }

  and(step) {
    return new Locator(this.screen, [...this.steps, step]);
  }

  locator(css, options = {}) {
    return this.and({ css }).filter(options);
  }

  getByLabel(label, options) {
    return this.and({ label, ...options });
  }

  getByRole(role, options) {
    return this.and({ role, ...options });
  }

  getByText(text, options) {
    return this.and({ text, ...options });
  }

  filter({ has, hasText }) {
    if (has) return this.and({ has: has.steps });
    return hasText ? this.and({ hasText }) : this;
  }

  nth(index) {
    return this.and({ nth: index });
  }

  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  /** Runs a function in the page with all elements as its first argument. */
  evaluateAll(body, ...args) {
    const whole = `(steps, ...args) => (${body})((${find})(steps), ...args)`;
    return this.screen.evaluate(whole, this.steps.map(plain), ...args);
  }

  /** Runs a function with the one element, once it is there. */
  evaluate(body, ...args) {
    const one = `async (found, ...args) =>
      found.length === 1 ? { value: await (${body})(found[0], ...args) } : { count: found.length }`;
    return eventually(async () => {
      const result = await this.evaluateAll(one, ...args);
      assert.ok(!("count" in result), `${JSON.stringify(this.steps)} leads to ${result.count} elements`);
      return result;
    }).then(({ value }) => value);
  }

  count() {
    return this.evaluateAll((found) => found.length);
  }

  textContent() {
    return this.evaluate((it) => it.textContent);
  }

  inputValue() {
    return this.evaluate((it) => it.value);
  }

  isChecked() {
    return this.evaluate((it) => it.checked);
  }

  isDisabled() {
    return this.evaluate((it) => it.disabled);
  }

  getAttribute(name) {
    return this.evaluate((it, name) => it.getAttribute(name), name);
  }

  /** Returns whether it has the focus, in the document or the shadow root that it stands in. */
  isFocused() {
    return this.evaluate((it) => it.getRootNode().activeElement === it);
  }

  isVisible() {
    return this.evaluateAll((found) => found.length === 1 && found[0].checkVisibility({ visibilityProperty: true }));
  }

  async waitFor({ state = "visible" } = {}) {
    const wanted = state === "visible";
    await eventually(async () => {
      const seen = wanted ? await this.isVisible() : (await this.count()) > 0;
      assert.equal(seen, wanted, `${JSON.stringify(this.steps)} is ${wanted ? "not " : ""}there`);
      return true;
    });
  }

  /** Waits until its text is this, or matches it. */
  async says(text) {
    await eventually(async () => {
      const had = (await this.textContent()).replace(/\s+/g, " ").trim();
      if (text instanceof RegExp) assert.match(had, text);
      else assert.equal(had, text);
      return true;
    });
  }

  /** The middle of it in the window, when it is what a pointer would hit there. */
  point() {
    return eventually(async () => {
      const spot = await this.evaluate(async (it) => {
        const view = it.ownerDocument.defaultView;
        it.scrollIntoView({ block: "center", behavior: "instant" });
        // Firefox finds the target of a pointer in its parent process, which learns of a scroll with the next frames.
        for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => view.requestAnimationFrame(drawn));
        const { left, top, width, height } = it.getBoundingClientRect();
        const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
        const deepest = (root, host) => {
          const hit = root.elementFromPoint(x, y);
          return hit?.shadowRoot && hit !== host ? deepest(hit.shadowRoot, hit) : hit;
        };
        const hit = deepest(it.ownerDocument);
        const isHit = [it, ...(it.labels ?? [])].some((part) => part.contains(hit));
        const frame = view.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
        return { x: Math.round(x + frame.left), y: Math.round(y + frame.top), hit: isHit || (hit?.outerHTML.slice(0, 200) ?? "") };
      });
      assert.equal(spot.hit, true, `${JSON.stringify(this.steps)} is covered`);
      return spot;
    });
  }

  async click() {
    await eventually(async () => !(await this.isDisabled()));
    const { x, y } = await this.point();
    const move = { type: "pointerMove", x, y, origin: "viewport" };
    const press = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    await this.screen.act({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions: [move, ...press] });
  }

  async check() {
    if (!(await this.isChecked())) await this.click();
    await eventually(() => this.isChecked());
  }

  /** Types a text in the place of what is there. */
  async fill(text) {
    await this.click();
    await this.screen.press("Control", "a");
    await this.screen.press("Backspace");
    await this.screen.press(...text);
  }

  /** Lists of a select are drawn by the system, where no driver reaches. */
  async selectOption(value) {
    await this.evaluate((it, value) => {
      it.value = value;
      for (const type of ["input", "change"]) it.dispatchEvent(new Event(type, { bubbles: true }));
    }, value);
    assert.equal(await this.inputValue(), value);
  }

  /** Turns the wheel over it. */
  async wheel(deltaY) {
    const { x, y } = await this.point();
    await this.screen.act({ type: "wheel", id: "wheel", actions: [{ type: "scroll", x, y, deltaX: 0, deltaY, origin: "viewport" }] });
  }
}
