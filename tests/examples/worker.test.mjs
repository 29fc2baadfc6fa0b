// The worker, under workerd.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { missing, start } from "../package/consumers/support/processes.mjs";
import { start as startServers } from "../browser/fixtures/servers.mjs";
import { havenask } from "../package/support.mjs";
import { command, eventually, example } from "./support/examples.mjs";

const REQUEST = {
  chargeType: "PREPAY",
  components: [{ code: "searcherdocsize", value: "200" }],
  order: { duration: 1, pricingCycle: "Month", autoRenew: false },
};
const UNAUTHORIZED = { code: "Unauthorized", status: 401, outcome: "not-created" };
const TOKEN = "known-to-the-test";

const skip = await missing("workerd");
let servers;
let root;
let worker;

const startWorker = async () => {
  const settings = { HAVENASK_ENDPOINT: servers.emulator, HAVENASK_TOKEN: TOKEN };
  const npm = command(settings, "npm", "start", "--", "--socket-addr=http=127.0.0.1:0", "--control-fd=1");
  const { match, stop } = await start(root, /"port":(\d+)/, ...npm);
  worker = { url: `http://127.0.0.1:${match[1]}`, stop };
};

before(async () => {
  if (skip) return;
  root = await example("worker");
  servers = await startServers();
  await startWorker();
});
after(() => Promise.all([worker?.stop(), servers?.stop()]));
beforeEach(() => servers?.mend());

const buy = (idempotencyKey, { request = REQUEST, token = TOKEN, ...more } = {}) => {
  const asking = (asked) => {
    asked.headers.set("authorization", `Bearer ${token}`);
    return fetch(asked);
  };
  return new havenask.Client({ endpoint: worker.url, fetch: asking }).createInstance(request, { idempotencyKey, ...more });
};
const bought = async (key) => {
  const all = await servers.instances();
  return all.filter(({ tags }) => tags.some(({ key: name, value }) => name === "havenask-purchase" && value === key));
};
const late = () => servers.fault({ operation: "CreateInstance", fault: "late-answer", milliseconds: 1_000 });

test("a double click buys once", { skip }, async () => {
  await late();
  const clicks = await Promise.allSettled([buy("double-click"), buy("double-click")]);
  const [first] = clicks.filter(({ status }) => status === "fulfilled");
  const [second] = clicks.filter(({ status }) => status === "rejected");
  assert.equal(second.reason.code, "PurchaseInFlight");
  assert.deepEqual(await buy("double-click"), first.value);
  const [{ instanceId }, ...more] = await bought("double-click");
  assert.deepEqual([instanceId, more], [first.value.instanceId, []]);
});

test("a key is of one purchase", { skip }, async () => {
  await buy("one-purchase");
  const request = { ...REQUEST, order: { ...REQUEST.order, duration: 2 } };
  await assert.rejects(buy("one-purchase", { request }), { code: "IdempotencyKeyReused", outcome: "not-created" });
});

test("without the token nothing is bought", { skip }, async () => {
  for (const token of ["", "known-to-the-tesu", `${TOKEN} `.repeat(2)]) {
    await assert.rejects(buy("no-token-for-it", { token }), UNAUTHORIZED);
  }
  assert.deepEqual(await bought("no-token-for-it"), []);
});

test("a request that breaks a rule, or is a dry run, is not sent", { skip }, async () => {
  const request = { ...REQUEST, order: undefined };
  await assert.rejects(buy("breaks-a-rule", { request }), ({ problems }) => problems[0].code === "order-missing");
  await assert.rejects(buy("only-tried", { dryRun: true }), { code: "NotFound" });
  assert.deepEqual([...(await bought("breaks-a-rule")), ...(await bought("only-tried"))], []);
});

test("the cloud's refusal is told, and stays", { skip }, async () => {
  await servers.fault({ operation: "CreateInstance", times: 1, fault: "refuse", code: "InvalidPayMethod" });
  for (const _ of [1, 2]) {
    await assert.rejects(buy("refused-once"), { code: "InvalidPayMethod", outcome: "not-created" });
  }
});

test("a client that hangs up does not stop a purchase", { skip }, async () => {
  await late();
  const hanging = new AbortController();
  const gone = assert.rejects(buy("hung-up-on", { signal: hanging.signal }), { code: "Aborted", outcome: "unknown" });
  await eventually(async () => (await bought("hung-up-on")).length > 0);
  hanging.abort();
  await gone;
  const { instanceId } = await eventually(() => buy("hung-up-on").catch(({ code }) => assert.equal(code, "PurchaseInFlight")));
  assert.deepEqual((await bought("hung-up-on")).map((it) => it.instanceId), [instanceId]);
});

test("a purchase that a crash cut off is not bought again", { skip }, async () => {
  await servers.fault({ operation: "CreateInstance", fault: "late-answer", milliseconds: 60_000 });
  const lost = assert.rejects(buy("cut-off-by-a-crash"), { code: "NetworkError", outcome: "unknown" });
  await eventually(async () => (await bought("cut-off-by-a-crash")).length > 0);
  await worker.stop();
  await lost;
  await servers.mend();
  await startWorker();
  await assert.rejects(buy("cut-off-by-a-crash"), { code: "PurchaseInFlight", outcome: "unknown" });
  assert.equal((await bought("cut-off-by-a-crash")).length, 1);
});
