// WebKit and Chromium, each behind the WebDriver server that it brings.
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

import { folder, run } from "./processes.mjs";
import { pngOfXwd } from "./xwd.mjs";

/** The name of a command, its method, and its address below the session. */
const COMMANDS = {
  Navigate: ["POST", "/url"],
  Refresh: ["POST", "/refresh"],
  Back: ["POST", "/back"],
  Forward: ["POST", "/forward"],
  ExecuteAsyncScript: ["POST", "/execute/async"],
  PerformActions: ["POST", "/actions"],
  SetWindowRect: ["POST", "/window/rect"],
  DeleteSession: ["DELETE", ""],
};

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function call(method, url, parameters) {
  const body = method === "POST" ? JSON.stringify(parameters ?? {}) : undefined;
  const answer = await fetch(url, { method, body, headers: { "content-type": "application/json" } });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${url}: ${value.error}: ${value.message}`);
  return value;
}

/** Starts a driver, and the browser that these capabilities name. */
async function session(program, capabilities, options) {
  const port = await freePort();
  const driver = run(program, [`--port=${port}`], options);
  const root = `http://127.0.0.1:${port}`;
  await driver.ready(() => call("GET", `${root}/status`));
  const { sessionId } = await call("POST", `${root}/session`, { capabilities: { alwaysMatch: capabilities } });
  const command = async (name, parameters) => {
    const [method, path] = COMMANDS[name];
    return { value: await call(method, `${root}/session/${sessionId}${path}`, parameters) };
  };
  return {
    command,
    ask: (method, path, parameters) => call(method, `${root}/session/${sessionId}${path}`, parameters),
    async stop() {
      await command("DeleteSession").catch(() => {});
      await driver.stop();
    },
  };
}

/** WebKit needs a screen; its own screenshots hang on long pages, those of the X server do not. */
export async function startWebKit() {
  const files = await folder();
  const screen = ["-screen", "0", "1280x900x24", "-nolisten", "tcp", "-fbdir", files.path];
  const xvfb = run("Xvfb", ["-displayfd", "3", ...screen], { pipes: 1 });
  const display = await xvfb.ready(() => /^\d+$/m.exec(xvfb.text)?.[0]);
  // The driver throws away what the browser writes.
  const [log, browser] = ["log", "browser"].map((name) => join(files.path, name));
  const program = process.env.HAVENASK_MINIBROWSER ?? "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
  await writeFile(browser, `#!/bin/sh\nexec "${program}" "$@" 2>"${log}"\n`, { mode: 0o755 });
  const args = ["--automation", "--enable-write-console-messages-to-stdout=true"];
  const options = { "webkitgtk:browserOptions": { binary: browser, args } };
  const env = { DISPLAY: `:${display}`, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" };
  const webkit = await session(process.env.HAVENASK_WEBKIT_DRIVER ?? "WebKitWebDriver", options, { env });
  await webkit.command("SetWindowRect", { x: 0, y: 0, width: 1280, height: 900 });
  let read = 0;
  return {
    command: webkit.command,
    async complaints() {
      const text = await readFile(log, "utf8");
      const written = text.slice(read).split("\n");
      read = text.length;
      return written.filter((line) => /CONSOLE (\w+ )?ERROR/.test(line) && !line.includes("CONSOLE NETWORK"));
    },
    screenshot: async () => pngOfXwd(await readFile(join(files.path, "Xvfb_screen0"))),
    async stop() {
      await webkit.stop();
      await xvfb.stop();
      await files.remove();
    },
  };
}

/** Chromium, with the flags of the tests that Playwright runs. */
export async function startChromium() {
  const { default: config } = await import("../../browser/playwright.config.mjs");
  const { args, executablePath: binary } = config.use.launchOptions;
  const chromium = await session(process.env.CHROMEDRIVER ?? "chromedriver", {
    "goog:chromeOptions": { binary, args: [...args, "--headless", "--window-size=1280,900"] },
    "goog:loggingPrefs": { browser: "SEVERE" },
  });
  return {
    ...chromium,
    async complaints() {
      const entries = await chromium.ask("POST", "/se/log", { type: "browser" });
      return entries.filter(({ source }) => source !== "network").map(({ message }) => message);
    },
    screenshot: async () => Buffer.from(await chromium.ask("GET", "/screenshot"), "base64"),
  };
}
