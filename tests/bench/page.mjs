// Measurements in the page, by name, called from outside.

import init, { sign } from "havenask-instances";
import Util from "@alicloud/openapi-util";
import { Request } from "@alicloud/tea-typescript";
import { measure } from "./measure.mjs";
import { aws4fetch, official } from "./peers.mjs";
import { credentials, date, nonce, request } from "./purchase.mjs";

const options = { credentials, region: "cn-hangzhou", date, nonce };
const runs = {
  sign: async () => (await init(), () => sign(request, options)),
  "@alicloud/openapi-util": () => official(Util.default ?? Util, Request),
  aws4fetch,
};
globalThis.bench = async (name) => measure(await runs[name]());
