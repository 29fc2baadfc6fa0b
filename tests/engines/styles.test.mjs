// Styles that are shipped are understood by each engine, and read nothing that is not set.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test as plainTest } from "node:test";
import { transform } from "lightningcss";

import { flat, parse } from "./support/css.mjs";
import { STARTS, inEachEngine } from "./support/test.mjs";

/** The sheet of the page, and that of the form in the package. */
async function shipped() {
  const site = process.env.HAVENASK_SITE;
  const names = (await readdir(site)).filter((name) => name.endsWith(".css"));
  assert.equal(names.length, 1);
  const page = await readFile(join(site, names[0]), "utf8");
  const { default: form } = await import(join(process.env.HAVENASK_NPM, "form/styles.js"));
  assert.ok(Math.min(page.length, form.length) > 10_000);
  return [[names[0], page], ["form/styles.js", form]];
}

/** Runs in the page: how an engine has parsed a sheet, and which of these properties and selectors it does not know. */
function understood(text, properties, selectors) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const nested = (rules) => [...rules].filter((rule) => rule.constructor.name !== "CSSNestedDeclarations");
  const tree = (rules) => nested(rules).map((rule) => tree(rule.cssRules ?? []));
  const isKnown = ([name, value]) => CSS.supports(name, value.replace(/!important$/, ""));
  return {
    tree: tree(sheet.cssRules),
    unknown: [
      ...properties.filter((forms) => !forms.some(isKnown)).map(([form]) => form.join(": ")),
      ...selectors.filter((selector) => !CSS.supports(`selector(${selector})`)),
    ],
  };
}

/** Keeps phones from making letters larger; engines that run on none do not know it. */
const OF_PHONES = "text-size-adjust";

const unprefixed = (property) => property.replace(/^-(webkit|moz)-/, "");

/** The properties of a rule, each in the forms with which different engines know it. */
function properties({ declarations }) {
  const plain = declarations.filter(([property]) => !property.startsWith("--") && unprefixed(property) !== OF_PHONES);
  const names = new Set(plain.map(([property]) => unprefixed(property)));
  return [...names].map((name) => plain.filter(([property]) => unprefixed(property) === name));
}

/** The selectors of a rule, each by itself. */
function selectors({ prelude }) {
  // At-rules, and the steps of an animation.
  if (/^(@|from|to|[\d.]+%)/.test(prelude)) return [];
  const parts = [""];
  let depth = 0;
  for (const letter of prelude) {
    depth += Number(letter === "(") - Number(letter === ")");
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim().replaceAll("&", "*").replace(/^[>+~]\s*/, ""));
}

const tree = (rules) => rules.map((rule) => tree(rule.rules));

inEachEngine((test) => {
  test("every rule and every declaration is understood", async ({ screen }) => {
    await screen.goto("about:blank");
    const unknown = [];
    for (const [name, text] of await shipped()) {
      const rules = parse(text);
      const all = flat(rules);
      assert.ok(all.length > 2, name);
      const found = await screen.evaluate(understood, text, all.flatMap(properties), all.flatMap(selectors));
      unknown.push(...found.unknown.map((text) => `${name}: ${text}`));
      assert.deepEqual(found.tree, tree(rules), name);
    }
    assert.deepEqual(unknown, []);
  });
}, Object.keys(STARTS));

plainTest("each custom property that a rule reads is set by a rule", async () => {
  for (const [name, text] of await shipped()) {
    const declarations = flat(parse(text)).flatMap((rule) => rule.declarations);
    const set = new Set(declarations.map(([property]) => property));
    const read = declarations.flatMap(([, value]) => [...value.matchAll(/var\(\s*(--[\w-]+)\s*\)/g)].map(([, property]) => property));
    assert.deepEqual([...new Set(read)].filter((property) => !set.has(property)), [], name);
  }
});

/** The oldest browsers that the form is promised to, as numbers of three bytes. */
const PROMISED = { chrome: 123 << 16, firefox: 128 << 16, safari: (17 << 16) | (5 << 8) };

plainTest("nothing has to be written in another way for the browsers that are promised", async () => {
  const readme = await readFile(join(process.env.HAVENASK_NPM, "README.md"), "utf8");
  assert.match(readme, /Chrome 123, Firefox 128 and Safari 17\.5 or later/);
  for (const [filename, text] of await shipped()) {
    const lines = (targets) => {
      const { code } = transform({ filename, code: Buffer.from(text), targets });
      // A prefix is added to what has long been known without it; what is not is found by the engines.
      return code.toString().split("\n").filter((line) => !/^\s*-(webkit|moz)-/.test(line));
    };
    const asShipped = new Set(lines());
    assert.deepEqual(lines(PROMISED).filter((line) => !asShipped.has(line)), [], filename);
  }
});
