// The view "Developer": a module of its own, with WebAssembly and styles of its own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { inEachEngine, withServers } from "./support/test.mjs";

// Request that the official SDK sent, with keys that are made up.
const { vectors } = JSON.parse(readFileSync(new URL("../vectors/official-sdk.json", import.meta.url), "utf8"));
const vector = vectors.find((it) => it.name === "v3-full-tags-rg--client");
const keys = { keyId: vector.access_key_id, secret: vector.access_key_secret };
const sent = [`${vector.method} ${vector.path} HTTP/1.1`, ...vector.headers.map((it) => it.join(": ")), "", vector.body].join("\n");

const style = (locator, name) => locator.evaluate((it, name) => getComputedStyle(it)[name], name);

inEachEngine((test) => {
  test("an order is shown as code, and a signature is checked", ({ screen, form, developer }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      await form.size.fill("250");
      await screen.getByRole("link", { name: "Developer" }).click();
      await developer.sample.says(/250/);
      await developer.language.selectOption("python");
      await developer.sample.says(/import os/);
      await developer.canonical.says(/\/openapi\/ha3\/instances/);
      // A key press a letter would take minutes.
      await developer.pasted.evaluate((it, text) => {
        it.value = text;
        it.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, sent);
      await developer.keyId.fill(keys.keyId);
      await developer.secret.fill(keys.secret);
      await developer.verify.click();
      await developer.verdict.says(/The signature matches/);
      await developer.secret.fill("another");
      await developer.verify.click();
      await developer.verdict.says(/the secret is wrong/);
    }));

  test("code looks like code", ({ screen, form, developer }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      await screen.getByRole("link", { name: "Developer" }).click();
      await developer.sample.says(/curl/);
      for (const block of [screen.locator("havenask-developer pre").first(), developer.pasted]) {
        assert.match(await style(block, "fontFamily"), /mono/i);
        assert.notEqual(await style(block, "borderTopWidth"), "0px");
      }
      const { lines, rows } = await developer.pasted.evaluate((it) => ({
        lines: it.clientHeight / Number.parseFloat(getComputedStyle(it).lineHeight),
        rows: it.rows,
      }));
      assert.ok(lines >= rows, `a text area of ${rows} rows shows ${lines} lines`);
      assert.ok(rows > 1);
    }));
});
