// The review, in the words of the buyer.
export class ReviewPage {
  constructor(page) {
    this.page = page;
    this.heading = page.getByRole("heading", { level: 1, name: "Review your order" });
    this.prepayment = page.getByLabel(/^I agree to be charged/);
    this.another = page.getByLabel(/^The same order was sent before/);
    this.renewal = page.getByLabel(/^I agree that it renews/);
    this.terms = page.getByLabel("I accept the terms.");
    this.buyButton = page.locator("button[aria-busy]");
    this.backButton = page.getByRole("button", { name: "Back to the form" });
    this.checkButton = page.getByRole("button", { name: "Check without buying" });
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
