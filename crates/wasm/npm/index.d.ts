/**
 * Build, check and sign `CreateInstance` of Alibaba Cloud OpenSearch Havenask. `havenask-instances/inline` has the same.
 * @module havenask-instances
 */

import type {
  ClientOptions,
  Created,
  CreateInstanceRequest,
  Credentials,
  DryRun,
  ErrorCode,
  Problem,
  PurchaseOptions,
  Quote,
  QuoteOptions,
  RequestInput,
  SamplesOptions,
  SignedRequest,
  SignOptions,
  SignRequestOptions,
  ValidateOptions,
  Verification,
} from "./types.js";

export type * from "./types.js";
export { HavenaskError } from "./error.js";

/** Where the `.wasm` is, or what was fetched from there, or its bytes, or the compiled `WebAssembly.Module`. */
export type Source = URL | string | Request | Response | ArrayBuffer | ArrayBufferView | Module;

// The types of Node know no WebAssembly, and a program for Node may have no others.
type Module = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : object;

/**
 * Loads the WebAssembly. A page needs it before anything else; Node, Deno, Bun, Cloudflare and `havenask-instances/inline` start
 * by themselves. Calling it again waits for the first call; after a failure it tries again.
 * @param source - the `.wasm` beside this file when it is left out.
 * @throws whatever `fetch` and `WebAssembly` throw, when there is no module at that address or the page forbids it.
 * @example
 * ```js
 * import init, { version } from "havenask-instances";
 *
 * await init();
 * console.log(version());
 * ```
 */
export default function init(source?: Source | Promise<Source>): Promise<void>;

/**
 * The same at once, with what is compiled or loaded already: in a worker that was sent the module.
 * @param module - the `WebAssembly.Module`, or its bytes; needed in a page and a worker, elsewhere the package has it.
 * @throws HavenaskError `NotInitialized` when there is no module.
 */
export function initSync(module?: ArrayBuffer | ArrayBufferView | Module): void;

/**
 * Says everything that is wrong with a request, and what is suspicious in it, sorted by path.
 * @param request - of any shape: what it is not is one of the problems.
 * @param options - how strictly to look, with which catalogue, in which language.
 * @returns the problems; none of the severity `error` means that it may be bought.
 * @throws HavenaskError `InvalidArgument` for what cannot be looked at, since it throws or holds itself, and when the options
 * are not what they should be.
 * @example
 * ```js
 * import { validate } from "havenask-instances";
 *
 * for (const { path, severity, message } of validate({ chargeType: "PREPAY", order: { duration: 29, pricingCycle: "Month" } })) {
 *   console.log(severity, path, message);
 * }
 * // warning /components Add the components that the buy page shows.
 * // error /order/duration A duration of 29 is not offered. Choose 1 to 10, or 12.
 * ```
 */
export function validate(request: unknown, options?: ValidateOptions): Problem[];

/**
 * Signs `CreateInstance`. The request is not validated: `validate` does that.
 * @param request - the body of `CreateInstance`.
 * @param options - the keys, and a region or an endpoint.
 * @returns all that `fetch` needs to send it, and each stage of the signature. Sending it buys.
 * @throws HavenaskError `InvalidRequest` with `problems` when the request is not of the form that the API has,
 * `InvalidArgument` when an option is not what it should be.
 * @example
 * ```js
 * import { sign } from "havenask-instances";
 *
 * const request = {
 *   chargeType: "PREPAY",
 *   components: [{ code: "searcherdocsize", value: "200" }],
 *   order: { duration: 1, pricingCycle: "Month", autoRenew: false },
 * };
 * const credentials = { accessKeyId: "STS.example", accessKeySecret: "secret", securityToken: "token" };
 * const { url, headers, body, canonicalRequest, stringToSign } = sign(request, { credentials, region: "cn-hangzhou" });
 * console.log(url); // https://searchengine.cn-hangzhou.aliyuncs.com/openapi/ha3/instances
 * ```
 */
export function sign(request: CreateInstanceRequest, options: SignOptions): SignedRequest;

/**
 * Signs any request to a ROA-style API of Alibaba Cloud. Headers that the signature needs and that are not given are added:
 * host, date, nonce, body hash, STS token.
 * @typeParam Body - the body comes back as it was given: a text or bytes.
 * @param request - what is sent; `x-acs-action` and `x-acs-version` of the API stand in its headers.
 * @param credentials - the keys.
 * @param options - the algorithm and, for V3, the headers that are signed.
 * @throws HavenaskError `InvalidArgument` when an argument is not what it should be.
 * @example
 * ```js
 * import { signRequest } from "havenask-instances";
 *
 * const { headers, signature } = signRequest(
 *   {
 *     method: "GET",
 *     host: "searchengine.cn-hangzhou.aliyuncs.com",
 *     path: "/openapi/ha3/instances",
 *     query: [["pageSize", "50"]],
 *     headers: [["x-acs-action", "ListInstances"], ["x-acs-version", "2021-10-25"]],
 *   },
 *   { accessKeyId: "id", accessKeySecret: "secret" },
 * );
 * console.log(signature.length); // 64
 * ```
 */
export function signRequest<Body extends string | Uint8Array = string>(
  request: RequestInput & {
    /** The body. */
    readonly body?: Body;
  },
  credentials: Credentials,
  options?: SignRequestOptions,
): Omit<SignedRequest, "body"> & {
  /** The body, as it was given. */
  readonly body: Body;
};

/**
 * Looks whether a request is signed with these credentials, as the cloud would, and if not, says why not. Neither date nor
 * nonce is judged.
 * @param request - as it came over the wire.
 * @param credentials - the keys that it should be signed with.
 * @throws HavenaskError `InvalidArgument` when an argument is not what it should be.
 * @example
 * ```js
 * import { signRequest, verifyRequest } from "havenask-instances";
 *
 * const keys = { accessKeyId: "id", accessKeySecret: "secret" };
 * const request = { method: "GET", host: "searchengine.cn-hangzhou.aliyuncs.com", path: "/openapi/ha3/instances" };
 * const { method, headers } = signRequest(request, keys);
 * console.log(verifyRequest({ method, path: request.path, headers }, keys).valid); // true
 * console.log(verifyRequest({ method, path: "/", headers }, keys).reason); // signature-differs
 * ```
 */
export function verifyRequest(request: RequestInput, credentials: Credentials): Verification;

/**
 * The request as code that runs: keys from the environment, no second try.
 * @param request - the body of `CreateInstance`.
 * @param options - the language, and a region or an endpoint.
 * @throws HavenaskError `InvalidRequest` or `InvalidArgument`, as `sign` does.
 * @example
 * ```js
 * import { samples } from "havenask-instances";
 *
 * console.log(samples({ chargeType: "PREPAY" }, { language: "curl", region: "cn-hangzhou" }));
 * ```
 */
export function samples(request: CreateInstanceRequest, options: SamplesOptions): string;

/** The version of the package. */
export function version(): string;

/**
 * A way to a signing proxy. It holds no keys.
 * @example
 * ```js
 * import { Client } from "havenask-instances";
 *
 * // A proxy that is not there, for the sake of the example: leave `fetch` out.
 * const fetch = async () => Response.json({ requestId: "R-1", result: { instanceId: "ha-cn-pl32rf0abcd" } });
 * const client = new Client({ endpoint: "https://proxy.example", fetch });
 * const request = {
 *   chargeType: "PREPAY",
 *   components: [{ code: "searcherdocsize", value: "200" }],
 *   order: { duration: 1, pricingCycle: "Month" },
 * };
 * const idempotencyKey = crypto.randomUUID(); // one for each purchase, kept for as long as it is tried
 * const { instanceId } = await client.createInstance(request, { idempotencyKey });
 * console.log(instanceId); // ha-cn-pl32rf0abcd
 * ```
 */
export class Client {
  /**
   * @param options - where the proxy is.
   * @throws HavenaskError `InvalidArgument` when the options are not what they should be.
   */
  constructor(options: ClientOptions);

  /**
   * Has the proxy check and build a purchase, and shows the request; nothing is sent to the cloud.
   * @param request - the body of `CreateInstance`.
   * @param options - with `dryRun: true`.
   * @throws HavenaskError `InvalidRequest` with `problems`, or with another {@link ErrorCode}.
   */
  createInstance(
    request: CreateInstanceRequest,
    options: PurchaseOptions & {
      /** Only look. */
      readonly dryRun: true;
    },
  ): Promise<DryRun>;

  /**
   * Buys an instance. The same key with the same request buys once, however often it is sent.
   * @param request - the body of `CreateInstance`.
   * @param options - the key of the purchase.
   * @throws HavenaskError; its `outcome` says whether the instance may have been bought all the same.
   */
  createInstance(
    request: CreateInstanceRequest,
    options: PurchaseOptions & {
      /** Buy. */
      readonly dryRun?: false;
    },
  ): Promise<Created>;

  /**
   * Either of the two.
   * @param request - the body of `CreateInstance`.
   * @param options - the key of the purchase, and whether only to look.
   * @throws HavenaskError, as above.
   */
  createInstance(
    request: CreateInstanceRequest,
    options: PurchaseOptions,
  ): Promise<Created | DryRun>;

  /**
   * Asks for the price of an order. It is priced, refused, or not priced, with the reason; a total of 0 beside fees by usage is not free.
   * @param request - the body of `CreateInstance`.
   * @param options - a signal that ends the waiting.
   * @throws HavenaskError; nothing is bought by it.
   * @example
   * ```js
   * import { Client } from "havenask-instances";
   *
   * const price = { currency: "CNY", total: "1234.50", items: [] };
   * const fetch = async () => Response.json({ status: "priced", price, quotedAt: Date.now() }); // for the sake of the example
   * const client = new Client({ endpoint: "https://proxy.example", fetch });
   * const quote = await client.quote({ chargeType: "PREPAY", components: [{ code: "searcherdocsize", value: "200" }] });
   * console.log(quote.price?.total ?? quote.reason?.message); // 1234.50
   * ```
   */
  quote(request: CreateInstanceRequest, options?: QuoteOptions): Promise<Quote>;
}
