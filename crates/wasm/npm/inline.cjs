module.exports = require("./inline.js");
