import { HavenaskError } from "../error.js";
import { element, handler } from "./element.js";
import start, { mount as draw } from "./havenask-web.js";
import { adopt } from "./sheets.js";

let started;

/** The only place that says where the WebAssembly is. Vite up to 7 moves this file in development, and not what lies beside it. */
const BESIDE = () => new URL("./havenask-web_bg.wasm", import.meta.url).href.replace("/.vite/deps/", "/havenask-instances/form/");

/** Loads the form once, from beside this file unless another place is named. The first mount does it too. */
export const init = (source) => {
  started ??= Promise.resolve()
    .then(() => start({ module_or_path: source ?? BESIDE() }))
    .catch((error) => {
      started = undefined;
      throw error;
    });
  return started;
};

/** Puts a form into an element. */
export const mount = (parent, props) => {
  // Of any realm: an element of a frame is none of this window's.
  if (parent?.nodeType !== 1 && parent?.nodeType !== 11) throw noElement(parent);
  if (props?.shadow === false) return fill(parent, props);
  const host = parent.ownerDocument.createElement("div");
  parent.append(host);
  const form = fill(host.attachShadow({ mode: "open" }), props);
  return { ...form, unmount: () => (form.unmount(), host.remove()) };
};

/** A form in a shadow root, or in an element as it is. */
const fill = (parent, given) => {
  const props = { ...given };
  const box = parent.ownerDocument.createElement("div");
  box.className = "havenask-box";
  parent.append(box);
  // A document says which theme its shadow roots inherit.
  for (const root of new Set([parent.ownerDocument, box.getRootNode()])) adopt(root);
  let form;
  let gone = false;
  // The form is not entered again while it tells something.
  const tell = (name, detail) => queueMicrotask(() => props[handler(name)]?.(detail));
  /** A form that has trapped cannot be freed. */
  const free = () => {
    try {
      form?.free();
    } catch (error) {
      console.error(error);
    }
    form = undefined;
  };
  const redraw = () => {
    free();
    form = draw(box, { ...props, emit: tell });
  };
  const fail = (error, remedy) => {
    if (gone) return;
    box.replaceChildren(notice(box.ownerDocument));
    tell("failed", notLoaded(error, remedy));
  };
  /** Does something to the form, which is there. */
  const change = (act) => {
    try {
      act();
    } catch (error) {
      free();
      fail(error, BROKEN);
    }
  };
  const show = () => {
    if (props.theme) box.dataset.theme = props.theme;
    else delete box.dataset.theme;
  };
  show();
  init().then(
    () => {
      if (gone) return;
      change(() => {
        redraw();
        tell("ready");
      });
    },
    (error) => fail(error, NOT_SERVED),
  );
  return {
    update(changed) {
      const before = { ...props };
      Object.assign(props, changed);
      show();
      const differs = (name) => props[name] !== before[name];
      if (!form || gone) return;
      change(() => {
        // These say which draft, whose instances, where, and under which terms: another form.
        if (["endpoint", "name", "region", "view", "termsUrl"].some(differs)) return redraw();
        if (differs("lang") && props.lang) form.setLang(props.lang);
        if (differs("token")) form.setToken(props.token);
        if (differs("request") && props.request) form.setRequest(props.request);
        if (differs("catalog")) form.setCatalog(props.catalog);
      });
    },
    unmount() {
      if (gone) return;
      gone = true;
      free();
      box.remove();
    },
  };
};

const MESSAGE = "The form could not be loaded. 表单加载失败。";
const NOT_SERVED =
  "Look whether the .wasm of the form is served, and whether the policy of the page has 'wasm-unsafe-eval'. In a bundler that moves this module and not its .wasm, exclude havenask-instances from that, or call init with the address of the .wasm.";
const BROKEN = "Reload the page. If it stays so, report the message.";

/** Without markup: a page may demand Trusted Types. */
const notice = (document) => {
  const notice = document.createElement("div");
  notice.className = "havenask";
  const text = document.createElement("p");
  text.className = "panel panel-error";
  text.part = "panel alert";
  text.setAttribute("role", "alert");
  text.textContent = MESSAGE;
  notice.append(text);
  return notice;
};

const notLoaded = (error, remedy) => ({
  code: "FormNotLoaded",
  message: `${MESSAGE} ${error?.message ?? error}`,
  remedy,
  outcome: "not-created",
  retry: "same-key",
  status: 0,
});

const noElement = (given) =>
  new HavenaskError({
    code: "InvalidArgument",
    message: `element: an element to mount the form in is needed, not ${given === null ? "null" : typeof given}`,
    remedy: "Look whether the selector is right, and mount the form when its element is in the page.",
    outcome: "not-created",
    retry: "no",
    status: 0,
  });

element(fill);
