// What the linters of packages say: nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run, tool } from "./support/processes.mjs";
import { tarball } from "./support/projects.mjs";

test("publint finds nothing", async () => {
  const { stdout } = await run(".", tool("publint"), "run", tarball, "--strict");
  assert.match(stdout, /^All good!$/m);
});

test("the types are right for every way of resolving them", async () => {
  await run(".", tool("attw"), tarball, "--format=ascii", "--no-emoji");
});
