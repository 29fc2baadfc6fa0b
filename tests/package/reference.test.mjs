// The reference of the package, docs/package, is made from its types by TypeDoc, which finds nothing undocumented; the examples in
// them run. `cargo xtask bless` renews it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";
import { printed } from "./support.mjs";

const npm = fileURLToPath(new URL("../../crates/wasm/npm", import.meta.url));
const docs = fileURLToPath(new URL("../../docs/package", import.meta.url));

const options = (out) => ({
  entryPoints: ["index.d.ts", "form/index.d.ts"].map((file) => join(npm, file)),
  tsconfig: fileURLToPath(new URL("reference.tsconfig.json", import.meta.url)),
  plugin: ["typedoc-plugin-markdown"],
  out,
  name: "havenask-instances",
  readme: "none",
  logLevel: "Warn",
  treatWarningsAsErrors: true,
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  intentionallyNotExported: ["Module"],
  excludeExternals: true,
  disableSources: true,
  outputFileStrategy: "modules",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideModifiers: true, hideDefaults: true, hideSources: true },
});

const files = (folder) => readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".md")).sort();

test("the reference is that of the types", async () => {
  const out = mkdtempSync(join(tmpdir(), "havenask-reference-"));
  try {
    const app = await Application.bootstrapWithPlugins(options(out));
    const project = await app.convert();
    assert.ok(project, "the types do not compile");
    app.validate(project);
    await app.generateOutputs(project);
    assert.ok(!app.logger.hasErrors() && !app.logger.hasWarnings(), "TypeDoc has said above what is missing");
    if (process.env.BLESS) {
      rmSync(docs, { recursive: true, force: true });
      cpSync(out, docs, { recursive: true });
    }
    assert.deepEqual(files(docs), files(out));
    for (const file of files(out)) {
      const [committed, made] = [docs, out].map((folder) => readFileSync(join(folder, file), "utf8").split("\n"));
      const line = made.findIndex((text, index) => text !== committed[index]);
      const at = line < 0 && committed.length > made.length ? made.length : line;
      assert.ok(at < 0, `docs/package/${file}:${at + 1} is out of date; run \`cargo xtask bless\`\n- ${committed[at]}\n+ ${made[at]}`);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});

/** The programs of a file of types. */
const examples = (file) =>
  [...readFileSync(join(npm, file), "utf8").matchAll(/^ \* ```js\n(.*?)^ \* ```/gms)].map(([, lines]) => lines.replace(/^ \* ?/gm, ""));

/** The output that an example promises: behind a `console.log`, or in the last lines. */
const said = (program) => {
  const behind = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
  const last = program.match(/(?:^\/\/ .*\n)*$/)[0].split("\n").filter(Boolean);
  return [...behind, ...last.map((line) => line.slice("// ".length))];
};

for (const program of ["index.d.ts", "error.d.ts"].flatMap(examples)) {
  const [, name] = program.match(/import .*?(\w+) }/);
  test(`the example of ${name} prints what it says`, () => {
    const lines = printed(program).split("\n");
    for (const line of said(program)) assert.ok(lines.includes(line), `${line}\n\n${lines.join("\n")}`);
  });
}
