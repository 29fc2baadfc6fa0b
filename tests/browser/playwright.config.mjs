// The page in a browser, with the real proxy and the emulator behind it.
import { defineConfig } from "@playwright/test";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

export default defineConfig({
  testDir: "specs",
  outputDir: "../../target/browser-tests",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    locale: "en-US",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: process.env.HAVENASK_CHROMIUM ?? "/usr/bin/chromium", args },
    screenshot: "only-on-failure",
    trace: "off",
  },
});
