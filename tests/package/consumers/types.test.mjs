// Programs in TypeScript, as strict as it gets.

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run, tool } from "./support/processes.mjs";
import { project } from "./support/projects.mjs";

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

for (const [name, flags] of settings) {
  test(name, async () => {
    const folder = await project(["types"]);
    await copyFile(join(folder, "consumer.ts"), join(folder, "consumer.cts"));
    await run(folder, tool("tsc"), ...`${STRICT} ${flags}`.split(" "));
  });
}
