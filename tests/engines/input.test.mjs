// Input that reaches an order when somebody types, turns the wheel, or has the page translated.
import assert from "node:assert/strict";

import { eventually } from "./support/processes.mjs";
import { inEachEngine, withServers } from "./support/test.mjs";
import { translate } from "./support/translator.mjs";

/** Texts that are no numbers, as a hand that slips or an input method writes them. */
const NO_NUMBERS = ["x1", "1e", "--5", "1,000", "2 00", "٣", "二百", "+", "1.5.2"];

inEachEngine((test) => {
  test("text in a number field that is no number is refused", ({ screen, form, review }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      for (const typed of NO_NUMBERS) {
        await form.size.fill(typed);
        assert.equal(await form.size.inputValue(), typed);
        await screen.press("Tab");
        const id = await form.size.getAttribute("aria-describedby");
        const problem = screen.locator(`#${id.split(" ").find((it) => it.endsWith("-problem"))}`);
        await eventually(async () => (await problem.textContent()).includes("50 to 2000"));
      }
      await form.review();
      await form.problems.waitFor();
      assert.equal(await review.heading.count(), 0);
    }));

  test("the wheel changes no field", ({ screen, form }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      const values = () =>
        screen.locator("input, select").evaluateAll((all) => all.map((it) => [it.id, it.type === "checkbox" ? it.checked : it.value]));
      const before = await values();
      const fields = screen.locator("input:not([type=checkbox]), select");
      for (let index = 0; index < (await fields.count()); index++) {
        const field = fields.nth(index);
        await field.evaluate((it) => it.focus());
        for (const delta of [100, -200]) await field.wheel(delta);
        assert.deepEqual(await values(), before);
      }
    }));

  test("changes on the screen arrive in a page that a browser has translated", ({ screen, form, review, outcome }) =>
    withServers(
      async (servers) => {
        await form.open(servers.url);
        await screen.resize(480, 800);
        await screen.evaluate(translate);
        await form.term.selectOption("12 Year");
        await form.summary.says(/12 years/);
        await form.autoRenew.check();
        await form.summary.says(/renew/i);
        await eventually(async () => !(await form.summary.textContent()).includes("not renewed"));
        await form.addTag("team", "search");
        await form.size.fill("210");
        await form.review();
        await form.problems.says(/50 to 2000/);
        await form.size.fill("250");
        await form.review();
        await review.heading.waitFor();
        await review.lines.filter({ hasText: /250\s+searcherdocsize/ }).waitFor();
        await review.checkButton.click();
        await screen.locator("pre").says(/"searcherdocsize"/);

        await servers.fault({ operation: "CreateInstance", times: 1, fault: "delay", milliseconds: 2_000 });
        await review.renewal.check();
        await review.buy();
        await screen.getByText("Buying…").first().waitFor();
        await outcome.created.waitFor();
        await changes(screen.locator(".elapsed"));
        await outcome.ready.waitFor();

        await screen.getByRole("link", { name: "Buy another instance" }).click();
        await form.size.fill("300");
        await form.review();
        await servers.fault({ operation: "CreateInstance", fault: "throttle", retryAfter: 30_000 });
        if (await review.renewal.count()) await review.renewal.check();
        await review.buy();
        await outcome.countdown.waitFor();
        await changes(outcome.countdown);
        await form.language.click();
        await screen.getByRole("heading", { level: 1, name: /[一-龥]/ }).waitFor();
        await screen.resize(1280, 900);
        assert.ok(await screen.evaluate(() => document.querySelectorAll("font").length > 10));
      },
      { readyAfter: 8 },
    ));
});

/** Waits until the text is another one. */
async function changes(locator) {
  const before = await locator.textContent();
  await eventually(async () => (await locator.textContent()) !== before);
}
