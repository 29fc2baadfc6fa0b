import styles from "./styles.js";

/** The sheet of each document, which takes none of another's. */
const sheets = new WeakMap();

const sheetOf = (document) => {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new document.defaultView.CSSStyleSheet();
    sheet.replaceSync(styles);
    sheets.set(document, sheet);
  }
  return sheet;
};

/** Styles a document or a shadow root; one sheet for all its forms. */
export const adopt = (root) => {
  const { adoptedStyleSheets, ownerDocument } = root;
  const own = ownerDocument ?? root;
  if (!adoptedStyleSheets) return;
  // A sandbox may say that an element is of another document than it is.
  for (const document of new Set([own, globalThis.document])) {
    try {
      const sheet = sheetOf(document);
      if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
      return;
    } catch {
      // The next one.
    }
  }
  if (root.querySelector("style[data-havenask]")) return;
  const style = own.createElement("style");
  style.dataset.havenask = "";
  style.textContent = styles;
  (root.head ?? root).append(style);
};
