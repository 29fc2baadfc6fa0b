// pop-core in RPC style: `pop_core_rpc.mjs ENDPOINT METHOD ID SECRET [TOKEN]`. It sends all parameters in a form, or in the query.

import { createRequire } from "node:module";

const { RPCClient } = createRequire(import.meta.url)("@alicloud/pop-core");
const [endpoint, method, accessKeyId, accessKeySecret, securityToken] = process.argv.slice(2);
const client = new RPCClient({ endpoint, apiVersion: "2017-12-14", accessKeyId, accessKeySecret, securityToken });
const parameters = { PageNum: 2, PageSize: 5, QueryTotalCount: true };
try {
  console.log(JSON.stringify(await client.request("QueryProductList", parameters, { method })));
} catch (error) {
  console.log(JSON.stringify(error.data));
}
