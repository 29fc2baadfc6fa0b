// The orders, and one of them.
export class OrdersPage {
  constructor(page) {
    this.page = page;
    this.tab = page.getByRole("link", { name: /^(Orders|订单)$/ });
    this.table = page.getByRole("table", { name: /^(Orders|订单)$/ });
    this.filter = page.getByLabel(/^Filter this list by/);
    this.rows = this.table.getByRole("row").filter({ has: page.getByRole("cell") });
    this.download = page.getByRole("button", { name: "Download as JSON" });
    this.again = page.getByRole("button", { name: "Order the same again" });
    this.more = page.getByRole("button", { name: "Show more" });
  }

  async open() {
    await this.tab.click();
  }

  /** The link to one order. */
  look(row) {
    return row.getByRole("link", { name: /^(Order|订单) / });
  }
}
