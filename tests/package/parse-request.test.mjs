// Requests that are pasted into the view "Developer", and its messages in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse, Unreadable } from "../../web/developer/parse-request.mjs";
import { texts } from "../../web/developer/texts.mjs";
import { credentialsOf, folder, havenask, thrown, vectors } from "./support.mjs";

const post = { method: "POST", path: "/a", query: [], headers: [["host", "h"]], body: "" };
const form = ["content-type", "application/x-www-form-urlencoded"];

const READ = [
  ["GET /a HTTP/1.1\nHost: h", { ...post, method: "GET", headers: [["Host", "h"]] }],
  ["\n  POST /a HTTP/1.1\r\nhost: h\r\n\r\n{\r\n}", { ...post, body: "{\r\n}" }],
  ["POST /a HTTP/2\nhost: h\n\nfirst\n\nsecond\n", { ...post, body: "first\n\nsecond" }],
  ["POST /a\nhost:h", post],
  ["POST /a HTTP/1.1\nhost: h\ncontent-length: 3\n\nab\n", { ...post, headers: [["host", "h"], ["content-length", "3"]], body: "ab\n" }],
  ["POST /a HTTP/1.1\nhost: h\ncontent-length: 2\n\nab\n", { ...post, headers: [["host", "h"], ["content-length", "2"]], body: "ab" }],
  ["POST https://h/a?b=1&c=%2F+d&e HTTP/1.1\n\n", { ...post, query: [["b", "1"], ["c", "/ d"], ["e", ""]] }],
  ["POST http://h HTTP/1.1", { ...post, path: "/" }],
  ["POST /%7Ea/../b HTTP/1.1\nhost: h", { ...post, path: "/%7Ea/../b" }],
  ["POST /a HTTP/1.1\nhost: h\nx: \nx-y:  a: b \t", { ...post, headers: [["host", "h"], ["x", ""], ["x-y", "a: b"]] }],
  ["curl h/a", { ...post, method: "GET" }],
  ["$ curl -XPOST https://h/a", post],
  ["curl https://h/a -d '{\"a\":\"it'\\''s\"}'", { ...post, headers: [["host", "h"], form], body: '{"a":"it\'s"}' }],
  ["curl --url https://h/a --data-raw @x --data-binary y", { ...post, headers: [["host", "h"], form], body: "@x&y" }],
  [
    "curl -sSL -X PUT \\\n  -H 'Host: other' -H \"x-q: \\\"a\\\" b\" -Hcontent-type:text/plain \\\r\n  -H 'Accept:' -H 'x-empty;' --data $'a\\n\\'\\x41\\u00e9' https://h/a | jq .",
    { ...post, method: "PUT", headers: [["Host", "other"], ["x-q", '"a" b'], ["content-type", "text/plain"], ["x-empty", ""]], body: "a\n'Aé" },
  ],
  ["curl --compressed -m 5 -o out https://h/a\\?b=1", { ...post, method: "GET", query: [["b", "1"]] }],
  ['curl https://h/a -d "a\\$b" -H "content-type:"', { ...post, body: "a$b" }],
  ['{"method":"POST","url":"https://h/a","headers":[["host","h"]],"body":"{}"}', { ...post, body: "{}" }],
  ['{"method":"POST","url":"https://h/a?b","headers":[]}', { ...post, query: [["b", ""]] }],
];

test("raw HTTP, curl and JSON are read", () => {
  for (const [pasted, expected] of READ) assert.deepEqual(parse(pasted), expected, pasted);
});

const UNREADABLE = [
  ["", "EMPTY"],
  [" \n", "EMPTY"],
  ["{", "NOT_JSON"],
  ['{"method":"POST"}', "NOT_SIGNED_REQUEST"],
  ['{"method":"POST","url":"https://h/a","headers":{"host":"h"}}', "NOT_SIGNED_REQUEST"],
  ['{"method":"POST","url":"a","headers":[]}', "ADDRESS"],
  ["hello", "REQUEST_LINE"],
  ["post /a HTTP/1.1", "REQUEST_LINE"],
  ["POST a HTTP/1.1", "ADDRESS"],
  ["POST /a HTTP/1.1\nhost: h\n{}", "HEADER_LINE", "3"],
  ["curl -H 'a: b https://h/a", "CURL_QUOTE"],
  ["curl -H \"a: $KEY\" https://h/a", "CURL_VARIABLE"],
  ["curl https://h/$(pwd)", "CURL_VARIABLE"],
  ["curl -d @body.json https://h/a", "CURL_FILE"],
  ["curl -H @headers https://h/a", "CURL_FILE"],
  ["curl -H nothing https://h/a", "CURL_HEADER"],
  ["curl https://h/a -X", "CURL_VALUE", "-X"],
  ["curl --upload-file x https://h/a", "CURL_OPTION", "--upload-file"],
  ["curl -su a:b https://h/a", "CURL_OPTION", "-u"],
  ["curl -X POST", "CURL_ADDRESS"],
];

test("an error of reading says why and where, and repeats no value", () => {
  for (const [pasted, code, detail = ""] of UNREADABLE) {
    const error = thrown(() => parse(pasted));
    assert.ok(error instanceof Unreadable, `${pasted}: ${error}`);
    assert.deepEqual([error.code, error.detail], [code, detail], pasted);
  }
});

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const addressOf = ({ path, query }) => path + (query.raw ? `?${query.raw}` : "");
const WRITTEN = {
  http: (it) => {
    const lines = it.headers.map(([name, value]) => `${name}: ${value}\r\n`);
    return `${it.method} ${addressOf(it)} HTTP/1.1\r\n${lines.join("")}\r\n${it.body}`;
  },
  curl: (it) => {
    const headers = it.headers.map(([name, value]) => `-H ${quoted(value ? `${name}: ${value}` : `${name};`)}`);
    const body = it.body ? [`--data-raw ${quoted(it.body)}`] : [];
    const address = quoted(`https://${it.host}${addressOf(it)}`);
    return ["curl", `-X ${it.method}`, ...headers, ...body, address].join(" \\\n  ");
  },
  json: ({ method, host, headers, body, ...it }) =>
    JSON.stringify({ method, url: `https://${host}${addressOf(it)}`, headers, body }),
};

test("requests of the official SDKs are valid, however they are pasted", () => {
  const supported = vectors.filter(({ name }) => !name.startsWith("v3-sm3"));
  for (const vector of supported) {
    for (const [form, write] of Object.entries(WRITTEN)) {
      const found = havenask.verifyRequest(parse(write(vector)), credentialsOf(vector));
      assert.deepEqual([found.valid, found.reason], [true, undefined], `${vector.name} as ${form}`);
    }
  }
  assert.equal(supported.length, 101);
});

test("every text is there in both languages, and each is said", () => {
  const source = (name) => readFileSync(new URL(`../../web/developer/${name}`, import.meta.url), "utf8");
  const types = readFileSync(join(folder, "types.d.ts"), "utf8");
  const reasons = /export type Reason = (.*);/.exec(types)[1].split(" | ").map((it) => JSON.parse(it));
  const capitals = (source("developer.mjs") + source("parse-request.mjs")).matchAll(/"([A-Z_]{2,})"/g);
  const methods = ["GET", "POST"];
  const said = [...capitals].map(([, name]) => name).filter((name) => !methods.includes(name));
  assert.deepEqual([...new Set([...reasons, ...said])].sort(), Object.keys(texts).sort());
  for (const [name, [en, zh]] of Object.entries(texts)) {
    assert.match(en, /^[\x20-\x7e–—’“”…]+$/, name);
    assert.match(zh, /\p{Script=Han}/u, name);
    assert.equal(en.includes("{detail}"), zh.includes("{detail}"), name);
  }
});
