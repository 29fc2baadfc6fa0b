// The built package, started, and the vectors captured from the official SDKs.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const folder = process.env.HAVENASK_NPM ?? new URL("../../target/npm", import.meta.url).pathname;
export const havenask = await import(pathToFileURL(join(folder, "inline.js")).href);
await havenask.default();

const file = new URL("../vectors/official-sdk.json", import.meta.url);
export const vectors = JSON.parse(readFileSync(file, "utf8")).vectors;

export const credentialsOf = (vector) => ({
  accessKeyId: vector.access_key_id,
  accessKeySecret: vector.access_key_secret,
});

export const requestOf = (vector) => ({
  method: vector.method,
  path: vector.path,
  query: vector.query.pairs,
  headers: vector.headers,
  body: vector.body,
});

/** The error that a function throws. */
export const thrown = (run) => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

/** The output of a program that imports the package by its name. */
export const printed = (program) => {
  const project = mkdtempSync(join(tmpdir(), "havenask-program-"));
  try {
    mkdirSync(join(project, "node_modules"));
    symlinkSync(resolve(folder), join(project, "node_modules/havenask-instances"));
    writeFileSync(join(project, "first.mjs"), program);
    return execFileSync(process.execPath, ["first.mjs"], { cwd: project, encoding: "utf8" });
  } finally {
    rmSync(project, { recursive: true });
  }
};
