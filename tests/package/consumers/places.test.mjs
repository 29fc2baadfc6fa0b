// The form in documents of others: a page that demands Trusted Types, a frame of the same origin, a pop-up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY, open, serving } from "./support/browser.mjs";
import { CONSUMER, project } from "./support/projects.mjs";

const FORM = { heading: true, styled: true, left: false };
const TRUSTED = `${POLICY}; require-trusted-types-for 'script'; trusted-types 'none'`;

for (const [place, policy] of [
  ["page", POLICY],
  ["page", TRUSTED],
  ["frame", POLICY],
  ["frame", TRUSTED],
  ["pop-up", POLICY],
]) {
  test(`the form in a ${place}, under ${policy.split("; ").at(-1)}`, async () => {
    const folder = await project([...CONSUMER, "page", "places"]);
    const looks = async (url) => {
      // There is no proxy, which the console says.
      const text = await open(`${url}#${place}`, (page) => page.locator("output").textContent(), ["warning"]);
      assert.deepEqual(JSON.parse(text), [FORM, FORM]);
    };
    await serving(folder, looks, policy);
  });
}
