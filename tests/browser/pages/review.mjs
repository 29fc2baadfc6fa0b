// The review, in the words of whoever buys.
export class ReviewPage {
  constructor(page) {
    this.page = page;
    this.heading = page.getByRole("heading", { level: 1, name: "Review your order" });
    this.prepayment = page.getByLabel(/^I pay for/);
    this.another = page.getByLabel(/^Exactly this was ordered before/);
    this.renewal = page.getByLabel(/^I let it renew/);
    this.buyButton = page.locator("button[aria-busy]");
    this.backButton = page.getByRole("button", { name: "Back to the form" });
    this.checkButton = page.getByRole("button", { name: "Check first" });
    this.offline = page.getByRole("main").getByText("You are offline. Nothing is sent until the network is back.");
    this.lines = page.locator(".line");
  }

  line(label) {
    return this.lines.filter({ has: this.page.locator("dt", { hasText: label }) });
  }

  async change(label) {
    await this.page.getByRole("button", { name: `Change: ${label}` }).first().click();
  }

  async buy() {
    await this.prepayment.check();
    await this.buyButton.click();
  }
}
