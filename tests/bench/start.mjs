// Start of the module in a process of its own: prints milliseconds.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const npm = process.env.HAVENASK_NPM;
const { initSync, version } = await import(pathToFileURL(join(npm, "index.js")).href);
const bytes = readFileSync(join(npm, "havenask_bg.wasm"));
const start = performance.now();
initSync(bytes);
version();
console.log(performance.now() - start);
