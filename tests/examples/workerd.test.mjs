// The package on Cloudflare's runtime: `Client` against the proxy, and a signed request against the emulator.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KEY_ID, KEY_SECRET, start as startServers } from "../browser/fixtures/servers.mjs";
import { missing, run, start, tool } from "../package/consumers/support/processes.mjs";
import { project } from "../package/consumers/support/projects.mjs";

const skip = await missing("workerd");
let servers;
let worker;

before(async () => {
  if (skip) return;
  servers = await startServers();
  const folder = await project(["workerd-client"]);
  const bundle = ["worker.js", "--bundle", "--format=esm", "--outdir=dist", "--conditions=workerd,worker,browser"];
  await run(folder, tool("esbuild"), ...bundle, "--loader:.wasm=copy", "--asset-names=[name]");
  worker = await start(folder, /"port":(\d+)/, tool("workerd"), "serve", "config.capnp", "--control-fd=1");
});
after(() => Promise.all([worker?.stop(), servers?.stop()]));

const ask = async (options) => {
  const response = await fetch(`http://127.0.0.1:${worker.match[1]}/`, { method: "POST", body: JSON.stringify(options) });
  return response.json();
};

test("Client buys on workerd, once for each key", { skip }, async () => {
  const bought = await ask({ how: "client", endpoint: servers.url });
  assert.match(bought.instanceId, /^ha-cn-/, JSON.stringify(bought));
  assert.deepEqual(await ask({ how: "client", endpoint: servers.url }), bought);
});

test("a request that is signed on workerd is sent from there", { skip }, async () => {
  const bought = await ask({ how: "signed", endpoint: servers.emulator, accessKeyId: KEY_ID, accessKeySecret: KEY_SECRET });
  assert.match(bought.instanceId, /^ha-cn-/, JSON.stringify(bought));
});
