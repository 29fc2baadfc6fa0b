/** Prints a row of the table: what was measured, what it must reach and whether it does, and its peer beside it. */
export const row = (what, measured, must = "", reached = undefined, beside = "") => {
  const mark = must === "" ? "" : reached ? "reached" : "short";
  console.log([what, measured, must, mark, beside].join("\t"));
};
