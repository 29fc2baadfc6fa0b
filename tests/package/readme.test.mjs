// The README of the package: its first program runs, and it names every code.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, printed } from "./support.mjs";

const readme = readFileSync(join(folder, "README.md"), "utf8");

test("the first program signs a request", () => {
  const [, program] = readme.match(/```js\n(.*?)```/s);
  assert.match(
    printed(program),
    /^\[\]\nhttps:\/\/searchengine\.cn-hangzhou\.aliyuncs\.com\/openapi\/ha3\/instances ACS3-HMAC-SHA256 Credential=STS/,
  );
});

test("every error code is explained", () => {
  const types = readFileSync(join(folder, "types.d.ts"), "utf8");
  const [, union] = types.match(/export type ErrorCode = (.*);/);
  for (const code of union.split(" | ").map((it) => it.slice(1, -1))) {
    assert.ok(readme.includes(`\`${code}\``), code);
  }
});
