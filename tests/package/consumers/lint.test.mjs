// Linters of packages find nothing; the size of the package beside its module.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { run, tool } from "./support/processes.mjs";
import { PACKAGE, project, tarball } from "./support/projects.mjs";

test("publint finds nothing", async () => {
  const { stdout } = await run(".", tool("publint"), "run", tarball, "--strict");
  assert.match(stdout, /^All good!$/m);
});

test("the JavaScript beside the module keeps to its budget", async () => {
  const folder = await project([]);
  const program = `export * from "${PACKAGE}"; export { default } from "${PACKAGE}"`;
  await writeFile(join(folder, "all.js"), program);
  await run(folder, tool("esbuild"), "all.js", "--bundle", "--minify", "--format=esm", "--outfile=glue.js");
  const size = gzipSync(await readFile(join(folder, "glue.js")), { level: 9 }).length;
  assert.ok(size <= 4350, `${size} bytes with gzip -9, and 4350 are allowed`);
});

test("the types are right for every way of resolving them", async () => {
  await run(".", tool("attw"), tarball, "--format=ascii", "--no-emoji");
});
