// Buys through havenask-proxy, which has the keys and buys once for each idempotency key:
// node through-proxy.mjs [KEY]. Exit status: 1 nothing was bought, 2 it may have been bought.
import { Client, HavenaskError } from "havenask-instances";
import { request, untilReady } from "./instance.mjs";

const proxy = process.env.HAVENASK_PROXY ?? "http://127.0.0.1:8080";
const [idempotencyKey = crypto.randomUUID()] = process.argv.slice(2);

try {
  const { instanceId } = await new Client({ endpoint: proxy }).createInstance(request, { idempotencyKey });
  console.log(instanceId);
  await untilReady(async () => (await fetch(`${proxy}/openapi/ha3/instances/${instanceId}`)).json());
} catch (error) {
  if (!(error instanceof HavenaskError)) throw error;
  console.error(`${error.code}: ${error.message} ${error.remedy}`);
  process.exitCode = 1;
  if (error.outcome === "unknown") {
    console.error(`It may have been bought. The same key does not buy twice: node through-proxy.mjs ${idempotencyKey}`);
    process.exitCode = 2;
  }
}
