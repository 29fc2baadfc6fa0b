// Files that are published: the package's own, what is built from Rust, and nothing else.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { folder } from "./support.mjs";

const BUILT = [
  "LICENSE",
  "form/havenask-web.js",
  "form/havenask-web_bg.wasm",
  "form/index.cjs",
  "form/styles.js",
  "havenask.js",
  "havenask_bg.wasm",
  "havenask_bg.wasm.js",
  "inline.cjs",
];

const own = new URL("../../crates/wasm/npm", import.meta.url).pathname;
const filesOf = (root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => join(relative(root, parentPath ?? path), name));

test("the tarball holds all of the package, and nothing else", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--loglevel=error", folder], { encoding: "utf8" });
  const [{ files }] = Object.values(JSON.parse(packed));
  assert.deepEqual(files.map(({ path }) => path).sort(), [...filesOf(own), ...BUILT].sort());
});
