import type * as esm from "./index.js" with { "resolution-mode": "import" };

export type * from "./index.js" with { "resolution-mode": "import" };

declare const init: typeof esm.default;
export default init;
export declare const validate: typeof esm.validate;
export declare const sign: typeof esm.sign;
export declare const signRequest: typeof esm.signRequest;
export declare const verifyRequest: typeof esm.verifyRequest;
export declare const samples: typeof esm.samples;
export declare const version: typeof esm.version;
export declare const initSync: typeof esm.initSync;
export declare const Client: typeof esm.Client;
export type Client = esm.Client;
export declare const HavenaskError: typeof esm.HavenaskError;
export type HavenaskError = esm.HavenaskError;
