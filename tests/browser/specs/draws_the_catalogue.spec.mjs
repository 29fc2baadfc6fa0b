import { expect, test } from "../fixtures/test.mjs";

const options = (select) => select.locator("option").allInnerTexts();

test("each entry of the sample has its control", async ({ page, form }) => {
  await expect(page.getByText("A sample. Of these codes only searcherdocsize is documented")).toBeVisible();
  await expect(form.size).toHaveValue("200");
  await expect(page.getByText("The documented code; the range is a sample.")).toBeVisible();
  for (const number of [form.size, form.dataNodes]) await expect(number).toHaveAttribute("inputmode", "numeric");
  expect(await options(form.querySpec)).toEqual(["4 cores, 8 GB", "8 cores, 16 GB", "16 cores, 32 GB"]);
  await expect(form.querySpec).toHaveValue("4c8g");
  await expect(form.remark).toHaveAttribute("type", "text");
  await expect(form.remark).toHaveValue("");
});

test("a component that depends on another comes and goes with it, and keeps its value", async ({ form, review }) => {
  await form.querySpec.selectOption("16c32g");
  await form.queryNodes.fill("0");
  await expect(form.querySpec).toHaveCount(0);
  await expect(form.summary).not.toContainText("Size of a query node");
  await form.queryNodes.fill("3");
  await expect(form.querySpec).toHaveValue("16c32g");
  await form.queryNodes.fill("0");
  await form.review();
  await expect(review.lines.filter({ hasText: "Data nodes (sample)" })).toHaveCount(1);
  await expect(review.lines.filter({ hasText: "sample-query-spec" })).toHaveCount(0);
});

test("a value that is not offered is refused at its control", async ({ form, purchases }) => {
  for (const [value, message] of [
    ...["210", "2050", "-50", "1e2"].map((value) => [value, "Data size (GB) must be a whole number from 50 to 2000 in steps of 50."]),
    ["", "Enter Data size (GB)."],
  ]) {
    await form.size.fill(value);
    await form.review();
    await expect(form.problems.getByRole("link")).toContainText([message]);
    await form.problems.getByRole("link").click();
    await expect(form.size).toBeFocused();
    await expect(form.size).toHaveAttribute("aria-invalid", "true");
    await expect(await form.problemOf(form.size)).toContainText(message);
  }
  expect(purchases).toEqual([]);
});

test("a text that is left empty is not ordered, and one that is filled in is", async ({ form, review }) => {
  await form.review();
  await expect(review.lines.filter({ hasText: "sample-remark" })).toHaveCount(0);
  await review.backButton.click();
  await form.remark.fill("for the search team");
  await form.review();
  await expect(review.line("Remark (sample)")).toContainText("for the search team sample-remark");
});

test("another code is a row, and is marked as unchecked", async ({ page, form, review, outcome, purchases }) => {
  await form.addComponent("other-code", "7");
  await form.value(1).blur();
  const unchecked = "The component other-code is not in the catalogue, so its value is not checked.";
  await expect(await form.problemOf(form.code(1))).toContainText(unchecked);
  await expect(form.code(1)).not.toHaveAttribute("aria-invalid");
  await form.review();
  await expect(page.getByRole("main")).toContainText(unchecked);
  await review.buy();
  await expect(outcome.created).toBeVisible();
  expect(purchases[0].body.components).toContainEqual({ code: "other-code", value: "7" });
});

test.describe("for a Chinese visitor", () => {
  test.use({ locale: "zh-CN" });

  test("labels, help and refusals are in Chinese", async ({ page, form }) => {
    await expect(page.getByText("示例目录。")).toBeVisible();
    await expect(page.getByText("0 表示单节点实例。")).toBeVisible();
    const size = page.getByLabel("数据量（GB）");
    await size.fill("210");
    await size.blur();
    await expect(await form.problemOf(size)).toContainText("数据量（GB）须为 50 至 2000 之间");
  });
});

test.describe("a catalogue of a team's own", () => {
  const catalog = {
    components: [
      {
        code: "shape",
        label: { en: "Shape", zh: "形态" },
        values: { type: "select", options: ["small", "large"] },
      },
      {
        code: "replicas",
        label: { en: "Replicas", zh: "副本" },
        default: "3",
        values: { type: "number", min: 1, max: 9, step: 2 },
        visibleIf: { code: "shape", is: ["large"] },
      },
    ],
  };
  const files = { "catalog.json": JSON.stringify(catalog) };
  test.use({ settings: { proxyArguments: ["--catalog", "catalog.json"], files } });

  test("takes the place of the sample", async ({ page, form, review, outcome, purchases }) => {
    const shape = page.getByLabel("Shape");
    const replicas = page.getByLabel("Replicas");
    await expect(form.size).toHaveCount(0);
    expect(await options(shape)).toEqual(["", "small", "large"]);
    await expect(replicas).toHaveCount(0);
    await shape.selectOption("large");
    await replicas.fill("4");
    await form.review();
    await expect(form.problems.getByRole("link")).toContainText(["Replicas must be 1, 3, 5, 7 or 9."]);
    await replicas.fill("5");
    await form.review();
    await review.buy();
    await expect(outcome.created).toBeVisible();
    expect(purchases[0].body.components).toEqual([
      { code: "shape", value: "large" },
      { code: "replicas", value: "5" },
    ]);
  });
});
