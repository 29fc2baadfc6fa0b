import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

/** Returns the styles that are shipped: those of the page, and those that the package puts into shadow roots. */
async function shipped() {
  const site = process.env.HAVENASK_SITE;
  const names = (await readdir(site)).filter((name) => name.endsWith(".css"));
  const texts = await Promise.all(names.map((name) => readFile(join(site, name), "utf8")));
  const { default: form } = await import(join(process.env.HAVENASK_NPM, "form/styles.js"));
  return { page: texts.join("\n"), form };
}

/** Each declaration of a text of styles. */
const declarations = (text) =>
  [...text.replace(/\/\*[^]*?\*\//g, "").matchAll(/(?<=[{;])\s*([\w-]+)\s*:([^;{}]+)(?=[;}])/g)].map(([, name, value]) => [name, value.trim()]);

test("each custom property that a rule reads is set, or has something in its place", async () => {
  for (const [name, text] of Object.entries(await shipped())) {
    const set = new Set(declarations(text).map(([property]) => property).filter((property) => property.startsWith("--")));
    const read = [...text.matchAll(/var\(\s*(--[\w-]+)\s*\)/g)].map(([, property]) => property);
    expect(read.length, name).toBeGreaterThan(50);
    expect(read.filter((property) => !set.has(property)), name).toEqual([]);
  }
});

test("each declaration is one that the engine understands, and no shorthand that WebKit drops", async ({ page }) => {
  const prefixed = /^-(webkit|moz)-/;
  const { page: text } = await shipped();
  const all = declarations(text).filter(([name]) => !name.startsWith("--") && !prefixed.test(name));
  expect(all.length).toBeGreaterThan(300);
  const dropped = await page.evaluate(
    (all) => all.filter(([name, value]) => name !== "container" && !CSS.supports(name, value.replace(/\s*!important$/, ""))),
    all,
  );
  expect(dropped.filter(([name]) => name !== "text-size-adjust")).toEqual([]);
  // WebKit takes one word for the line, and its other parts by their own names.
  expect(all.filter(([name, value]) => name === "text-decoration" && /\s/.test(value))).toEqual([]);
});
