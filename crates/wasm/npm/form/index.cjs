"use strict";
const esm = require("./index.js");

exports.mount = esm.mount;
exports.init = esm.init;
