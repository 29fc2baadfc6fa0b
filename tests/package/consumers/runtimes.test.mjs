// Programs that import the package, in each runtime.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { STARTS_ITSELF, assertFound } from "./support/expected.mjs";
import { missing, run, start, tool } from "./support/processes.mjs";
import { CONSUMER, INLINE, PACKAGE, project } from "./support/projects.mjs";

const PROGRAM = [...CONSUMER, "program"];
const node = process.execPath;

const assertProgram = async (folder, ...command) => assertFound((await run(folder, ...command)).stdout, STARTS_ITSELF);

const runtimes = [
  { name: "Node, import", command: [node, "program.js"] },
  { name: "Node, require()", command: [node, "program.cjs"] },
  { name: "Node, import() in CommonJS", command: [node, "program.cjs", "import"] },
  { name: "Deno", needs: "deno", command: [tool("deno"), "run", "--no-prompt", "--allow-read=.", "program.js"] },
  { name: "Bun", needs: "bun", command: [tool("bun"), "program.js"] },
];

for (const entry of [PACKAGE, INLINE]) {
  for (const { name, needs, command } of runtimes) {
    test(`${name}: ${entry}`, { skip: await missing(needs) }, async () => {
      await assertProgram(await project(PROGRAM, entry), ...command);
    });
  }

  for (const format of ["esm", "cjs"]) {
    test(`Node, bundled by esbuild as ${format}: ${entry}`, async () => {
      const folder = await project(PROGRAM, entry);
      const bundle = { esm: "dist/program.mjs", cjs: "dist/program.cjs" }[format];
      const flags = ["--bundle", "--platform=node", `--format=${format}`, `--outfile=${bundle}`];
      await run(folder, tool("esbuild"), "program.js", ...flags);
      // Functions are deployed as this one file.
      await rm(join(folder, "node_modules"), { recursive: true });
      await assertProgram(folder, node, bundle);
    });
  }
}

// It compiles no bytes, so that there is no cell for the inlined ones.
test("workerd", { skip: await missing("workerd") }, async () => {
  const folder = await project([...CONSUMER, "workerd"]);
  // As Cloudflare's own bundler has it, a module stays a file of its own.
  const bundle = ["worker.js", "--bundle", "--format=esm", "--outdir=dist", "--conditions=workerd,worker,browser"];
  await run(folder, tool("esbuild"), ...bundle, "--loader:.wasm=copy", "--asset-names=[name]");
  const says = /"port":(\d+)/;
  const { match, stop } = await start(folder, says, tool("workerd"), "serve", "config.capnp", "--control-fd=1");
  try {
    const response = await fetch(`http://127.0.0.1:${match[1]}/`);
    assertFound(await response.text(), STARTS_ITSELF);
  } finally {
    await stop();
  }
});
