// Finding elements as a visitor does. `find` runs in the page: it may use nothing from outside.

/** A step that can be sent to the page. */
export const plain = (step) =>
  JSON.parse(JSON.stringify(step, (_, value) => (value instanceof RegExp ? { source: value.source, flags: value.flags } : value)));

/** All elements that the steps lead to, in shadow roots and in frames of the same origin too. */
export function find(steps) {
  const ROLES = {
    alert: "[role=alert]",
    banner: "header",
    button: "button, [role=button]",
    cell: "td",
    complementary: "aside",
    dialog: "dialog, [role=dialog]",
    group: "fieldset, [role=group]",
    heading: "h1, h2, h3, h4, h5, h6",
    link: "a[href]",
    main: "main",
    navigation: "nav",
    region: "section, [role=region]",
    row: "tr",
    status: "[role=status], output",
    table: "table",
  };
  const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const inside = (node) => [node.shadowRoot, node.localName === "iframe" && node.contentDocument].filter(Boolean);
  const within = (scope) => [...scope.querySelectorAll("*")].flatMap((it) => [it, ...inside(it).flatMap(within)]);
  const all = (scope, css) => [...inside(scope), scope].flatMap(within).filter((it) => it.matches(css));
  const matches = (text, wanted, exact) => {
    if (wanted === undefined) return true;
    if (typeof wanted === "object") return new RegExp(wanted.source, wanted.flags).test(squeeze(text));
    const [had, sought] = [squeeze(text), squeeze(wanted)];
    return exact ? had === sought : had.toLowerCase().includes(sought.toLowerCase());
  };
  const stated = (it) => {
    const ids = it.getAttribute("aria-labelledby")?.split(/\s+/);
    return ids?.map((id) => it.getRootNode().getElementById(id)?.textContent).join(" ") ?? it.getAttribute("aria-label");
  };
  const label = (it) => stated(it) ?? [...(it.labels ?? [])].map((one) => one.textContent).join(" ");
  const name = (it) => stated(it) ?? it.querySelector(":scope > legend, :scope > caption")?.textContent ?? it.textContent;
  const holds = (it, text, exact) =>
    matches(it.textContent, text, exact) && ![...it.children].some((child) => matches(child.textContent, text, exact));
  const level = (it, wanted) => wanted === undefined || it.localName === `h${wanted}`;
  const chosen = (list, index) => (index < 0 ? list.slice(index) : list.slice(index, index + 1));
  const lead = (scopes, { css, label: wanted, role, text, exact, has, hasText, nth, ...more }) => {
    const below = (selector) => [...new Set(scopes.flatMap((scope) => all(scope, selector)))];
    if (css) return below(css);
    if (wanted) return below("input, select, textarea, button").filter((it) => matches(label(it), wanted, exact));
    if (role) {
      return below(ROLES[role]).filter((it) => level(it, more.level) && (more.name === undefined || matches(name(it), more.name, exact)));
    }
    if (text) return below("*").filter((it) => holds(it, text, exact));
    if (has) return scopes.filter((scope) => has.reduce(lead, [scope]).length > 0);
    if (hasText) return scopes.filter((scope) => matches(scope.textContent, hasText));
    return nth === undefined ? scopes : chosen(scopes, nth);
  };
  return steps.reduce(lead, [document]);
}
