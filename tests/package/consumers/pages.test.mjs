// Pages under a strict policy: without a bundler, and from each of them.

import assert from "node:assert/strict";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { serving, visit } from "./support/browser.mjs";
import { NEEDS_INIT, STARTS_ITSELF, assertFound } from "./support/expected.mjs";
import { missing, run, tool } from "./support/processes.mjs";
import { CONSUMER, INLINE, PACKAGE, filesOf, project } from "./support/projects.mjs";

const PAGE = [...CONSUMER, "page"];

const assertPage = async (folder, expected) => {
  const [found] = await serving(folder, visit);
  assertFound(found, expected);
};

for (const { name, fixtures, file, expected } of [
  { name: "a script of a page", fixtures: PAGE, file: "index.js", expected: NEEDS_INIT },
  { name: "a script of a page, inline", fixtures: PAGE, file: "inline.js", expected: STARTS_ITSELF },
  { name: "a module worker", fixtures: [...PAGE, "worker"], file: "index.js", expected: NEEDS_INIT },
]) {
  test(`no bundler: ${name}`, async () => {
    await assertPage(await project(fixtures, `/node_modules/${PACKAGE}/${file}`), expected);
  });
}

const bundlers = [
  ...["vite5", "vite6", "vite7", "vite"].map((vite) => ({ name: vite, command: "vite build", script: `${vite}/bin/vite.js` })),
  { name: "webpack", command: "webpack", fixtures: ["webpack"] },
  { name: "Rollup", command: "rollup --config", fixtures: ["rollup"] },
  {
    name: "esbuild",
    command: "esbuild main.js --bundle --format=esm --outdir=dist",
    // It leaves `new URL` alone, so that the page says where the file is.
    file: { fixtures: ["esbuild"], flags: ["--loader:.wasm=file"] },
  },
  // For the newest browsers it writes an inline import map, which the policy forbids: its fixture names older ones.
  { name: "Parcel", command: "parcel build index.html --no-autoinstall", fixtures: ["parcel"] },
];
const NOTHING = { fixtures: [], flags: [] };

/** The number of times that the WebAssembly is in a build. */
const copiesIn = async (dist, wasm) => {
  const start = wasm.subarray(0, 60).toString("base64");
  const names = (await filesOf(dist)).filter((name) => !name.endsWith(".map"));
  const texts = await Promise.all(names.map((name) => readFile(join(dist, name), "latin1")));
  return {
    files: names.filter((name) => name.endsWith(".wasm")).length,
    inlined: texts.reduce((count, text) => count + text.split(start).length - 1, 0),
  };
};

for (const { name, command, script, fixtures = [], file = NOTHING } of bundlers) {
  const [program, ...args] = command.split(" ");
  // Four versions have one name.
  const start = script ? [process.execPath, new URL(`node_modules/${script}`, import.meta.url).pathname] : [tool(program)];
  const skip = await missing(program);
  for (const { entry, expected, copies, more } of [
    { entry: PACKAGE, expected: NEEDS_INIT, copies: { files: 1, inlined: 0 }, more: file },
    { entry: INLINE, expected: STARTS_ITSELF, copies: { files: 0, inlined: 1 }, more: NOTHING },
  ]) {
    test(`${name}: ${entry}`, { skip }, async () => {
      const folder = await project([...PAGE, ...fixtures, ...more.fixtures], entry);
      await run(folder, ...start, ...args, ...more.flags);
      const dist = join(folder, "dist");
      const hasPage = (await filesOf(dist)).includes("index.html");
      if (!hasPage) await copyFile(join(folder, "index.html"), join(dist, "index.html"));
      await assertPage(dist, expected);
      const wasm = await readFile(join(folder, "node_modules", PACKAGE, "havenask_bg.wasm"));
      assert.deepEqual(await copiesIn(dist, wasm), copies);
    });
  }
}
