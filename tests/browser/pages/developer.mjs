// The view "Developer", in the words of who reads it.
import { expect } from "@playwright/test";

export class DeveloperPage {
  constructor(page) {
    this.page = page;
    /** A control of the form. */
    this.size = page.getByLabel("Data size (GB)");
    this.switch = page.getByRole("banner").getByRole("button", { name: /中文|English/ });
    this.language = page.getByLabel("Language", { exact: true });
    this.sample = page.getByRole("group", { name: "The current order as code" });
    this.problems = page.locator("#developer-problems");
    this.canonical = page.getByRole("group", { name: "Canonical request" }).first();
    this.stringToSign = page.getByRole("group", { name: "String to sign" }).first();
    this.pasted = page.getByLabel("Signed request");
    this.keyId = page.getByLabel("AccessKey ID");
    this.secret = page.getByLabel("AccessKey secret");
    this.token = page.getByLabel(/^STS token/);
    this.verify = page.getByRole("button", { name: "Check the signature" });
    this.verdict = page.getByRole("status").filter({ has: page.getByRole("heading") });
    this.computedCanonical = page.getByRole("group", { name: "Canonical request" }).last();
    this.computedString = page.getByRole("group", { name: "String to sign" }).last();
  }

  async open() {
    await this.page.getByRole("link", { name: "Developer" }).click();
    await expect(this.sample).not.toBeEmpty();
  }

  async leave() {
    await this.page.getByRole("link", { name: "New order", exact: true }).click();
    await expect(this.sample).toHaveCount(0);
  }

  async check(pasted, { keyId, secret }) {
    await this.pasted.fill(pasted);
    await this.keyId.fill(keyId);
    await this.secret.fill(secret);
    await this.verify.click();
  }
}
