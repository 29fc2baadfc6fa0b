// The tools that consumers use, run from where npm put them.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const here = (path) => new URL(`../${path}`, import.meta.url);
const LIMIT = 120_000;

const QUIET = {
  BROWSERSLIST_IGNORE_OLD_DATA: "1",
  DENO_NO_UPDATE_CHECK: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
};
// A program is not part of the test run that it is started from.
const { NODE_TEST_CONTEXT, FORCE_COLOR, ...inherited } = process.env;
const environment = { ...inherited, ...QUIET };

/** Runs a command in a folder to its end; what it wrote. */
export const run = async (folder, command, ...args) => {
  const options = { cwd: folder, env: environment, timeout: LIMIT, maxBuffer: 1 << 24 };
  try {
    return await promisify(execFile)(command, args, options);
  } catch (error) {
    const why = error.killed ? `took more than ${LIMIT} ms` : `ended with ${error.code}`;
    throw new Error(`${command} ${args.join(" ")} ${why}\n${error.stdout}${error.stderr}`);
  }
};

/** The path of a tool. */
export const tool = (name) => here(`node_modules/.bin/${name}`).pathname;

const { optionalDependencies } = JSON.parse(await readFile(here("package.json"), "utf8"));

/** The reason that there is no such tool for this machine; false when there is one, as there must be for most. */
export const missing = async (name) => {
  if (!(name in optionalDependencies)) return false;
  try {
    await run(".", tool(name), "--version");
    return false;
  } catch (error) {
    return `${name} does not run on this machine: ${error.message.trim().split("\n").at(-1)}`;
  }
};

/** Starts a server and waits until it has said its address: what matched, all that it says, and how to end it. */
export const start = async (folder, pattern, command, ...args) => {
  // A group of its own: what it starts ends with it.
  const child = spawn(command, args, { cwd: folder, env: environment, detached: true });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  let said = "";
  const match = await new Promise((resolve) => {
    const listen = (chunk) => {
      said += chunk;
      if (pattern.test(said)) resolve(said.match(pattern));
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", (error) => listen(error.message));
    ended.then(() => resolve(null));
    setTimeout(resolve, LIMIT, null).unref();
  });
  if (match) return { match, said: () => said, stop };
  await stop();
  assert.fail(`${command} ${args.join(" ")} never said ${pattern}\n${said}`);
};
