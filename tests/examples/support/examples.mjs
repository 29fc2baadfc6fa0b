// The examples as somebody has them who has copied their folder.

import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fresh, install } from "../../package/consumers/support/projects.mjs";
import { KEY_ID, KEY_SECRET } from "../../browser/fixtures/servers.mjs";

const here = (path) => new URL(path, import.meta.url).pathname;
export const REPOSITORY = here("../../..");
/** The file or folder of this name. */
export const source = (name) => here(`../../../web/examples/${name}`);

const json = async (file) => JSON.parse(await readFile(file, "utf8"));
const consumers = await json(here("../../package/consumers/package.json"));
const tools = { ...consumers.devDependencies, ...consumers.optionalDependencies };

/** Entries that are made in an example, or lead out of it. */
const LEFT = ["node_modules", "package-lock.json", "dist", "purchases", "README.md"];

/** A copy of an example that has installed the package. Its tools are those of the other consumers, in the versions that it names. */
export const example = async (name) => {
  const root = await fresh();
  await cp(source(name), root, { recursive: true, filter: (path) => !LEFT.includes(basename(path)) });
  const { devDependencies = {}, ...manifest } = await json(join(root, "package.json"));
  for (const [tool, version] of Object.entries(devDependencies)) assert.equal(version, tools[tool], tool);
  const file = manifest.dependencies["havenask-instances"].replace("file:", "");
  assert.equal(resolve(source(name), file), join(REPOSITORY, "target/npm"));
  await writeFile(join(root, "package.json"), JSON.stringify(manifest));
  await install(root);
  return root;
};

/** A command with the keys of the emulator, and more, in its environment; no token of a real account goes with them. */
export const command = (more, ...words) => {
  const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEY_SECRET };
  return ["env", "-u", "ALIBABA_CLOUD_SECURITY_TOKEN", ...Object.entries({ ...keys, ...more }).map((pair) => pair.join("=")), ...words];
};

/** Waits until `look` finds something. */
export const eventually = async (look) => {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
    const found = await look();
    if (found) return found;
  }
  return assert.fail(`never seen: ${look}`);
};
