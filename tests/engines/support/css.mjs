// CSS taken apart without an engine: rules with what stands in front of their blocks, their declarations and their rules.

/** A string, what stands in parentheses up to three deep, or a letter: a mark in one of the first two ends nothing. */
const TOKEN = /"(?:\\.|[^"\\])*"|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|./gs;

/** The rules of a text, each `{ prelude, declarations: [[name, value]], rules }`. */
export function parse(text) {
  const rule = (prelude) => ({ prelude, declarations: [], rules: [] });
  const root = rule("");
  const open = [root];
  let piece = "";
  const end = () => {
    const [whole, inside] = [piece.trim(), open.at(-1)];
    piece = "";
    const colon = whole.indexOf(":");
    // `@layer a;` and its like have no block.
    if (whole.startsWith("@")) inside.rules.push(rule(whole));
    else if (whole) inside.declarations.push([whole.slice(0, colon).trim(), whole.slice(colon + 1).trim()]);
  };
  for (const [token] of text.replace(/\/\*.*?\*\//gs, "").matchAll(TOKEN)) {
    if (token === "{") {
      const opened = rule(piece.trim());
      piece = "";
      open.at(-1).rules.push(opened);
      open.push(opened);
    } else if (token === "}") {
      end();
      open.pop();
    } else if (token === ";") {
      end();
    } else {
      piece += token;
    }
  }
  return root.rules;
}

/** All rules, whatever they stand in. */
export const flat = (rules) => rules.flatMap((rule) => [rule, ...flat(rule.rules)]);
