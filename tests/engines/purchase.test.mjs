// The way of an order, from an empty form to the list of instances.
import assert from "node:assert/strict";

import { eventually } from "./support/processes.mjs";
import { inEachEngine, withServers } from "./support/test.mjs";

inEachEngine((test) => {
  test("an order is corrected, reviewed, checked and bought over a reload", ({ screen, form, review, outcome, instances }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      assert.equal(await screen.evaluate(() => document.documentElement.lang), "en");
      await form.size.fill("210");
      await form.addTag("", "search");
      await form.review();
      await form.problems.waitFor();
      assert.equal(await form.problems.isFocused(), true);
      await form.problems.says(/Data size/);
      await form.size.fill("250");
      await form.tagKey(1).fill("team");
      await form.term.selectOption("3 Month");
      await form.autoRenew.check();
      await form.review();
      await review.heading.waitFor();
      await eventually(() => review.heading.isFocused());
      await review.checkButton.click();
      await screen.locator("pre").says(/"searcherdocsize"/);
      assert.deepEqual(await servers.instances(), []);

      await servers.fault({ operation: "CreateInstance", times: 1, fault: "delay", milliseconds: 3_000 });
      await review.renewal.check();
      await review.buy();
      await review.buyButton.says("Buying…");
      await screen.reload();
      await outcome.created.waitFor();
      await outcome.ready.waitFor();
      const bought = await servers.instances();
      assert.deepEqual(bought.map(({ status }) => status), ["READY"]);

      await instances.open();
      const row = instances.row(bought[0].instanceId);
      await row.waitFor();
      await instances.look(bought[0].instanceId).click();
      await instances.fact("Tags").says(/team/);
    }));

  test("a reload before the proxy has answered leaves the form whole", ({ screen, form }) =>
    withServers(async (servers) => {
      await screen.goto(servers.url);
      for (let time = 0; time < 3; time++) await screen.reload();
      await form.shown();
      await form.summary.says(/Region ?China \(Hangzhou\)/);
      assert.equal(await form.region.inputValue(), "cn-hangzhou");
    }));

  test("another language takes the order with it", ({ screen, form, review }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      await form.size.fill("250");
      await form.language.click();
      await eventually(() => screen.evaluate(() => document.documentElement.lang.startsWith("zh")));
      await form.language.says("English");
      assert.equal(await screen.getByLabel("数据量（GB）").inputValue(), "250");
      await form.language.click();
      assert.equal(await form.size.inputValue(), "250");
      await form.review();
      await review.lines.filter({ hasText: /250\s+searcherdocsize/ }).waitFor();
    }));
});
