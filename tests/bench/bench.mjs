// The table: ours beside its peers, from one run on one machine, with what must be reached.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { bundle, here, weight, zipped } from "./bundle.mjs";
import { request } from "./purchase.mjs";

const npm = process.env.HAVENASK_NPM;
const run = (file) => execFileSync(process.execPath, [here(file)], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const measured = (file) => Object.fromEntries(run(file).trim().split("\n").map((line) => {
  const { name, microseconds } = JSON.parse(line);
  return [name, microseconds];
}));
const native = (program) => {
  const env = { ...process.env, HAVENASK_BENCH_REQUEST: JSON.stringify(request) };
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

const rows = [];
const row = (what, value, unit, must = "", reached) => {
  const mark = reached === undefined ? "" : reached ? "reached" : "short";
  rows.push([what, `${value} ${unit}`, must, mark]);
};
const at = (time) => (time < 100 ? time.toFixed(1) : time.toFixed(0));
const ratio = (what, times, least) => row(what, times.toFixed(2), "×", `≥ ${least} ×`, times >= least);

row("wasm, gzip -9", (sizes.wasm / 1000).toFixed(1), "kB", "≤ 25 kB", sizes.wasm <= 25_000);
row("glue, minified, gzip -9", (sizes.glue / 1000).toFixed(1), "kB", "≤ 4 kB", sizes.glue <= 4000);
for (const name of peers) row(`${name}, polyfilled, gzip -9`, ((await weight(name)) / 1000).toFixed(1), "kB");
row("aws4fetch, gzip -9", ((await weight("aws4fetch", {})) / 1000).toFixed(1), "kB");
row("start of the module in Node, median of 7", at(starts[3]), "ms", "≤ 5 ms", starts[3] <= 5);
row("native: sign", at(fast.sign), "µs");
row("native: sign, on one core", Math.round(1e6 / fast.sign).toLocaleString("en"), "/s", "≥ 400,000 /s", fast.sign <= 2.5);
row("native: sign without SHA instructions", at(soft.sign), "µs");
ratio("Node: sign, against native without SHA instructions", soft.sign / node.sign, 0.6);
row("native: validate", at(fast.validate), "µs");
row("Node: validate 100 components", at(node["validate 100"]), "µs", "≤ 50 µs", node["validate 100"] <= 50);
for (const [name, time] of Object.entries(node)) if (name !== "validate 100") row(`Node: ${name}`, at(time), "µs");
ratio("Node: against @alicloud/openapi-util", node["@alicloud/openapi-util"] / node.sign, 1.5);
for (const [name, time] of Object.entries(page)) row(`Chromium: ${name}`, at(time), "µs");
ratio("Chromium: against @alicloud/openapi-util, polyfilled", page["@alicloud/openapi-util"] / page.sign, 10);
ratio("Chromium: against aws4fetch", page.aws4fetch / page.sign, 10);

const heads = ["what", "measured", "must reach", ""];
const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((cells) => cells[i].length)));
const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
console.log(`${cpus()[0].model.trim()}, Node ${process.version}; one call, the best of nine rounds\n`);
console.log([line(heads), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n"));
