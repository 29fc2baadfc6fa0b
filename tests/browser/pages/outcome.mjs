// The screen of a purchase's outcome.
export class OutcomePage {
  constructor(page) {
    this.page = page;
    this.created = page.getByRole("heading", { level: 1, name: "Purchase complete" });
    this.refused = page.getByRole("heading", { level: 1, name: "The order was refused" });
    this.unknown = page.getByRole("heading", { level: 1, name: "It may have been bought" });
    this.sendAgain = page.getByRole("button", { name: "Send this order again" });
    this.countdown = page.getByRole("button", { name: /^Send again in \d+ s$/ });
    this.ready = page.getByRole("heading", { name: "The instance is ready" });
    this.steps = page.locator(".step");
    this.announced = page.getByRole("status");
  }

  /** The value of a line. */
  value(label) {
    const line = this.page.locator(".line").filter({ has: this.page.locator("dt", { hasText: label }) });
    return line.locator(".line-value");
  }

  async copy(label) {
    await this.page.getByRole("button", { name: `Copy: ${label}` }).click();
  }
}
