// What is shipped as CSS is understood by each engine, and reads nothing that is not set.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test as plainTest } from "node:test";

import { flat, parse } from "./support/css.mjs";
import { STARTS, inEachEngine } from "./support/test.mjs";

/** The sheets of the page, and that of the form in the package. */
async function shipped() {
  const site = process.env.HAVENASK_SITE;
  const names = (await readdir(site)).filter((name) => name.endsWith(".css"));
  const sheets = await Promise.all(names.map(async (name) => [name, await readFile(join(site, name), "utf8")]));
  const { default: form } = await import(join(process.env.HAVENASK_NPM, "form/styles.js"));
  assert.ok(names.length > 3 && form.length > 10_000);
  return [...sheets, ["form/styles.js", form]];
}

/** Runs in the page: how an engine has parsed a sheet, and which of these declarations and selectors it does not know. */
function understood(text, declarations, selectors) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const nested = (rules) => [...rules].filter((rule) => rule.constructor.name !== "CSSNestedDeclarations");
  const tree = (rules) => nested(rules).map((rule) => tree(rule.cssRules ?? []));
  const plain = (value) => value.replace(/!important$/, "");
  return {
    tree: tree(sheet.cssRules),
    unknown: [
      ...declarations.filter(([name, value]) => !CSS.supports(name, plain(value))).map((it) => it.join(": ")),
      ...selectors.filter((selector) => !CSS.supports(`selector(${selector})`)),
    ],
  };
}

/** What only some engines have to understand: prefixes, and what keeps phones from making letters larger. */
const PARTIAL = { "-moz-": ["Firefox"], "-webkit-": ["Chromium", "WebKit"], "text-size-adjust": ["Chromium", "WebKit"] };

const isFor = (engine, text) => Object.entries(PARTIAL).every(([part, engines]) => !text.includes(part) || engines.includes(engine));

const tree = (rules) => rules.map((rule) => tree(rule.rules));

inEachEngine((test, engine) => {
  test("every rule and every declaration is understood", async ({ screen }) => {
    await screen.goto("about:blank");
    const unknown = [];
    for (const [name, text] of await shipped()) {
      const rules = parse(text);
      const all = flat(rules);
      const isFrame = ({ prelude }) => /^(from|to|[\d.]+%)/.test(prelude);
      const selectors = all.filter((rule) => !rule.prelude.startsWith("@") && !isFrame(rule)).map(({ prelude }) => prelude);
      const declarations = all.flatMap((rule) => rule.declarations).filter(([property]) => !property.startsWith("--"));
      assert.ok(declarations.length > 5, name);
      const found = await screen.evaluate(
        understood,
        text,
        declarations.filter(([property]) => isFor(engine, property)),
        selectors.flatMap((list) => parts(list)).filter((selector) => isFor(engine, selector)),
      );
      unknown.push(...found.unknown.map((text) => `${name}: ${text}`));
      assert.deepEqual(found.tree, tree(rules), name);
    }
    assert.deepEqual(unknown, []);
  });
}, Object.keys(STARTS));

/** The selectors of a list. */
const parts = (list) => list.split(/,(?![^(]*\))/).map((selector) => selector.replaceAll("&", "*").replace(/^\s*[>+~]\s*/, "").trim());

plainTest("each custom property that a rule reads is set by a rule", async () => {
  const sheets = await shipped();
  const ofPage = sheets.slice(0, -1).map(([, text]) => text).join("\n");
  for (const [name, text] of [["the page", ofPage], sheets.at(-1)]) {
    const declarations = flat(parse(text)).flatMap((rule) => rule.declarations);
    const set = new Set(declarations.map(([property]) => property));
    const read = declarations.flatMap(([, value]) => [...value.matchAll(/var\(\s*(--[\w-]+)\s*\)/g)].map(([, property]) => property));
    assert.deepEqual([...new Set(read)].filter((property) => !set.has(property)), [], name);
  }
});
