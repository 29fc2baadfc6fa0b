// The package beside its peers, from one run on one machine.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, here, weight, zipped } from "./bundle.mjs";
import { large, request } from "./purchase.mjs";
import { row } from "./row.mjs";

const npm = process.env.HAVENASK_NPM;
const run = (file) => execFileSync(process.execPath, [here(file)], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const measured = (file) => Object.fromEntries(run(file).trim().split("\n").map((line) => {
  const { name, microseconds } = JSON.parse(line);
  return [name, microseconds];
}));
const native = (program) => {
  const requests = { HAVENASK_BENCH_REQUEST: JSON.stringify(request), HAVENASK_BENCH_LARGE: JSON.stringify(large) };
  const env = { ...process.env, ...requests };
  const lines = execFileSync(program, ["--bench"], { encoding: "utf8", env }).trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(" ")).map(([name, time]) => [name, time / 1000]));
};

const sizes = {
  wasm: zipped(readFileSync(join(npm, "havenask_bg.wasm"))),
  glue: zipped(await bundle('export * from "havenask-instances"; export { default } from "havenask-instances"', {})),
};
const peers = ["openapi-util", "pop-core", "openapi-core"].map((name) => `@alicloud/${name}`);
const starts = Array.from({ length: 7 }, () => +run("start.mjs")).sort((a, b) => a - b);
const fast = native(process.env.HAVENASK_NATIVE);
const soft = native(process.env.HAVENASK_NATIVE_SOFT);
const node = measured("node.mjs");
const page = measured("browser.mjs");

const at = (time) => (time < 100 ? time.toFixed(1) : time.toFixed(0));
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const theirs = [];
for (const name of peers) theirs.push(`${name} ${kilobytes(await weight(name))}`);
theirs.push(`aws4fetch ${kilobytes(await weight("aws4fetch", {}))}`);
const perSecond = Math.round(1e6 / fast.sign).toLocaleString("en");

row("wasm, gzip -9", kilobytes(sizes.wasm), "≤ 50 kB", sizes.wasm <= 50_000, `in a page: ${theirs.join(", ")}`);
row("glue, minified, gzip -9", kilobytes(sizes.glue), "≤ 4 kB", sizes.glue <= 4000);
row("start of the module in Node, median of 7", `${at(starts[3])} ms`, "≤ 5 ms", starts[3] <= 5);
row("native: sign", `${at(fast.sign)} µs`);
row("native: sign, on one core", `${perSecond} /s`, "≥ 400,000 /s", fast.sign <= 2.5);
row("native: validate", `${at(fast.validate)} µs`);
const slower = node["validate 100"] / fast["validate-100"];
row("Node: validate 100 components", `${at(node["validate 100"])} µs`);
row("… against native", `${slower.toFixed(1)} ×`, "≤ 8 ×", slower <= 8, `${at(fast["validate-100"])} µs`);
const own = ["sign", "sign, date and nonce of its own", "… arguments written", "… SHA-256", "… answer taken apart"];
for (const name of own) row(`Node: ${name}`, `${at(node[name])} µs`);
against("Node", node, "sign", 0.55, "native without SHA instructions", soft.sign);
for (const [name, time] of Object.entries(node)) {
  if (own.includes(name) || name === "validate 100") continue;
  against("Node", node, "sign", name === "@alicloud/openapi-util" ? 1 : undefined, name, time);
}
row("Chromium: sign", `${at(page.sign)} µs`);
for (const [name, least] of [["@alicloud/openapi-util", 4], ["aws4fetch", 6]]) against("Chromium", page, "sign", least, name, page[name]);

function against(where, times, what, least, name, time) {
  const ratio = time / times[what];
  const must = least === undefined ? "" : `≥ ${least} ×`;
  row(`${where}: ${what}, as fast as ${name}`, `${ratio.toFixed(2)} ×`, must, least && ratio >= least, `${at(time)} µs`);
}
