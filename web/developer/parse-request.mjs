// Parser of a signed request: raw HTTP, a curl command, or the JSON of a `SignedRequest`.

/** Text that cannot be read. `code` is a text of the page; `detail` is a line's number or an option, never a value. */
export class Unreadable extends Error {
  constructor(code, detail = "") {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** The request, as `verifyRequest` takes it. */
export const parse = (pasted) => {
  const text = pasted.trimStart();
  if (!text) throw new Unreadable("EMPTY");
  if (text.startsWith("{")) return fromJson(text);
  const command = /^(?:\$\s+)?curl\s/.exec(text);
  return command ? fromCurl(words(text.slice(command[0].length))) : fromHttp(text);
};

const fromJson = (text) => {
  let signed;
  try {
    signed = JSON.parse(text);
  } catch {
    throw new Unreadable("NOT_JSON");
  }
  const { method, url, headers, body = "" } = signed;
  const isPair = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((it) => typeof it === "string");
  const isSigned = [method, url, body].every((it) => typeof it === "string") && Array.isArray(headers);
  if (!isSigned || !headers.every(isPair)) throw new Unreadable("NOT_SIGNED_REQUEST");
  return { method, ...target(url, headers), body };
};

const fromHttp = (text) => {
  const [, head, rest] = /^([^]*?)\r?\n\r?\n([^]*)$/.exec(text) ?? [text, text.trimEnd(), ""];
  const [first, ...lines] = head.split(/\r?\n/);
  const [, method, address] = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?\s*$/.exec(first) ?? [];
  if (!method) throw new Unreadable("REQUEST_LINE");
  const headers = lines.map((line, index) => {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (!name) throw new Unreadable("HEADER_LINE", String(index + 2));
    return [name, value];
  });
  return { method, ...target(address, headers), body: withoutLastBreak(rest, headers) };
};

/** A line break at the end comes from copying, unless `content-length` counts it. */
const withoutLastBreak = (body, headers) => {
  const stated = valueOf(headers, "content-length");
  const counted = stated !== undefined && Number(stated) === new TextEncoder().encode(body).length;
  return counted ? body : body.replace(/[\r\n]+$/, "");
};

/** Path, query and headers. A whole address names the host, too. */
const target = (address, headers) => {
  const [, host, path = "/", query = ""] =
    /^(?:https?:\/\/([^/?#\s]+))?(?:(\/[^?#\s]*))?(?:\?([^#\s]*))?(?:#\S*)?$/.exec(address) ?? [];
  if (!host && !address.startsWith("/")) throw new Unreadable("ADDRESS");
  const all = host && valueOf(headers, "host") === undefined ? [["host", host], ...headers] : headers;
  return { path, query: [...new URLSearchParams(query)], headers: all };
};

const valueOf = (headers, wanted) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

const SHORT = { X: "request", H: "header", d: "data", o: "output", m: "max-time", w: "write-out", A: "user-agent" };
const SHORT_FLAGS = { s: "silent", S: "show-error", f: "fail", i: "include", v: "verbose", k: "insecure", L: "location" };
/** Options that change nothing that is signed. */
const FLAGS = [...Object.values(SHORT_FLAGS), "compressed", "fail-with-body", "globoff", "http1.1", "http2", "path-as-is"];
const VALUES = ["output", "max-time", "write-out", "user-agent", "connect-timeout", "retry"];
const DATA = ["data", "data-ascii", "data-binary", "data-raw"];

const fromCurl = (args) => {
  const headers = [];
  const dropped = [];
  const data = [];
  let method;
  let address;
  const option = (name, value) => {
    if (name === "request") method = value;
    else if (name === "url") address = value;
    else if (name === "header") header(value);
    else if (DATA.includes(name)) data.push(name === "data-raw" ? value : inline(value));
  };
  const header = (line) => {
    const [, name, sign, value] = /^([^:;]+)([:;])\s*([^]*?)\s*$/.exec(inline(line)) ?? [];
    if (!name) throw new Unreadable("CURL_HEADER");
    // curl sends `name;` without a value, and leaves `name:` out.
    if (sign === ":" && !value) dropped.push(name.toLowerCase());
    else headers.push([name, value]);
  };
  for (let at = 0; at < args.length; at += 1) {
    const value = (name) => {
      if (at + 1 === args.length) throw new Unreadable("CURL_VALUE", name);
      return args[(at += 1)];
    };
    const arg = args[at];
    if (arg.startsWith("--")) {
      const name = arg.slice(2);
      const takes = ["request", "url", "header", ...DATA, ...VALUES].includes(name);
      if (takes) option(name, value(arg));
      else if (!FLAGS.includes(name)) throw new Unreadable("CURL_OPTION", arg);
    } else if (arg.startsWith("-") && arg.length > 1) {
      const letters = /^-([a-zA-Z]*?)(?:([XHdomwA])([^]*))?$/.exec(arg);
      const unknown = letters ? [...letters[1]].find((letter) => !(letter in SHORT_FLAGS)) : arg[1];
      if (unknown) throw new Unreadable("CURL_OPTION", `-${unknown}`);
      if (letters[2]) option(SHORT[letters[2]], letters[3] || value(`-${letters[2]}`));
    } else {
      address = arg;
    }
  }
  if (address === undefined) throw new Unreadable("CURL_ADDRESS");
  const typed = valueOf(headers, "content-type") !== undefined || dropped.includes("content-type");
  if (data.length && !typed) headers.push(["content-type", "application/x-www-form-urlencoded"]);
  const whole = address.includes("://") ? address : `http://${address}`;
  return { method: method ?? (data.length ? "POST" : "GET"), ...target(whole, headers), body: data.join("&") };
};

const inline = (value) => {
  if (value.startsWith("@")) throw new Unreadable("CURL_FILE");
  return value;
};

const ESCAPES = { n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", e: "\x1b", f: "\f", v: "\v" };
const ANSI = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|([^]))/g;
/** A token of a shell at one place: the end of a word or of the command, a quoted text, a character. */
const TOKEN =
  /(?<skip>\\\r?\n)|(?<space>\s+)|(?<end>[|;&<>])|'(?<plain>[^']*)'|\$'(?<ansi>(?:\\[^]|[^'\\])*)'|"(?<quoted>(?:\\[^]|[^"\\])*)"|(?<open>\$?["'])|\\(?<escaped>[^])|(?<other>[^])/gy;

/** The words of a command, as a shell makes them. */
const words = (command) => {
  const all = [];
  let word;
  for (const { groups: it } of command.matchAll(TOKEN)) {
    if (it.end) break;
    if (it.open) throw new Unreadable("CURL_QUOTE");
    if (it.space) {
      if (word !== undefined) all.push(word);
      word = undefined;
    } else if (!it.skip) {
      word = (word ?? "") + meant(it);
    }
  }
  return word === undefined ? all : [...all, word];
};

const meant = ({ plain, ansi, quoted, escaped, other }) => {
  const unknown = other === "$" || other === "`" || /(?<!\\)(?:\\\\)*[$`]/.test(quoted ?? "");
  // The value of a variable is known to the shell alone.
  if (unknown) throw new Unreadable("CURL_VARIABLE");
  if (ansi !== undefined) {
    const character = (_, byte, unit, letter) =>
      letter ? (ESCAPES[letter] ?? letter) : String.fromCharCode(parseInt(byte ?? unit, 16));
    return ansi.replace(ANSI, character);
  }
  return plain ?? quoted?.replace(/\\(?:\r?\n|(["\\$`]))/g, (_, character = "") => character) ?? escaped ?? other;
};
