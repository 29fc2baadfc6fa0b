// The page, as its proxy serves it: what a first visit transfers, how soon a key press is answered, and Lighthouse.

import { chromium } from "@playwright/test";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { start } from "../browser/fixtures/servers.mjs";
import { row } from "./row.mjs";

const executablePath = process.env.HAVENASK_CHROMIUM;
const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"];
const COMPONENTS = 200;

const servers = await start();
try {
  await weigh(servers.url);
  await type(servers.url);
  await rate(servers.url);
} finally {
  await servers.stop();
}

/** Bytes that a first visit transfers until the form is there: bodies as they are compressed, and headers. */
async function weigh(url) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    const network = await page.context().newCDPSession(page);
    const [types, bytes] = [new Map(), new Map()];
    network.on("Network.responseReceived", ({ requestId, response }) => types.set(requestId, response.mimeType));
    network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
    await network.send("Network.enable");
    await page.goto(url);
    await page.locator("form").first().waitFor();
    const sum = (pattern) =>
      [...bytes].filter(([id]) => pattern.test(types.get(id))).reduce((sum, [, bytes]) => sum + bytes, 0);
    const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
    row("first view, brotli: WebAssembly", kilobytes(sum(/wasm/)));
    row("… JavaScript", kilobytes(sum(/javascript/)));
    row("… HTML, styles, icon", kilobytes(sum(/html|css|svg/)));
    row("… all of it, with headers", kilobytes(sum(/./)), "≤ 130 kB", sum(/./) <= 130_000);
    row("… requests", String(bytes.size), "≤ 9", bytes.size <= 9);
  } finally {
    await browser.close();
  }
}

/** From a key press to the message that it makes come or go, in an order of many components. */
async function type(url) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const rows = Array.from({ length: COMPONENTS }, (_, index) => `&component=code${index}&value=1`).join("");
    const order = "v=1&region=cn-hangzhou&chargeType=PREPAY&duration=1&pricingCycle=Month&autoRenew=false&resourceGroupId=";
    await page.goto(`${url}/#draft=${summed(order + rows)}`);
    const names = page.locator('input[id^="component-"][id$="-name"]');
    await names.nth(COMPONENTS - 1).waitFor();
    const times = await names.nth(COMPONENTS / 2).evaluate(press);
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    row(`key press to shown validation, ${COMPONENTS} components`, `${median.toFixed(1)} ms`, "≤ 6 ms", median <= 6);
  } finally {
    await browser.close();
  }
}

/** A draft with its checksum, FNV-1a. */
function summed(draft) {
  const fold = (sum, byte) => Math.imul(sum ^ byte, 0x01000193);
  return `${draft}&sum=${Buffer.from(draft).reduce(fold, 0x811c9dc5) >>> 0}`;
}

/** Runs in the page: until the message is laid out, ready for the next frame. */
async function press(input) {
  input.focus();
  input.blur();
  input.focus();
  const times = [];
  for (let index = 0; index < 40; index++) {
    const bad = index % 2 === 0;
    input.value = bad ? "a\u0007b" : "code";
    const start = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while ((input.getAttribute("aria-invalid") === "true") !== bad) {
      if (performance.now() - start > 10_000) throw new Error("no validation is shown");
      await null;
    }
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}

/** Lighthouse, as a phone on a slow network. */
async function rate(url) {
  const chrome = await launch({ chromePath: executablePath, chromeFlags: args });
  try {
    const onlyCategories = ["performance", "accessibility", "best-practices"];
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories, logLevel: "silent" });
    for (const [name, least] of [["performance", 99], ["accessibility", 100], ["best-practices", 100]]) {
      const score = Math.round(lhr.categories[name].score * 100);
      row(`Lighthouse, mobile: ${lhr.categories[name].title.toLowerCase()}`, String(score), `≥ ${least}`, score >= least);
    }
    const { audits } = lhr;
    const seconds = (name) => `${(audits[name].numericValue / 1000).toFixed(1)} s`;
    row("… first contentful paint", seconds("first-contentful-paint"));
    row("… interactive", seconds("interactive"), "≤ 1.8 s", audits.interactive.numericValue <= 1800);
    const shift = audits["cumulative-layout-shift"].numericValue;
    row("… layout shift", shift.toFixed(3), "≤ 0.01", shift <= 0.01);
  } finally {
    chrome.kill();
  }
}
