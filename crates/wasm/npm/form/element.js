const NAME = "havenask-purchase-form";
const ATTRIBUTES = ["endpoint", "lang", "theme", "name", "region", "request", "view", "terms-url"];
const PROPERTIES = ["token", "catalog"];
const EVENTS = ["created", "failed", "unknown", "quote", "change", "step", "instance-ready", "ready"];

/** The name of a property: `termsUrl` for the attribute `terms-url`. */
const property = (name) => name.replace(/-./g, (it) => it[1].toUpperCase());

/** The name of the property for an event: `onInstanceReady` for `instance-ready`. */
export const handler = (event) => property(`on-${event}`);

/** Defines the element, where there are elements: on a server there are none. */
export const element = (fill) => {
  if (!globalThis.customElements || customElements.get(NAME)) return;

  class PurchaseForm extends HTMLElement {
    static observedAttributes = ATTRIBUTES;
    #given = {};
    #form;

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
    }

    connectedCallback() {
      // Properties that were set before the element was defined hide those of its class.
      for (const name of [...ATTRIBUTES.map(property), ...PROPERTIES].filter((name) => Object.hasOwn(this, name))) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
      const handlers = EVENTS.map((name) => [
        handler(name),
        (detail) => this.dispatchEvent(new CustomEvent(`havenask-${name}`, { detail, bubbles: true, composed: true })),
      ]);
      const attributes = ATTRIBUTES.map((name) => [property(name), this.getAttribute(name) ?? undefined]);
      this.#form = fill(this.shadowRoot, { ...Object.fromEntries([...attributes, ...handlers]), ...this.#given });
    }

    disconnectedCallback() {
      this.#form?.unmount();
      this.#form = undefined;
    }

    attributeChangedCallback(name, _, value) {
      this.#form?.update({ [property(name)]: value ?? undefined });
    }

    static {
      for (const name of ATTRIBUTES.filter((name) => name !== "lang")) {
        Object.defineProperty(this.prototype, property(name), {
          get() {
            return this.getAttribute(name);
          },
          set(value) {
            if (value == null) this.removeAttribute(name);
            else this.setAttribute(name, typeof value === "object" ? JSON.stringify(value) : value);
          },
        });
      }
      for (const name of PROPERTIES) {
        Object.defineProperty(this.prototype, name, {
          get() {
            return this.#given[name];
          },
          set(value) {
            this.#given[name] = value;
            this.#form?.update({ [name]: value });
          },
        });
      }
    }
  }

  customElements.define(NAME, PurchaseForm);
};
