// Changes that translators of browsers make to a page.

/** Runs in the page: puts every text into two elements of its own, and each that comes later. */
export function translate() {
  const wrap = (text) => {
    if (!text.data.trim() || text.parentElement?.closest("font, script, style, textarea, option")) return;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    text.replaceWith(outer);
    outer.append(inner);
    inner.append(text.data);
  };
  const wrapAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return wrap(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.forEach(wrap);
  };
  wrapAll(document.body);
  new MutationObserver((changes) => changes.flatMap(({ addedNodes }) => [...addedNodes]).forEach(wrapAll)).observe(document.body, {
    childList: true,
    subtree: true,
  });
}
