import type * as esm from "./index.js" with { "resolution-mode": "import" };

export type * from "./index.js" with { "resolution-mode": "import" };

export declare const mount: typeof esm.mount;
export declare const init: typeof esm.init;
