// Fresh projects that have installed the packed package.

import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { after } from "node:test";
import { run } from "./processes.mjs";

const here = (path) => new URL(`../${path}`, import.meta.url).pathname;
const built = process.env.HAVENASK_NPM ?? here("../../../target/npm");

// Inside this folder, so that a project finds the tools in its node_modules, and nothing but the tools.
await mkdir(here("projects"), { recursive: true });
const folder = await mkdtemp(here("projects/"));
after(() => rm(folder, { recursive: true, force: true }));

const { stdout: packed } = await run(folder, "npm", "pack", "--loglevel=error", built);
/** The package as it would be published. */
export const tarball = join(folder, packed.trim());

export const PACKAGE = "havenask-instances";
export const INLINE = "havenask-instances/inline";
/** Files of every consumer that signs. */
export const CONSUMER = ["answer.js", "consumer.js", "source.js"];

/** A new folder for a project. */
export const fresh = () => mkdtemp(join(folder, "consumer-"));

/** Installs the package into a project. */
export const install = (root) =>
  run(root, "npm", "install", "--offline", "--no-audit", "--no-fund", "--loglevel=error", tarball);

/**
 * A new project that has installed the package, with some fixtures in it: files as they are, folders by what they hold.
 * They import the entry.
 */
export const project = async (fixtures, entry = PACKAGE) => {
  const root = await fresh();
  await writeFile(join(root, "package.json"), JSON.stringify({ name: "a-consumer", private: true, type: "module" }));
  for (const fixture of fixtures) {
    await cp(here(`fixtures/${fixture}`), join(root, fixture.includes(".") ? fixture : "."), { recursive: true });
  }
  for (const file of await filesOf(root)) {
    const text = await readFile(join(root, file), "utf8");
    await writeFile(join(root, file), text.replaceAll(`"${PACKAGE}"`, `"${entry}"`));
  }
  await install(root);
  return root;
};

/** All files in a folder and below. */
export const filesOf = async (root) => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, path, name }) => join(relative(root, parentPath ?? path), name));
};
