// Firefox, over the protocol that geckodriver translates WebDriver into: a length, a colon, and a command as JSON.
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";

import { folder, run } from "./processes.mjs";

const PREFERENCES = {
  "marionette.port": 0,
  "devtools.console.stdout.content": true,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
};

/** Errors of pages, and what a page's policy forbids, of all that the browser has written into its console. */
const COMPLAINTS = `
  const found = Services.console.getMessageArray().flatMap((message) => {
    try {
      const { category, errorMessage, sourceName, flags } = message.QueryInterface(Ci.nsIScriptError);
      const isOurs = category.startsWith("CSP") || category === "content javascript";
      return isOurs && !(flags & Ci.nsIScriptError.infoFlag) ? [errorMessage + " (" + sourceName + ")"] : [];
    } catch {
      return [];
    }
  });
  Services.console.reset();
  return found;
`;

/** Starts it: commands are those of WebDriver. */
export async function startFirefox() {
  const profile = await folder();
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});\n`);
  await writeFile(join(profile.path, "user.js"), lines.join(""));
  const args = ["--marionette", "--remote-allow-system-access", "--headless", "--no-remote", "--profile", profile.path];
  const firefox = run(process.env.HAVENASK_FIREFOX ?? "firefox-esr", args);
  const port = await firefox.ready(async () => Number(await readFile(join(profile.path, "MarionetteActivePort"), "utf8")));
  const wire = await Wire.open(port);
  const command = (name, parameters) => wire.send(`WebDriver:${name}`, parameters);
  await command("NewSession", { capabilities: {} });
  let read = 0;
  return {
    command,
    async complaints() {
      await wire.send("Marionette:SetContext", { value: "chrome" });
      const { value } = await command("ExecuteScript", { script: COMPLAINTS, args: [], sandbox: null });
      await wire.send("Marionette:SetContext", { value: "content" });
      const written = firefox.text.slice(read);
      read = firefox.text.length;
      return [...value, ...written.split("\n").filter((line) => line.startsWith("console.error:"))];
    },
    screenshot: async () => Buffer.from((await command("TakeScreenshot", { full: false })).value, "base64"),
    async stop() {
      wire.close();
      await firefox.stop();
      await profile.remove();
    },
  };
}

class Wire {
  static async open(port) {
    const wire = new Wire();
    wire.socket = connect(port, "127.0.0.1");
    wire.socket.on("data", (data) => wire.receive(data));
    await once(wire.socket, "connect");
    return wire;
  }

  received = Buffer.alloc(0);
  pending = new Map();
  last = 0;

  send(name, parameters = {}) {
    const id = ++this.last;
    const text = JSON.stringify([0, id, name, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject, name }));
  }

  receive(data) {
    this.received = Buffer.concat([this.received, data]);
    for (;;) {
      const colon = this.received.indexOf(":");
      const end = colon + 1 + Number(this.received.subarray(0, colon));
      if (colon < 0 || this.received.length < end) return;
      this.answer(JSON.parse(this.received.subarray(colon + 1, end)));
      this.received = this.received.subarray(end);
    }
  }

  answer(message) {
    // The first one is a greeting, and answers nothing.
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message;
    const { resolve, reject, name } = this.pending.get(id) ?? {};
    this.pending.delete(id);
    if (error) reject?.(new Error(`${name}: ${error.error}: ${error.message}`));
    else resolve?.(result);
  }

  close() {
    this.socket.destroy();
  }
}
