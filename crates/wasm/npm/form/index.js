import start, { mount as draw } from "./havenask-web.js";
import { element } from "./element.js";
import styles from "./styles.js";

let started;
let sheet;

/** Loads the form once, from beside this file unless another place is named. The first mount does it too. */
export const init = (source) => {
  started ??= start(source && { module_or_path: source }).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
};

/** Puts a form into an element. */
export const mount = (parent, props = {}) => {
  if (props.shadow === false) return fill(parent, props);
  const host = document.createElement("div");
  parent.append(host);
  const form = fill(host.attachShadow({ mode: "open" }), props);
  return { ...form, unmount: () => (form.unmount(), host.remove()) };
};

/** A form in a shadow root, or in an element as it is. */
const fill = (parent, given) => {
  const props = { ...given };
  const box = document.createElement("div");
  box.className = "havenask-box";
  parent.append(box);
  // A document says which theme its shadow roots inherit.
  for (const root of new Set([document, box.getRootNode()])) adopt(root);
  let form;
  let gone = false;
  // The form is not entered again while it tells something.
  const tell = (name, detail) => queueMicrotask(() => props[`on${name[0].toUpperCase()}${name.slice(1)}`]?.(detail));
  const redraw = () => {
    form?.free();
    form = draw(box, { ...props, emit: tell });
  };
  const show = () => {
    if (props.theme) box.dataset.theme = props.theme;
    else delete box.dataset.theme;
  };
  show();
  init().then(
    () => {
      if (gone) return;
      redraw();
      tell("ready");
    },
    (error) => gone || (box.append(notice()), tell("failed", notLoaded(error))),
  );
  return {
    update(changed) {
      const before = { ...props };
      Object.assign(props, changed);
      show();
      const differs = (name) => props[name] !== before[name];
      if (!form || gone) return;
      // These two say which draft and whose instances: another form.
      if (differs("endpoint") || differs("name")) return redraw();
      if (differs("lang") && props.lang) form.setLang(props.lang);
      if (differs("token")) form.setToken(props.token);
      if (differs("catalog")) form.setCatalog(props.catalog);
    },
    unmount() {
      if (gone) return;
      gone = true;
      form?.free();
      box.remove();
    },
  };
};

/** One sheet for all forms. */
const adopt = (root) => {
  if (!root.adoptedStyleSheets) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
};

const MESSAGE = "The form could not be loaded. 表单加载失败。";

const notice = () => {
  const notice = document.createElement("div");
  notice.className = "havenask";
  notice.innerHTML = `<p class="panel panel-error" role="alert">${MESSAGE}</p>`;
  return notice;
};

const notLoaded = ({ message }) => ({
  code: "FormNotLoaded",
  message: `${MESSAGE} ${message}`,
  remedy: "Look whether the .wasm of the form is served, and whether the policy of the page has 'wasm-unsafe-eval'.",
  outcome: "not-created",
  status: 0,
});

element(fill);
