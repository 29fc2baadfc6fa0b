// Start of the package, and its errors when it was not started.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder } from "./support.mjs";

const entry = (file) => JSON.stringify(pathToFileURL(join(folder, file)).href);

/** The output of a program in a process of its own, where nothing has started the package yet. */
const printed = (program) => {
  const node = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  assert.equal(node.status, 0, node.stderr);
  return node.stdout.trim();
};

test("the entry of pages says that it was not started", () => {
  const program = `
    const { default: init, initSync, HavenaskError, version } = await import(${entry("index.js")});
    for (const use of [version, initSync]) {
      try {
        use();
      } catch (error) {
        console.log(error instanceof HavenaskError, error.code, /await init\\(\\)/.test(error.message));
      }
    }
    await init(new Uint8Array(1)).catch((error) => console.log(error.name));
    await init((await import("node:fs")).readFileSync(new URL(${entry("havenask_bg.wasm")})));
    console.log(version());`;
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const refused = "true NotInitialized true";
  assert.deepEqual(printed(program).split("\n"), [refused, refused, "CompileError", version]);
});

test("with a module of somebody else it never starts", () => {
  const program = `
    const { default: init, initSync, version } = await import(${entry("index.js")});
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    for (const source of [empty, new URL(${entry("havenask_bg.wasm")})]) {
      await init(source).then(() => console.log("started"), () => console.log("refused"));
    }
    try {
      version();
    } catch (error) {
      console.log(error.code);
    }`;
  assert.deepEqual(printed(program).split("\n"), ["refused", "refused", "NotInitialized"]);
});

test("a worker starts with the module that it was sent", () => {
  const program = `
    const { initSync, validate } = await import(${entry("index.js")});
    const { readFileSync } = await import("node:fs");
    initSync(new WebAssembly.Module(readFileSync(new URL(${entry("havenask_bg.wasm")}))));
    console.log(validate({ tags: 1 })[1].code);`;
  assert.equal(printed(program), "components-missing");
});

test("Node starts by itself", () => {
  const program = `console.log((await import(${entry("inline.js")})).validate({ tags: 1 }).length)`;
  assert.equal(printed(program), "3");
});

test("the module inside is decoded once, however often it is started", () => {
  const program = `
    const { atob } = globalThis;
    let decoded = 0;
    globalThis.atob = (text) => (decoded++, atob(text));
    const { default: init, initSync, version } = await import(${entry("inline.js")});
    await init();
    await init();
    initSync();
    console.log(decoded, version().length > 0);`;
  assert.equal(printed(program), "1 true");
});

test("CommonJS is there for a runtime that cannot require a module", () => {
  const flag = process.allowedNodeEnvironmentFlags.has("--no-experimental-require-module") ? ["--no-experimental-require-module"] : [];
  const program = `
    const { default: init, validate, HavenaskError, Client } = require(${JSON.stringify(join(folder, "inline.cjs"))});
    const form = require(${JSON.stringify(join(folder, "form/index.cjs"))});
    init().then(() => console.log(validate({ tags: 1 }).length, typeof HavenaskError, typeof Client, typeof form.mount));`;
  const node = spawnSync(process.execPath, [...flag, "--input-type=commonjs", "--eval", program], { encoding: "utf8" });
  assert.deepEqual([node.stderr, node.stdout.trim()], ["", "3 function function function"]);
});

test("mount without an element says what is missing", () => {
  const program = `
    const { mount } = await import(${entry("form/index.js")});
    const { HavenaskError } = await import(${entry("inline.js")});
    for (const given of [null, undefined, "#buy"]) {
      try {
        mount(given, null);
      } catch (error) {
        console.log(error instanceof HavenaskError, error.code, error.message.split(", ").at(-1));
      }
    }`;
  const missing = (what) => `true InvalidArgument not ${what}`;
  assert.deepEqual(printed(program).split("\n"), ["null", "undefined", "string"].map(missing));
});

test("a server may import the form, and require it", () => {
  const program = `
    const { createRequire } = await import("node:module");
    const file = new URL(${entry("form/index.cjs")});
    for (const { mount, init } of [await import(${entry("form/index.js")}), createRequire(file)(file.pathname)]) {
      console.log(typeof mount, typeof init);
    }`;
  assert.equal(printed(program), "function function\nfunction function");
});
