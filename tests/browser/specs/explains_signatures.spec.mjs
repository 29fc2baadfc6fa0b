import { readFileSync } from "node:fs";

import { expect, test as base } from "../fixtures/test.mjs";
import { DeveloperPage } from "../pages/developer.mjs";

const test = base.extend({
  /** The form waits at this proxy, with what the catalogue sells. */
  developer: async ({ page, form: _ }, use) => {
    const developer = new DeveloperPage(page);
    await expect(developer.size).toBeVisible();
    await use(developer);
  },
});

// Requests of the official SDK, with keys that are made up.
const { vectors } = JSON.parse(readFileSync(new URL("../../vectors/official-sdk.json", import.meta.url), "utf8"));
const vector = vectors.find((it) => it.name === "v3-full-tags-rg--client");
const keys = { keyId: vector.access_key_id, secret: vector.access_key_secret };
const raw = (body = vector.body) =>
  [`${vector.method} ${vector.path} HTTP/1.1`, ...vector.headers.map((it) => it.join(": ")), "", body].join("\n");

const LANGUAGES = {
  curl: "#!/usr/bin/env bash",
  python: "import os",
  node: "@alicloud/",
  java: "public class",
  go: "package main",
  cli: "aliyun",
  javascript: "havenask-instances",
};

test("the package is loaded when the view is opened, and not before", async ({ page, developer }) => {
  const loaded = [];
  page.on("response", (response) => loaded.push(response));
  await page.reload();
  await expect(developer.size).toBeVisible();
  await page.waitForLoadState("networkidle");
  const ofView = () => loaded.filter((response) => response.url().includes("/developer-") && !response.url().endsWith(".css"));
  expect(ofView()).toEqual([]);
  await developer.open();
  const module = ofView().find((response) => response.url().endsWith("havenask_bg.wasm"));
  expect(module.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(module.headers()["content-encoding"]).toBe("br");
  const count = ofView().length;
  await developer.leave();
  await developer.open();
  expect(ofView()).toHaveLength(count);
});

test("a package that does not load is an error in words", async ({ page, developer }) => {
  await page.route("**/developer-*/*.mjs", (route) => route.abort());
  await page.getByRole("link", { name: "Developer" }).click();
  await expect(page.getByText("This part could not be loaded. Reload the page.")).toBeVisible();
  await expect(developer.sample).toHaveCount(0);
});

test("each sample says what the form says", async ({ page, form, developer }) => {
  await developer.size.fill("731");
  await developer.open();
  for (const [language, mark] of Object.entries(LANGUAGES)) {
    await developer.language.selectOption(language);
    await expect(developer.sample).toContainText(mark);
    await expect(developer.sample).toContainText("731");
  }
  await expect(developer.sample).toContainText("cn-hangzhou");
  const before = await developer.canonical.innerText();
  expect(before).toContain("POST\n/openapi/ha3/instances\n");
  await expect(developer.stringToSign).toContainText("ACS3-HMAC-SHA256");

  await developer.leave();
  await developer.size.fill("642");
  await form.region.selectOption("cn-beijing");
  await developer.open();
  for (const language of Object.keys(LANGUAGES)) {
    await developer.language.selectOption(language);
    await expect(developer.sample).toContainText("642");
    await expect(developer.sample).toContainText("cn-beijing");
    await expect(developer.sample).not.toContainText("731");
  }
  const hash = (canonical) => /x-acs-content-sha256:(\w+)/.exec(canonical)[1];
  expect(hash(await developer.canonical.innerText())).not.toBe(hash(before));

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy: The current order as code" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await developer.sample.textContent());
});

test("a request that breaks a rule is shown with the rule", async ({ form, developer }) => {
  await form.addTag("acs:team", "search");
  await developer.open();
  await expect(developer.sample).toContainText("openapi/ha3/instances");
  await expect(developer.problems.getByRole("listitem")).toContainText("acs:");
});

test("requests of the official SDK are valid with its keys; a byte or a secret more is told apart", async ({ developer }) => {
  await developer.open();
  await developer.check(raw(), keys);
  await expect(developer.verdict).toContainText("The signature matches");
  expect(await developer.computedCanonical.textContent()).toBe(vector.canonical_request);
  expect(await developer.computedString.textContent()).toBe(vector.string_to_sign);

  await developer.check(raw(vector.body.replace("{", "[")), keys);
  await expect(developer.verdict).toContainText("x-acs-content-sha256 is not the hash of this body");

  await developer.check(raw(), { ...keys, secret: `${keys.secret}x` });
  await expect(developer.verdict).toContainText("the secret is wrong, or your program signs another text");
  expect(await developer.computedString.textContent()).toBe(vector.string_to_sign);

  await developer.check(raw(), { ...keys, keyId: "another" });
  await expect(developer.verdict).toContainText("another AccessKey ID");
  await expect(developer.computedString).not.toHaveText(vector.string_to_sign);
});

test("a request that cannot be read is named, and stays where it was pasted", async ({ page, developer }) => {
  await developer.open();
  await developer.check("curl -d @body.json https://host/", keys);
  await expect(developer.verdict).toContainText("reads a file");
  await expect(developer.pasted).toHaveValue("curl -d @body.json https://host/");
  await developer.switch.click();
  await expect(page.getByRole("heading", { name: "无法读取请求" })).toBeVisible();
  await expect(page.getByLabel("已签名的请求")).toHaveValue("curl -d @body.json https://host/");
  await developer.switch.click();
  await developer.pasted.fill(raw());
  await expect(page.getByText("The request could not be read")).toHaveCount(0);
  await developer.secret.press("Enter");
  await expect(developer.verdict).toContainText("The signature matches");
});

test("the secret leaves no trace", async ({ page, developer }) => {
  const sent = [];
  page.on("request", (request) => sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? ""));
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  const secret = "a-secret-like-no-other";
  await developer.open();
  await developer.token.fill(`${secret}-token`);
  await developer.check(raw(), { ...keys, secret });
  await expect(developer.verdict).toBeVisible();
  const field = await developer.secret.elementHandle();
  await developer.leave();
  expect(await field.evaluate((input) => input.value)).toBe("");
  const left = () =>
    page.evaluate(() => {
      const values = [...document.querySelectorAll("input, textarea")].map((control) => control.value);
      const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
      return [document.documentElement.outerHTML, ...values, ...stores, location.href, document.cookie].join();
    });
  expect(await left()).not.toContain(secret);
  await developer.open();
  await expect(developer.secret).toHaveValue("");
  expect(await left()).not.toContain(secret);
  expect([...sent, ...said].join()).not.toContain(secret);
});

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });

      test("axe finds nothing, and nothing is wider than the window", async ({ page, form: _, accessible }) => {
        const fits = async () => {
          await page.setViewportSize({ width: 320, height: 640 });
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
          await page.setViewportSize({ width: 1280, height: 900 });
        };
        await page.locator(".tab").nth(3).click();
        await expect(page.locator("#developer-sample")).not.toBeEmpty();
        await accessible("samples");
        await fits();
        for (const [name, body] of [["valid", vector.body], ["not valid", "{}"]]) {
          await page.locator("#developer-pasted").fill(raw(body));
          await page.locator("#developer-key-id").fill(keys.keyId);
          await page.locator("#developer-secret").fill(keys.secret);
          await page.locator("#developer-secret").press("Enter");
          await expect(page.locator("#developer-computed-string")).toBeVisible();
          await accessible(name);
          await fits();
        }
      });
    });
  }
}
