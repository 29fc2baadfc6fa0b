// The README of the package: its first program runs, and it names every code.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { folder } from "./support.mjs";

const readme = readFileSync(join(folder, "README.md"), "utf8");

test("the first program signs a request", () => {
  const [, program] = readme.match(/```js\n(.*?)```/s);
  const project = mkdtempSync(join(tmpdir(), "havenask-readme-"));
  try {
    mkdirSync(join(project, "node_modules"));
    symlinkSync(resolve(folder), join(project, "node_modules/havenask-instances"));
    writeFileSync(join(project, "first.mjs"), program);
    const printed = execFileSync(process.execPath, ["first.mjs"], { cwd: project, encoding: "utf8" });
    assert.match(printed, /^\[\]\nhttps:\/\/searchengine\.cn-hangzhou\.aliyuncs\.com\/openapi\/ha3\/instances ACS3-HMAC-SHA256 Credential=STS/);
  } finally {
    rmSync(project, { recursive: true });
  }
});

test("every error code is explained", () => {
  const types = readFileSync(join(folder, "types.d.ts"), "utf8");
  const [, union] = types.match(/export type FaultCode = (.*);/);
  for (const code of union.split(" | ").map((it) => it.slice(1, -1))) {
    assert.ok(readme.includes(`\`${code}\``), code);
  }
});
