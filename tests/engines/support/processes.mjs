// Programs that a test starts, and what they need on the disk.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Interval at which something is looked at that tells nothing by itself, in milliseconds. */
export const POLL = 40;
/**
 * A browser that two busy cores share needs this long for what takes it a second otherwise: Firefox goes on compiling the WebAssembly of
 * pages that were left, and a page that is loaded after three reloads has waited for more than 20 seconds.
 */
const LIMIT = 60_000;

/** Returns the result of `look` as soon as it throws nothing and is true. */
export async function eventually(look, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`this never became true: ${look}`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(POLL);
  }
}

/** A program that runs until `stop`; `text` is what it has written so far. */
export function run(program, args, { env = {}, pipes = 0 } = {}) {
  const stdio = ["ignore", ...Array(2 + pipes).fill("pipe")];
  const child = spawn(program, args, { stdio, env: { ...process.env, ...env } });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "close").catch((error) => error);
  const running = {
    text: "",
    async stop() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
      process.removeListener("exit", kill);
    },
    /** Returns what `look` finds, or throws why the program has ended. */
    async ready(look) {
      const gone = ended.then((how) => {
        throw new Error(`${program} ended (${how}): ${running.text}`);
      });
      return Promise.race([eventually(look), gone]);
    },
  };
  for (const pipe of child.stdio.slice(1)) pipe.on("data", (data) => (running.text += data));
  return running;
}

/** A folder for a browser's files. */
export async function folder() {
  const path = await mkdtemp(join(tmpdir(), "havenask-engine-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
