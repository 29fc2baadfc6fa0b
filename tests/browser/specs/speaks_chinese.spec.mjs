import { expect, test } from "../fixtures/test.mjs";

test("the switch changes the language and keeps what was filled in", async ({ page, form }) => {
  await form.fill({ size: "250" });
  await form.addTag("团队", "搜索");
  await form.term.selectOption("1 Year");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await form.language.click();
  await expect(form.language).toBeFocused();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page).toHaveTitle("购买 Havenask 实例 – OpenSearch Havenask");
  await expect(page.getByLabel("数据量（GB）")).toHaveValue("250");
  await expect(page.getByLabel("标签 1 的键")).toHaveValue("团队");
  await expect(page.getByLabel("购买时长")).toHaveValue("1 Year");
  await expect(form.summary).toContainText("1 年，预付费");
});

test.describe("for a Chinese visitor", () => {
  test.use({ locale: "zh-CN" });

  test("everything is in Chinese, from the form to the instance", async ({ page, form, purchases }) => {
    await expect(form.heading).toHaveText("购买 Havenask 实例");
    await page.getByLabel("数据量（GB）").fill("10");
    await page.getByRole("button", { name: "确认订单" }).click();
    await expect(form.problems).toContainText("存在问题");
    await expect(form.problems).toContainText("数据量（GB）须为 50 至 2000 之间");
    await expect(page).toHaveTitle(/^错误：/);
    await page.getByLabel("数据量（GB）").fill("200");
    await page.getByLabel("自动续费").check();
    await page.getByRole("button", { name: "确认订单" }).click();
    await expect(form.heading).toHaveText("确认订单");
    await page.getByLabel(/^我同意立即预先支付 CNY [\d,.]+，购买时长 1 个月。付款方：账号 \d+，用户 [\w-]+。$/).check();
    await page.getByLabel("我同意自动续费，并在每次续费时扣款。").check();
    await page.getByRole("main").getByRole("button", { name: "购买", exact: true }).click();
    await expect(form.heading).toHaveText("购买成功");
    await expect(page.getByRole("heading", { name: "实例已就绪" })).toBeVisible();
    const left = await page.getByRole("main").innerText();
    // Texts that stay: names of the product, of statuses and components, of the time zone, and ids.
    const words = left.match(/[A-Za-z]{3,}/g).filter((word) => !/^(OpenSearch|Havenask|JSON|CNY|UTC|INIT|CONFIG|UPDATING|READY|searcherdocsize|sample|query|nodes|spec|data|PREPAY)$/.test(word));
    expect(purchases).toHaveLength(1);
    const ids = [purchases[0].key, ...left.match(/ha-cn-\S+|[0-9A-F-]{36}/g)].join(" ");
    expect(words.filter((word) => !ids.includes(word))).toEqual([]);
  });
});
