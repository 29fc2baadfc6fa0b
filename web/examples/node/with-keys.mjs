// Signs and sends with keys of its own. The API has no idempotency token: a second run buys a second instance, so nothing
// here is tried again. Exit status: 1 nothing was bought, 2 it may have been bought.
import { sign, signRequest, validate } from "havenask-instances";
import { request, untilReady } from "./instance.mjs";

const { env } = process;
// The cloud's own is searchengine.cn-hangzhou.aliyuncs.com, with the region in its middle.
const endpoint = env.HAVENASK_ENDPOINT ?? "http://127.0.0.1:8081";
const credentials = {
  accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  securityToken: env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined,
};

const end = (status, ...words) => {
  console.error(...words);
  process.exit(status);
};
const notBought = (why) => end(1, "Nothing was bought:", why);
const inDoubt = (why) => end(2, "It may have been bought; look at the list of instances before you buy again:", why);

const send = async ({ url, method, headers, body }) => {
  const signal = AbortSignal.timeout(30_000);
  const answer = await fetch(url, { method, headers, body: body || undefined, redirect: "error", signal });
  return { status: answer.status, body: await answer.json() };
};

const buy = async (signed) => {
  const { status, body } = await send(signed).catch((error) => {
    const nobody = error.cause?.code === "ECONNREFUSED";
    return nobody ? notBought(error.cause) : inDoubt(error);
  });
  if (status === 200 && body?.result?.instanceId) return body.result.instanceId;
  // The gateway writes its errors with capitals, the service without. An answer without a code is of neither.
  const { code = body?.Code, message = body?.Message } = body ?? {};
  // Below the first line the cloud quotes the whole request, a security token too.
  const why = `${status} ${code}: ${message?.split("\n")[0]}`;
  const refused = code && status >= 400 && status < 500 && status !== 408;
  return refused ? notBought(why) : inDoubt(why);
};

const getInstance = async (id) => {
  const path = `/openapi/ha3/instances/${encodeURIComponent(id)}`;
  const headers = [["x-acs-action", "GetInstance"], ["x-acs-version", "2021-10-25"]];
  return (await send(signRequest({ method: "GET", host: endpoint, path, headers }, credentials))).body;
};

const problems = validate(request);
if (problems.length > 0) notBought(problems);
const id = await buy(sign(request, { credentials, endpoint }));
console.log(id);
await untilReady(() => getInstance(id));
