// Programs in TypeScript, as strict as it gets, in the versions of TypeScript that people have.

import { copyFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run, tool } from "./support/processes.mjs";
import { project } from "./support/projects.mjs";

const COMPILERS = ["typescript5", "typescript", "typescript7"];
const compile = (compiler, folder, ...flags) =>
  run(folder, process.execPath, new URL(`node_modules/${compiler}/bin/tsc`, import.meta.url).pathname, ...flags);

const STRICT = [
  "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature",
  "--skipLibCheck false --target ES2022 --noEmit",
].join(" ");
// A program for Node knows nothing of the DOM, and a page nothing of Node.
const NODE = "--lib ES2022 --types node consumer.ts consumer.cts";
const PAGE = "--lib ES2022,DOM consumer.ts page.ts";

const settings = [
  ["node16, import and require()", `--module node16 ${NODE}`],
  ["nodenext, import and require()", `--module nodenext ${NODE}`],
  ["bundler", `--module esnext --moduleResolution bundler ${PAGE}`],
];

for (const compiler of COMPILERS) {
  for (const [name, flags] of settings) {
    test(`${compiler}: ${name}`, async () => {
      const folder = await project(["types"]);
      await copyFile(join(folder, "consumer.ts"), join(folder, "consumer.cts"));
      await compile(compiler, folder, ...`${STRICT} ${flags}`.split(" "));
    });
  }

  test(`${compiler}: where React, Vue and Svelte are not installed`, async () => {
    const installed = await project(["types"]);
    const folder = await mkdtemp(join(tmpdir(), "havenask-types-"));
    try {
      await cp(installed, folder, { recursive: true });
      await compile(compiler, folder, ...`${STRICT} --module esnext --moduleResolution bundler ${PAGE}`.split(" "));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  for (const [name, fixtures] of [
    ["React 19", ["react"]],
    ["React 18", ["react", "react18"]],
  ]) {
    test(`${compiler}: the element in ${name}`, async () => {
      await compile(compiler, await project(["strict.json", ...fixtures]), "--project", ".");
    });
  }
}

test("the element in a template of Vue", async () => {
  await run(await project(["strict.json", "vue"]), tool("vue-tsc"), "--project", "tsconfig.json");
});

test("the element in a template of Svelte", async () => {
  await run(await project(["strict.json", "svelte"]), tool("svelte-check"), "--tsconfig", "./tsconfig.json", "--fail-on-warnings");
});
