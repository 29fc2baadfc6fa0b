/**
 * Writes arguments for the WebAssembly: a tag, and what it holds; `src/decode.rs` reads them. Nothing is trusted: getters may
 * throw, proxies may lie, objects may hold themselves. What cannot be written is named where it stands.
 */

/** The depth to which lists and objects may nest; a request needs three levels. */
const MAX_DEPTH = 16;
/** Values in one call: an object that holds itself several times would have no end. */
const MAX_VALUES = 100_000;
/** Bytes in one call: more would not fit into the memory of the module, several times over. */
const MAX_BYTES = 2 ** 25;

const TOO_LARGE = new RangeError("it is too large");
const UNPAIRED = new RangeError("it holds half of a character: a surrogate without the other one");

const encoder = new TextEncoder();
let bytes = new Uint8Array(16_384);
let view = new DataView(bytes.buffer);
let at = 0;
let left = MAX_VALUES;
let names;

/**
 * Hands the arguments on as one run of bytes, and overwrites it afterwards: there are secrets in it. A getter among the
 * arguments may call this again; what it writes stands behind what is there already.
 */
export const withEncoded = (values, use) => {
  const start = at;
  const outer = left;
  left = MAX_VALUES;
  names = undefined;
  try {
    for (let i = 0; i < values.length; i++) write(values, i, 0);
    return use(bytes.subarray(start, at));
  } finally {
    bytes.fill(0, start, at);
    at = start;
    left = outer;
    names = undefined;
  }
};

const reserve = (length) => {
  if (at + length <= bytes.length) return;
  if (at + length > MAX_BYTES) throw TOO_LARGE;
  const larger = new Uint8Array(Math.max(bytes.length * 2, at + length));
  larger.set(bytes);
  bytes.fill(0);
  bytes = larger;
  view = new DataView(bytes.buffer);
};

const tag = (letter) => {
  reserve(16);
  bytes[at++] = letter;
};

const length = (value) => {
  view.setUint32(at, value, true);
  at += 4;
};

const text = (value) => {
  const units = value.length;
  reserve(units * 3 + 4);
  let end = at + 4;
  for (let i = 0; i < units; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 127) {
      if (/\p{Surrogate}/u.test(value)) {
        // The bytes written so far may be the beginning of a secret.
        bytes.fill(0, at, end);
        throw UNPAIRED;
      }
      end += encoder.encodeInto(i ? value.slice(i) : value, bytes.subarray(end)).written;
      break;
    }
    bytes[end++] = unit;
  }
  view.setUint32(at, end - at - 4, true);
  at = end;
};

const writeError = (message) => {
  tag(33 /* ! */);
  text(message);
};

const write = (holder, key, depth) => {
  const start = at;
  try {
    any(holder[key], depth);
  } catch (error) {
    bytes.fill(0, start, at);
    at = start;
    names = undefined;
    writeError(error === TOO_LARGE || error === UNPAIRED ? error.message : "it cannot be read");
  }
};

const any = (value, depth) => {
  switch (typeof value) {
    case "string":
      tag(115 /* s */);
      return text(value);
    case "number":
      tag(110 /* n */);
      view.setFloat64(at, value, true);
      at += 8;
      return;
    case "boolean":
      return tag(value ? 116 /* t */ : 102 /* f */);
    case "undefined":
      return tag(48 /* 0 */);
    case "bigint":
      if (BigInt.asIntN(64, value) !== value) return tag(78 /* N */);
      tag(105 /* i */);
      view.setBigInt64(at, value, true);
      at += 8;
      return;
    case "object":
      return value === null ? tag(48 /* 0 */) : object(value, depth + 1);
    default:
      return tag(63 /* ? */);
  }
};

const object = (value, depth) => {
  const list = Array.isArray(value);
  if (!list && !isPlain(value)) return writeExotic(value);
  if (depth > MAX_DEPTH) return writeError("it is nested too deeply, or holds itself");
  const keys = list ? value : Object.keys(value);
  const count = keys.length >>> 0;
  left -= count;
  if (left < 0) return writeError("it holds too much, or holds itself");
  if (list) {
    tag(108 /* l */);
    length(count);
    for (let i = 0; i < count; i++) write(value, i, depth);
  } else {
    writeNames(keys);
    for (let i = 0; i < count; i++) write(value, keys[i], depth);
  }
};

/** Writes the names of an object, unless the one before had the same: the items of a list do. */
const writeNames = (keys) => {
  if (names?.length === keys.length && keys.every((key, i) => key === names[i])) return tag(79 /* O */);
  names = keys;
  tag(111 /* o */);
  length(keys.length);
  for (let i = 0; i < keys.length; i++) text(keys[i]);
};

/** Tests for an object of no class: its prototype is `Object.prototype`, of any realm, or none. */
const isPlain = (value) => {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    Object.getPrototypeOf(prototype) === null
  );
};

const writeExotic = (value) => {
  if (ArrayBuffer.isView(value)) {
    const own = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    tag(98 /* b */);
    reserve(own.length + 4);
    length(own.length);
    bytes.set(own, at);
    at += own.length;
    return;
  }
  const milliseconds = time(value);
  if (Number.isNaN(milliseconds)) return tag(63 /* ? */);
  tag(100 /* d */);
  view.setFloat64(at, Math.floor(milliseconds / 1000), true);
  at += 8;
};

/** The time of a `Date` of any realm; of anything else, no number. */
const time = (value) => {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return NaN;
  }
};
