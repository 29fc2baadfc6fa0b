// The views of a console: orders, instances of several regions, and the addresses that lead to them.
import assert from "node:assert/strict";

import { eventually } from "./support/processes.mjs";
import { inEachEngine, withServers } from "./support/test.mjs";

const REGIONS = ["cn-beijing", "eu-central-1"];

inEachEngine((test) => {
  test("an order is found again at its address and in the list, and ordered once more", ({ screen, form, review, outcome, orders }) =>
    withServers(async (servers) => {
      await form.open(servers.url);
      await form.size.fill("250");
      await form.addTag("team", "search");
      // The form is as high as it stays.
      await form.summary.says(/CNY/);
      await form.review();
      await review.buy();
      await outcome.created.waitFor();
      const key = (await outcome.value("Idempotency key").textContent()).trim();
      const address = () => screen.evaluate(() => location.hash);
      assert.equal(await address(), `#orders/${key}`);
      await screen.reload();
      await outcome.created.waitFor();
      await orders.open();
      await eventually(async () => (await orders.rows.count()) === 1);
      await orders.filter.fill("team: search");
      await screen.getByText("Matching: 1 of 1").first().waitFor();
      await orders.filter.fill("nothing like it");
      await screen.getByRole("button", { name: "Clear filter" }).click();
      await eventually(async () => (await orders.filter.inputValue()) === "" && (await orders.filter.isFocused()));
      await screen.back();
      await outcome.created.waitFor();
      await screen.forward();
      await orders.look(orders.rows.first()).click();
      await outcome.created.waitFor();
      await orders.again.click();
      await form.shown();
      assert.equal(await form.size.inputValue(), "250");
      assert.equal(await form.tagValue(1).inputValue(), "search");
      assert.equal(await address(), "#new");
    }));

  test("instances of another region have addresses, and are found by a filter", ({ screen, form, review, outcome, instances }) =>
    withServers(
      async (servers) => {
        await form.open(servers.url);
        await form.region.selectOption(REGIONS[1]);
        await form.summary.says(/Germany \(Frankfurt\)/);
        await form.review();
        await review.lines.filter({ hasText: `Germany (Frankfurt) · ${REGIONS[1]}` }).waitFor();
        await review.buy();
        await outcome.created.waitFor();
        const [{ instanceId: id }] = await servers.instances();
        await screen.goto("about:blank");
        await screen.goto(`${servers.url}/#instances/${id}?region=${REGIONS[1]}`);
        await instances.fact("Zones").says("1");
        await instances.close.click();
        await eventually(() => instances.look(id).isFocused());
        const address = () => screen.evaluate(() => location.hash);
        assert.equal(await address(), `#instances?region=${REGIONS[1]}`);
        await screen.back();
        await instances.fact("Zones").says("1");
        await screen.forward();
        await instances.region(/Beijing/).click();
        await instances.look(id).waitFor();
        assert.equal(await address(), `#instances?region=${REGIONS[0]}`);
        await instances.filter.fill("nothing like it");
        await screen.getByText("Nothing in this list matches the filter.").waitFor();
        assert.equal(await instances.row(id).isVisible(), false);
        await instances.filter.fill(id.toUpperCase());
        await instances.row(id).waitFor();
      },
      { regions: REGIONS },
    ));
});
