// `<havenask-purchase-form>` in the templates of React 18 and 19, Vue and Svelte. The types of those that are not installed cannot
// be found, and what would be added to them is left out.

// @ts-ignore
import type { DetailedHTMLProps, HTMLAttributes } from "react";
// @ts-ignore
import type { HTMLAttributes as SvelteAttributes } from "svelte/elements";
// @ts-ignore
import type { EmitFn, HTMLAttributes as VueAttributes } from "vue";
import type { Catalog, CreateInstanceRequest } from "../types.js";
import type { PurchaseFormElement, PurchaseFormEvents } from "./index.js";

/** Attributes and properties that a template may set on `<havenask-purchase-form>`. */
export interface PurchaseFormAttributes {
  /** The signing proxy; `/`, the server of the page, when it is left out. */
  endpoint?: string | undefined;
  /** `en` or `zh`, or a tag that begins so; the browser's when it is left out. */
  lang?: string | undefined;
  /** The visitor's choice when it is left out. */
  theme?: "light" | "dark" | undefined;
  /** The name under which this tab keeps the draft. */
  name?: string | undefined;
  /** The order to begin with, or its JSON. */
  request?: CreateInstanceRequest | string | undefined;
  /** The region to begin with. */
  region?: string | undefined;
  /** The view to begin with. */
  view?: string | undefined;
  /** The `https` address of your terms; the attribute is `terms-url`. */
  termsUrl?: string | undefined;
  /** Sent to the proxy as `Authorization: Bearer`. */
  token?: string | undefined;
  /** The catalogue; that of the proxy when it is left out. */
  catalog?: Catalog | undefined;
}

/** `onhavenask-created` in React and Svelte. */
type Handlers = { [Name in keyof PurchaseFormEvents as `on${Name}`]?: ((event: PurchaseFormEvents[Name]) => void) | undefined };

/** `@havenask-created` in Vue. */
type Emitted = { [Name in keyof PurchaseFormEvents]: (event: PurchaseFormEvents[Name]) => void };

type PurchaseFormInReact = DetailedHTMLProps<HTMLAttributes<PurchaseFormElement>, PurchaseFormElement> & PurchaseFormAttributes & Handlers;

declare global {
  namespace JSX {
    interface IntrinsicElements {
      "havenask-purchase-form": PurchaseFormInReact;
    }
  }
}

// @ts-ignore
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "havenask-purchase-form": PurchaseFormInReact;
    }
  }
}

// @ts-ignore
declare module "vue" {
  interface GlobalComponents {
    "havenask-purchase-form": new () => PurchaseFormElement & {
      $props: VueAttributes & PurchaseFormAttributes;
      $emit: EmitFn<Emitted>;
    };
  }
}

// @ts-ignore
declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "havenask-purchase-form": SvelteAttributes<PurchaseFormElement> & PurchaseFormAttributes & Handlers;
  }
}
