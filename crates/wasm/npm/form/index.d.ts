import type { Catalog, Created, CreateInstanceRequest, Failure } from "../types.js";

/** What a form is given. */
export interface FormProps {
  /** The signing proxy; `/`, the server of the page, when it is left out. */
  readonly endpoint?: string | undefined;
  /** Sent to the proxy as `Authorization: Bearer`. */
  readonly token?: string | undefined;
  /** `en` or `zh`, or a tag that begins so; the browser's when it is left out. */
  readonly lang?: string | undefined;
  /** The visitor's choice when it is left out, or what `data-theme` says around the form. */
  readonly theme?: "light" | "dark" | undefined;
  /** What is sold; what the proxy sells when it is left out. */
  readonly catalog?: Catalog | undefined;
  /** The name under which this tab keeps the draft. Two forms in one page need two. */
  readonly name?: string | undefined;
  /** The form is drawn, or drawn again from a draft. */
  readonly onReady?: (() => void) | undefined;
  /** An instance was bought. */
  readonly onCreated?: ((created: Created) => void) | undefined;
  /** Nothing was bought; with the code `FormNotLoaded`, not even the form is there. */
  readonly onFailed?: ((failure: Failure) => void) | undefined;
  /** It may have been bought; the form goes on finding out. */
  readonly onUnknown?: ((failure: Failure) => void) | undefined;
  /** The draft is another. */
  readonly onChange?: ((request: CreateInstanceRequest) => void) | undefined;
}

/** A form in an element. */
export interface MountedForm {
  /** Changes some of what it was given. */
  update(props: FormProps): void;
  /** Takes it away. The draft stays in this tab. */
  unmount(): void;
}

/**
 * Puts a form into an element.
 * @param props - with `shadow: false`, the form stands in the element itself, where the styles of the page reach it.
 */
export function mount(element: Element, props?: FormProps & { readonly shadow?: boolean | undefined }): MountedForm;

/**
 * Loads the WebAssembly of the form ahead of the first mount, or from elsewhere than beside this file.
 * @param source - its address, or what was fetched from there.
 */
export function init(source?: URL | string | Request | Response | Promise<Response>): Promise<unknown>;

/** What the events of the element carry. */
export interface PurchaseFormEvents {
  "havenask-ready": CustomEvent<undefined>;
  "havenask-created": CustomEvent<Created>;
  "havenask-failed": CustomEvent<Failure>;
  "havenask-unknown": CustomEvent<Failure>;
  "havenask-change": CustomEvent<CreateInstanceRequest>;
}

/** `<havenask-purchase-form>`: attributes and properties of one name mean the same. */
export interface PurchaseFormElement extends HTMLElement {
  endpoint: string | null;
  theme: string | null;
  name: string | null;
  token: string | undefined;
  catalog: Catalog | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "havenask-purchase-form": PurchaseFormElement;
  }
  interface HTMLElementEventMap extends PurchaseFormEvents {}
}
