// The list of instances.
export class InstancesPage {
  constructor(page) {
    this.page = page;
    this.tab = page.getByRole("link", { name: /^(Instances|实例)$/ });
    this.heading = page.getByRole("heading", { level: 1, name: /^(Instances|实例)$/ });
    this.table = page.getByRole("table", { name: /^(Instances|实例)$/ });
    this.rows = this.table.locator("tbody tr");
    this.range = page.locator(".range");
    this.details = page.getByRole("region", { name: /^(Details: |详情：)/ });
    this.detailsTitle = this.details.getByRole("heading", { level: 2 });
    this.close = page.getByRole("link", { name: "Close" });
    this.announced = page.getByRole("status");
  }

  async open() {
    await this.tab.click();
  }

  button(name) {
    return this.page.getByRole("main").getByRole("button", { name, exact: true });
  }

  async search(text) {
    await this.page.getByLabel("Instance ID or part of a description").fill(text);
    await this.button("Search").click();
  }

  /** The field that filters the rows, of this list and of the orders. */
  get filter() {
    return this.page.getByLabel(/^(Filter this (page|list) by|按.+筛选(本页|此列表)$)/);
  }

  /** The rows that the filter leaves. */
  get shown() {
    return this.rows.filter({ visible: true });
  }

  /** The link to the instances of a region. */
  region(name) {
    return this.page.getByRole("navigation", { name: "Region" }).getByRole("link", { name });
  }

  row(id) {
    return this.rows.filter({ has: this.page.getByText(id, { exact: true }) });
  }

  /** The link to all of one instance. */
  look(id) {
    return this.page.getByRole("link", { name: new RegExp(`^(Details: |详情：)${id}$`) });
  }

  /** The value of a fact. */
  fact(label) {
    const line = this.details.locator(".line").filter({ has: this.page.locator("dt", { hasText: label }) });
    return line.locator(".line-value");
  }
}
