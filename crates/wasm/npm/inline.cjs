"use strict";
const esm = require("./inline.js");

// Named one by one, so that `import` in Node and bundlers see the names too.
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = esm.default;
exports.initSync = esm.initSync;
exports.validate = esm.validate;
exports.sign = esm.sign;
exports.signRequest = esm.signRequest;
exports.verifyRequest = esm.verifyRequest;
exports.samples = esm.samples;
exports.version = esm.version;
exports.Client = esm.Client;
exports.HavenaskError = esm.HavenaskError;
