// The programs that buy by themselves: their output, how they end, and what the emulator has afterwards.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { run } from "../package/consumers/support/processes.mjs";
import { start } from "../browser/fixtures/servers.mjs";
import { REPOSITORY, command, example } from "./support/examples.mjs";

let servers;
before(async () => (servers = await start({ readyAfter: 1 })));
after(() => servers.stop());
beforeEach(() => servers.mend());

const ids = async () => (await servers.instances()).map(({ instanceId }) => instanceId);
const node = await example("node");
const CARGO = ["cargo", "run", "--quiet", "--package", "havenask-core", "--example", "buy"];

/** Commands that run each program, and whether it waits for the instance. */
const PROGRAMS = [
  { name: "Rust", folder: REPOSITORY, words: CARGO, waits: false },
  { name: "Node with keys", folder: node, words: ["node", "with-keys.mjs"], waits: true },
  { name: "Node through the proxy", folder: node, words: ["node", "through-proxy.mjs"], waits: true },
];

for (const { name, folder, words, waits } of PROGRAMS) {
  const buy = (...more) => {
    const where = { HAVENASK_ENDPOINT: servers.emulator, HAVENASK_PROXY: servers.url };
    return run(folder, ...command(where, ...words, ...more));
  };

  test(`${name}: an instance is bought`, async () => {
    const before = await ids();
    const { stdout } = await buy();
    const [id, ...statuses] = stdout.trim().split("\n");
    assert.deepEqual(new Set(await ids()), new Set([...before, id]));
    assert.equal(statuses.at(-1), waits ? "READY" : undefined);
  });

  test(`${name}: what is refused was not bought`, async () => {
    const before = await ids();
    await servers.fault({ operation: "CreateInstance", fault: "refuse", code: "InvalidPayMethod" });
    await assert.rejects(buy(), /ended with 1\n[^]*InvalidPayMethod/);
    assert.deepEqual(await ids(), before);
  });

  test(`${name}: what is not answered may have been bought`, async () => {
    const before = await ids();
    await servers.fault({ operation: "CreateInstance", fault: "close-after-commit" });
    await assert.rejects(buy(), /ended with 2\n[^]*may have been/);
    assert.equal((await ids()).length, before.length + 1);
  });

  test(`${name}: with nobody there it says so`, async () => {
    // Not 1 or 9: fetch takes these for bad ports.
    const nobody = "http://127.0.0.1:2";
    const where = { HAVENASK_ENDPOINT: nobody, HAVENASK_PROXY: nobody };
    await assert.rejects(run(folder, ...command(where, ...words)), /ended with 1\n/);
  });
}

test("Node through the proxy: a key buys once", async () => {
  const again = command({ HAVENASK_PROXY: servers.url }, "node", "through-proxy.mjs", "my-first-purchase");
  const [{ stdout: first }, { stdout: second }] = [await run(node, ...again), await run(node, ...again)];
  assert.equal(first.split("\n")[0], second.split("\n")[0]);
});
