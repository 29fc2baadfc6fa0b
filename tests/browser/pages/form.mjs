// The form, in the words of its visitor.
import { expect } from "@playwright/test";

export class FormPage {
  constructor(page) {
    this.page = page;
    this.heading = page.getByRole("heading", { level: 1 });
    this.size = page.getByLabel("Data size (GB)");
    this.queryNodes = page.getByLabel("Query nodes (sample)");
    this.querySpec = page.getByLabel("Size of a query node (sample)");
    this.dataNodes = page.getByLabel("Data nodes (sample)");
    this.remark = page.getByLabel("Remark (sample)");
    this.region = page.getByLabel("Region");
    this.term = page.getByLabel("Term", { exact: true });
    this.presets = page.getByLabel("Start with");
    this.undo = page.getByRole("button", { name: "Undo" });
    this.autoRenew = page.getByLabel("Renew automatically");
    this.resourceGroup = page.getByLabel("Resource group ID");
    this.summary = page.getByRole("complementary");
    this.reviewButton = page.getByRole("button", { name: "Review order" });
    this.problems = page.locator("#problems");
    this.clear = page.getByRole("button", { name: "Clear form" });
    this.share = page.getByRole("button", { name: "Copy a link to this draft" });
    this.language = page.getByRole("banner").getByRole("button", { name: /中文|English/ });
  }

  async open(url) {
    await this.page.goto(url);
    await this.shown();
  }

  /** Waits for the form, with what the catalogue sells. */
  async shown() {
    await this.page.locator("#item-0").waitFor();
  }

  /** A tab of the page. */
  tab(name) {
    return this.page.getByRole("navigation").getByRole("link", { name, exact: true });
  }

  code(number) {
    return this.page.getByLabel(`Code of component ${number}`);
  }

  value(number) {
    return this.page.getByLabel(`Value of component ${number}`);
  }

  tagKey(number) {
    return this.page.getByLabel(`Key of tag ${number}`, { exact: true });
  }

  tagValue(number) {
    return this.page.getByLabel(`Value of tag ${number}`, { exact: true });
  }

  async addComponent(code, value) {
    await this.page.getByRole("button", { name: "Add component" }).click();
    const number = await this.page.getByLabel(/^Code of component/).count();
    await this.code(number).fill(code);
    await this.value(number).fill(value);
  }

  /** The texts that are proposed for a control. */
  async proposals(control) {
    const id = await control.getAttribute("list");
    return this.page.locator(`datalist[id="${id}"] option`).evaluateAll((all) => all.map((it) => it.value));
  }

  async addTag(key, value) {
    await this.page.getByRole("button", { name: "Add tag" }).click();
    const number = await this.page.getByLabel(/^Key of tag/).count();
    await this.tagKey(number).fill(key);
    await this.tagValue(number).fill(value);
  }

  /** Fills in what is needed to buy. */
  async fill({ size = "200", resourceGroup } = {}) {
    await this.size.fill(size);
    if (resourceGroup) await this.resourceGroup.fill(resourceGroup);
  }

  async review() {
    await this.reviewButton.click();
  }

  /** The message under a control. */
  async problemOf(control) {
    await expect(control).toHaveAttribute("aria-describedby", /-problem/);
    const ids = (await control.getAttribute("aria-describedby")).split(" ");
    return this.page.locator(`#${ids.find((id) => id.endsWith("-problem"))}`);
  }
}
