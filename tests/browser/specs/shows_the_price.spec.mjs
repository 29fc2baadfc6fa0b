import { expect, test } from "../fixtures/test.mjs";

const PRICE = {
  currency: "CNY",
  total: "14814.12",
  original: "20000.00",
  discount: "5185.88",
  unit: "12 Month",
  items: [
    { code: "searcherdocsize", total: "14000.12" },
    { code: "other-module", total: "814.00" },
  ],
};
const REASON = { status: 200, outcome: "not-created", retry: "no" };
const REFUSED = { ...REASON, code: "COMMODITY.INVALID_COMPONENT", message: "The instance component is invalid.", remedy: "Correct its components." };
const NOT_SUPPORTED = { ...REASON, code: "PricingNotSupported", message: "PricingNotSupported", remedy: "See the price on its buy page before you buy." };
const ACCOUNT = { id: "1234567890", arn: "acs:ram::1234567890:assumed-role/buyer/session" };

const priced = (price) => ({ status: "priced", price: { ...PRICE, ...price }, quotedAt: Date.UTC(2026, 10, 28, 9, 5) });
const monthly = (total, more = {}) => priced({ total, original: undefined, discount: undefined, unit: "1 Month", items: [{ code: "searcherdocsize", total }], ...more });

/** The proxy quotes what `answer` gives for an order, and is set to `config`. */
async function quoting(page, answer, config = {}) {
  const asked = [];
  await page.route("**/config.json", (route) =>
    route.fulfill({ json: { region: null, allowPostpay: false, allowAutoRenew: true, pricing: true, test: false, ...config } }),
  );
  await page.route("**/quotes", async (route) => {
    asked.push(route.request().postDataJSON());
    const quote = await answer(asked.length, asked.at(-1));
    await route.fulfill(quote.code ? { status: quote.status, json: quote } : { json: quote });
  });
  return asked;
}

/** The purchases of the page, with their bounds; `refusals` are the answers to the first of them. */
async function bounded(page, refusals = []) {
  const sent = [];
  await page.route("**/openapi/ha3/instances", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const { "havenask-max-price": bound, "idempotency-key": key } = route.request().headers();
    const refusal = refusals[sent.length];
    sent.push({ bound, key });
    if (refusal) return route.fulfill({ status: refusal.status, json: refusal });
    const headers = route.request().headers();
    delete headers["havenask-max-price"];
    await route.continue({ headers });
  });
  return sent;
}

const price = (page) => page.getByRole("region", { name: "Price" });
const total = (page) => price(page).locator("[aria-live=polite]");

test("total, parts, discount, account and end date stand beside the form and above the consent", async ({ page, form, servers, review, outcome, accessible }) => {
  await page.clock.setFixedTime(new Date("2026-01-31T10:00:00Z"));
  const asked = await quoting(page, () => priced(), { account: ACCOUNT, balance: "CNY 100.00" });
  const sent = await bounded(page);
  await form.open(servers.url);
  await form.fill();
  await form.term.selectOption("12 Month");
  await form.autoRenew.check();
  for (const step of ["form", "review"]) {
    if (step === "review") await form.review();
    await expect(total(page)).toHaveText("CNY 14,814.12");
    await expect(price(page)).toContainText("for 12 months, CNY 1,234.51 per month");
    await expect(price(page).getByRole("term").first()).toHaveText("Data size (GB) searcherdocsize");
    await expect(price(page).getByRole("definition")).toHaveText(["CNY 14,000.12", "CNY 814.00", "CNY 20,000.00", "−CNY 5,185.88"]);
    await expect(price(page)).toContainText("Term ends on Jan 31, 2027, if bought today.");
    await expect(price(page)).toContainText("A renewal costs the same, as far as known.");
    await expect(price(page)).toContainText("Quoted at 09:05.");
    await expect(price(page)).toContainText("Account 1234567890, role buyer");
    await expect(price(page)).toContainText("The available balance, CNY 100.00, is below the price.");
    await accessible(step);
  }
  const before = asked.length;
  expect(before).toBeGreaterThan(1);
  await expect(page.getByLabel("I agree to be charged CNY 14,814.12 now, in advance, for 12 months. Account 1234567890, role buyer pays.")).toBeVisible();
  await review.renewal.check();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  await expect(form.summary).toContainText("CNY 14,814.12");
  expect(sent.map(({ bound }) => bound)).toEqual(["CNY 14814.12"]);
});

test("the price is asked for after the last change, and an old answer is dropped", async ({ page, form, servers }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const asked = await quoting(page, async (_, order) => {
    const size = order.components.find(({ code }) => code === "searcherdocsize").value;
    if (size === "250") await held;
    return monthly(size);
  });
  await form.open(servers.url);
  await expect(total(page)).toHaveText("CNY 200.00");
  const first = asked.length;
  await form.size.fill("");
  await expect(total(page)).toHaveText("Complete the order to see its price.");
  await form.size.pressSequentially("250");
  await expect(total(page)).toHaveText("Asking for the price…");
  await expect.poll(() => asked.length).toBe(first + 1);
  await form.size.fill("300");
  await expect(total(page)).toHaveText("CNY 300.00");
  const late = page.waitForResponse((response) => response.url().endsWith("/quotes") && response.request().postData().includes('"250"'));
  release();
  await (await late).finished();
  // By the answer to a later question, the late one has had its chance.
  await form.size.fill("350");
  await expect(total(page)).not.toHaveText("CNY 250.00");
  await expect(total(page)).toHaveText("CNY 350.00");
  // An order with errors has no price, and nobody asks for one.
  expect(asked).toHaveLength(first + 3);
});

test("a price that the network has kept back is asked for again when there is one", async ({ page, context, form, servers }) => {
  await quoting(page, () => monthly("1000"));
  await form.open(servers.url);
  await expect(total(page)).toHaveText("CNY 1,000.00");
  await page.unroute("**/quotes");
  await context.setOffline(true);
  await form.fill({ size: "300" });
  await expect(price(page)).toContainText("The signing proxy cannot be reached");
  const asked = await quoting(page, () => monthly("1500"));
  await context.setOffline(false);
  await expect(total(page)).toHaveText("CNY 1,500.00");
  expect(asked).toHaveLength(1);
  // A price that is there is not asked for again.
  await context.setOffline(true);
  await context.setOffline(false);
  await form.fill({ size: "350" });
  await expect.poll(() => asked.length).toBe(2);
});

test("fees by usage stand beside the total, which is not free", async ({ page, form, servers, review }) => {
  const usage = [{ code: "traffic", price: "0.50", unit: "GB" }];
  await quoting(page, () => monthly("0", { items: [], usage }));
  const sent = await bounded(page);
  await form.open(servers.url);
  await expect(total(page)).toHaveText("CNY 0.00 + fees by usage");
  await expect(price(page).getByRole("definition")).toHaveText("+ CNY 0.50 per GB");
  await form.review();
  await expect(page.getByLabel("Fees by usage come on top.")).toBeVisible();
  await review.buy();
  await expect.poll(() => sent.map(({ bound }) => bound)).toEqual(["CNY 0.00"]);
});

test("a price that has changed needs another consent, and the key stays", async ({ page, form, servers, review, outcome, accessible }) => {
  const changed = { code: "PriceChanged", message: "m", status: 409, remedy: "r", outcome: "not-created", retry: "same-key", quote: monthly("1234.501") };
  await quoting(page, () => monthly("1000"));
  const sent = await bounded(page, [changed]);
  await form.open(servers.url);
  await form.fill();
  await form.review();
  await review.buy();
  const panel = page.getByRole("alert");
  await expect(panel).toContainText("The price has changed, and nothing was bought");
  await expect(panel).toContainText("The price is now CNY 1,234.51. That is CNY 234.51 more than you agreed to.");
  await expect(review.prepayment).toBeFocused();
  await expect(review.prepayment).not.toBeChecked();
  await expect(page.getByLabel("I agree to be charged CNY 1,234.51 now")).toBeVisible();
  await accessible("price changed");
  await review.buyButton.click();
  await expect(page.getByText("Tick this box to buy.")).toBeVisible();
  expect(sent).toHaveLength(1);
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(sent.map(({ bound }) => bound)).toEqual(["CNY 1000.00", "CNY 1234.51"]);
  expect(sent[0].key).toBe(sent[1].key);
});

test("a price that is another one when the review opens takes no consent along", async ({ page, form, servers, review }) => {
  let amount = "1000";
  await quoting(page, () => monthly(amount));
  await form.open(servers.url);
  await expect(total(page)).toHaveText("CNY 1,000.00");
  amount = "2000";
  await form.review();
  await expect(page.getByLabel("I agree to be charged CNY 2,000.00 now")).not.toBeChecked();
});

for (const [name, next, stays] of [
  ["the same price keeps it", monthly("1000"), true],
  ["fees by usage take it", monthly("1000", { usage: [{ code: "traffic", price: "0.50", unit: "GB" }] }), false],
  ["another amount takes it", monthly("1001"), false],
  ["an unknown amount takes it", { status: "not-priced", reason: NOT_SUPPORTED, quotedAt: 0 }, false],
]) {
  test(`a consent is to the price that was shown, when the language changes: ${name}`, async ({ page, form, servers, review }) => {
    let quote = monthly("1000");
    await quoting(page, () => quote);
    await form.open(servers.url);
    await form.review();
    await review.prepayment.check();
    quote = next;
    await form.language.click();
    const consent = page.getByLabel(/^我同意立即预先支付/);
    await expect(consent).toBeVisible();
    await expect(consent).toBeChecked({ checked: stays });
  });
}

test("the consent says what the amount is for, where that is not the term", async ({ page, form, servers }) => {
  await quoting(page, () => monthly("100"));
  await form.open(servers.url);
  await form.fill();
  await form.term.selectOption("3 Month");
  await form.review();
  await expect(page.getByLabel("I agree to be charged CNY 100.00 per 1 Month now, in advance, for 3 months.")).toBeVisible();
});

test("pay as you go has no bound that nobody has agreed to", async ({ page, form, servers, review }) => {
  await quoting(page, () => priced({ total: "0.38", unit: "Hour", items: [], original: undefined, discount: undefined }), { allowPostpay: true });
  const sent = await bounded(page);
  await form.open(servers.url);
  await form.fill();
  await page.getByLabel("Pay-as-you-go").check();
  await expect(total(page)).toHaveText("CNY 0.38");
  await form.review();
  await review.buyButton.click();
  await expect.poll(() => sent.map(({ bound }) => bound)).toEqual([undefined]);
});

test("a price that was not told is asked for again", async ({ page, form, servers }) => {
  let isTold = false;
  await quoting(page, () => (isTold ? monthly("1000") : { status: "not-priced", reason: NOT_SUPPORTED, quotedAt: 0 }));
  await form.open(servers.url);
  await expect(total(page)).toHaveText("Price unknown");
  isTold = true;
  await price(page).getByRole("button", { name: "Ask again" }).click();
  await expect(total(page)).toHaveText("CNY 1,000.00");
});

for (const [code, status, retry] of [
  ["PriceAboveLimit", 403, "no"],
  ["BudgetExceeded", 403, "same-key"],
]) {
  test(`${code} is a refusal with what to do`, async ({ page, form, servers, review, outcome }) => {
    await quoting(page, () => monthly("1000"));
    await bounded(page, [{ code, message: "Too dear.", status, remedy: "Ask the operator.", outcome: "not-created", retry }]);
    await form.open(servers.url);
    await form.fill();
    await form.review();
    await review.buy();
    await expect(outcome.refused).toBeVisible();
    await expect(outcome.value("What to do")).toHaveText("Ask the operator.");
  });
}

for (const [name, answer, words] of [
  ["not supported", { status: "not-priced", reason: NOT_SUPPORTED, quotedAt: 0 }, ["Price unknown", NOT_SUPPORTED.remedy]],
  ["refused", { status: "refused", reason: REFUSED, quotedAt: 0 }, ["Alibaba Cloud refuses to quote this order", REFUSED.message, REFUSED.remedy]],
  ["failing", { ...REASON, code: "TooManyRequests", message: "Too many.", status: 429, remedy: "Wait." }, ["Price unknown", "Too many.", "Wait."]],
]) {
  test(`without a price, ${name}: why, where to look, and consent to an unknown amount`, async ({ page, form, servers, review, outcome, accessible }) => {
    await quoting(page, () => answer);
    const sent = await bounded(page);
    await form.open(servers.url);
    await form.fill();
    await form.review();
    for (const text of words) await expect(price(page)).toContainText(text);
    await expect(page.getByRole("link", { name: "Buy page, pay-as-you-go (new tab)" })).toHaveAttribute("href", /^https:\/\/common-buy-intl\..*opensearch_ha3post_public_cn$/);
    await expect(page.getByRole("link", { name: "Price list (new tab)" })).toHaveAttribute("href", /billing\/$/);
    await accessible(name);
    await expect(page.getByLabel("The amount is unknown.")).toBeVisible();
    await review.buy();
    await expect(outcome.created).toBeVisible();
    expect(sent.map(({ bound }) => bound)).toEqual([undefined]);
  });
}

test("a price that cannot be confirmed needs consent to an unknown amount", async ({ page, form, servers, review, outcome }) => {
  const quote = { status: "not-priced", reason: NOT_SUPPORTED, quotedAt: 0 };
  const unknown = { code: "PriceUnknown", message: "m", status: 409, remedy: "r", outcome: "not-created", retry: "same-key", quote };
  await quoting(page, () => monthly("1000"));
  const sent = await bounded(page, [unknown]);
  await form.open(servers.url);
  await form.fill();
  await form.review();
  await review.buy();
  await expect(page.getByRole("alert")).toContainText("The price could not be confirmed, and nothing was bought");
  await expect(page.getByLabel("The amount is unknown.")).not.toBeChecked();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(sent.map(({ bound }) => bound)).toEqual(["CNY 1000.00", undefined]);
});

for (const config of [{ pricing: undefined, test: undefined }, { pricing: false }]) {
  test(`a proxy that quotes nothing is not asked: ${JSON.stringify(config)}`, async ({ page, form, servers, review, outcome }) => {
    const asked = await quoting(page, () => monthly("1"), config);
    await form.open(servers.url);
    asked.length = 0;
    await expect(price(page)).toContainText("This proxy quotes no price.");
    await form.fill();
    await form.review();
    await expect(page.getByLabel("The amount is unknown.")).toBeVisible();
    await review.buy();
    await expect(outcome.created).toBeVisible();
    expect(asked).toEqual([]);
  });
}

test("at an emulator the page says that nothing is bought", async ({ page, form }) => {
  await expect(price(page)).toContainText("Test environment: nothing is bought");
  await expect(price(page)).toContainText(/Account \d+, user /);
});

test("without a catalogue the form has rows for codes", async ({ page, form, servers, review, outcome, purchases }) => {
  for (const answer of [
    { json: { components: [] } },
    { status: 404, json: { code: "NotFound", message: "m", status: 404, remedy: "r", outcome: "not-created", retry: "no" } },
  ]) {
    await page.route("**/catalog.json", (route) => route.fulfill(answer));
    await page.goto(servers.url);
    await expect(page.getByText("This proxy has no catalogue")).toBeVisible();
    await form.clear.click();
    await expect(form.code(1)).toHaveValue("searcherdocsize");
  }
  await form.value(1).fill("200");
  await form.review();
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases[0].body.components).toEqual([{ code: "searcherdocsize", value: "200" }]);
});

test.describe("in a narrow window", () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });

  test("the price stands in the bar, with its parts below the form, in Chinese", async ({ page, form, servers, accessible }) => {
    await quoting(page, () => priced(), { account: ACCOUNT });
    await form.open(servers.url);
    await page.locator("#duration").selectOption("1 Year");
    await expect(page.locator(".summary-short")).toContainText("CNY 14,814.12");
    const parts = page.getByRole("region", { name: "价格" });
    await expect(parts).toContainText("购买时长：1 年，每月 CNY 1,234.51");
    await expect(parts).toContainText("账号 1234567890，角色 buyer");
    await accessible("narrow form");
    await page.getByRole("button", { name: "确认订单" }).click();
    await expect(page.getByLabel("我同意立即预先支付 CNY 14,814.12，购买时长 1 年。付款方：账号 1234567890，角色 buyer。")).toBeVisible();
    await accessible("narrow review");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
  });
});
