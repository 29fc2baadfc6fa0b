/**
 * The purchase form, for pages of others. The import also defines `<havenask-purchase-form>`.
 * @module havenask-instances/form
 */

import type { Catalog, Created, CreateInstanceRequest, Failure, Quote } from "../types.js";

export type { PurchaseFormAttributes } from "./frameworks.js";

/** An instance that is READY, as `GetInstance` tells it. */
export interface ReadyInstance {
  /** Its id. */
  readonly instanceId: string;
  /** `READY`. */
  readonly status?: string | undefined;
  /** Its place in the network. */
  readonly network?:
    | {
        /** The host that answers queries. */
        readonly endpoint?: string | undefined;
      }
    | undefined;
}

/** A step of the form: what it shows. */
export type Step = "form" | "review" | "refused" | "unknown" | "order" | "orders" | "instances" | "developer";

/** Properties of a form. */
export interface FormProps {
  /** The signing proxy; `/`, the server of the page, when it is left out. */
  readonly endpoint?: string | undefined;
  /** Sent to the proxy as `Authorization: Bearer`. */
  readonly token?: string | undefined;
  /** `en` or `zh`, or a tag that begins so; the browser's when it is left out. */
  readonly lang?: string | undefined;
  /** The visitor's choice when it is left out, or what `data-theme` says around the form. */
  readonly theme?: "light" | "dark" | undefined;
  /** The catalogue; that of the proxy when it is left out. */
  readonly catalog?: Catalog | undefined;
  /** The name under which this tab keeps the draft. Two forms in one page need two. */
  readonly name?: string | undefined;
  /** The order to begin with, or its JSON. A draft that this tab has comes first; a change fills the form anew. */
  readonly request?: CreateInstanceRequest | string | undefined;
  /** The region to begin with, where the proxy leaves the choice. */
  readonly region?: string | undefined;
  /** The view to begin with: `new`, `orders`, `orders/KEY`, `instances` or `instances/ID`, also with `?region=REGION`. */
  readonly view?: string | undefined;
  /** The `https` address of your terms, where the proxy has none of its own: the review asks for consent to them, and the purchase is recorded with the address. */
  readonly termsUrl?: string | undefined;
  /** Another step is shown. */
  readonly onStep?: ((step: Step) => void) | undefined;
  /** The instance of the order that is shown is READY. */
  readonly onInstanceReady?: ((instance: ReadyInstance) => void) | undefined;
  /** The form is drawn, or drawn again from a draft. */
  readonly onReady?: (() => void) | undefined;
  /** An instance was bought. */
  readonly onCreated?: ((created: Created) => void) | undefined;
  /** Nothing was bought; with the code `FormNotLoaded`, not even the form is there: it was not loaded, or cannot be drawn. */
  readonly onFailed?: ((failure: Failure) => void) | undefined;
  /** It may have been bought; the form goes on finding out. */
  readonly onUnknown?: ((failure: Failure) => void) | undefined;
  /** The price of the draft, or why there is none. */
  readonly onQuote?: ((quote: Quote) => void) | undefined;
  /** The draft is another. */
  readonly onChange?: ((request: CreateInstanceRequest) => void) | undefined;
}

/** A form in an element. */
export interface MountedForm {
  /**
   * Changes some of what it was given.
   * @param props - what is another now; what is left out stays.
   */
  update(props: FormProps): void;
  /** Takes it away. The draft stays in this tab. */
  unmount(): void;
}

/**
 * Puts a form into an element. The WebAssembly is loaded first; `onReady` says when it is there, `onFailed` when it is not.
 * @param element - the form becomes its last child. It may be of another document: of a frame of the same origin, or of a pop-up.
 * @param props - with `shadow: false`, the form stands in the element itself, where the styles of the page reach it.
 * @throws HavenaskError `InvalidArgument` when there is no element.
 * @example
 * ```js
 * import { mount } from "havenask-instances/form";
 *
 * const form = mount(document.querySelector("#buy"), {
 *   endpoint: "https://proxy.example",
 *   onCreated: ({ instanceId }) => console.log(instanceId),
 * });
 * form.update({ theme: "dark" });
 * ```
 */
export function mount(
  element: Element | DocumentFragment | null | undefined,
  props?: FormProps & {
    /** `false` leaves the shadow root out; chosen once. */
    readonly shadow?: boolean | undefined;
  },
): MountedForm;

/**
 * Loads the WebAssembly of the form ahead of the first mount, or from elsewhere than beside this file.
 * @param source - its address, or what was fetched from there.
 * @throws whatever `fetch` and `WebAssembly` throw; the next call tries again.
 */
export function init(source?: URL | string | Request | Response | Promise<Response>): Promise<unknown>;

/** Details of the element's events: they bubble, out of shadow roots too. */
export interface PurchaseFormEvents {
  /** The form is drawn, or drawn again from a draft. */
  "havenask-ready": CustomEvent<undefined>;
  /** An instance was bought. */
  "havenask-created": CustomEvent<Created>;
  /** Nothing was bought; with the code `FormNotLoaded`, not even the form is there: it was not loaded, or cannot be drawn. */
  "havenask-failed": CustomEvent<Failure>;
  /** It may have been bought; the form goes on finding out. */
  "havenask-unknown": CustomEvent<Failure>;
  /** The price of the draft, or why there is none. */
  "havenask-quote": CustomEvent<Quote>;
  /** Another step is shown. */
  "havenask-step": CustomEvent<Step>;
  /** The instance of the order that is shown is READY. */
  "havenask-instance-ready": CustomEvent<ReadyInstance>;
  /** The draft is another. */
  "havenask-change": CustomEvent<CreateInstanceRequest>;
}

/** `<havenask-purchase-form>`: attributes and properties of one name mean the same. */
export interface PurchaseFormElement extends HTMLElement {
  /** The signing proxy, an attribute. */
  endpoint: string | null;
  /** `light` or `dark`, an attribute. */
  theme: string | null;
  /** The name of the draft, an attribute. */
  name: string | null;
  /** The order to begin with, an attribute with its JSON. An object that is set becomes that. */
  get request(): string | null;
  /** Fills the form with an order. */
  set request(value: CreateInstanceRequest | string | null);
  /** The region to begin with, an attribute. */
  region: string | null;
  /** The view to begin with, an attribute. */
  view: string | null;
  /** The `https` address of your terms, the attribute `terms-url`. */
  termsUrl: string | null;
  /** Sent to the proxy as `Authorization: Bearer`; never an attribute. */
  token: string | undefined;
  /** The catalogue; that of the proxy when it is not set. */
  catalog: Catalog | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "havenask-purchase-form": PurchaseFormElement;
  }
  interface HTMLElementEventMap extends PurchaseFormEvents {}
}
