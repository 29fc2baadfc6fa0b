import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { expect, test } from "../fixtures/test.mjs";

const script = new URL("../../sdk/ask.py", import.meta.url).pathname;

/** The emulator's answer to the official Python SDK. */
async function ask(servers, ...call) {
  const python = process.env.HAVENASK_PYTHON;
  const endpoint = servers.emulator.replace("http://", "");
  const { stdout } = await promisify(execFile)(python, [script, endpoint, ...call]);
  return JSON.parse(stdout).result;
}

test("the official SDK reads instances of the page, and the page those of the SDK", async ({ form, review, outcome, servers }) => {
  await form.fill({ size: "350", resourceGroup: "rg-page" });
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeFocused();
  const bought = await outcome.value("Instance ID").innerText();

  const read = await ask(servers, "get", bought);
  expect(read).toMatchObject({ instanceId: bought, chargeType: "PREPAY", resourceGroupId: "rg-page" });

  const other = (await ask(servers, "create")).instanceId;
  const listed = await servers.instances();
  expect(listed.map((instance) => instance.instanceId)).toEqual([other, bought]);
});
