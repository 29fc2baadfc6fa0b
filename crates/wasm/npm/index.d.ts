import type {
  ClientOptions,
  Created,
  CreateInstanceRequest,
  Credentials,
  DryRun,
  Problem,
  PurchaseOptions,
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

/** The compiled module, its bytes, or where they are. */
export type Source = URL | string | Request | Response | Bytes | Module;

type Bytes = ArrayBuffer | ArrayBufferView;
// The types of Node know no WebAssembly, and a program for Node may have no others.
type Module = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : object;

/**
 * Loads the WebAssembly. A page needs it before anything else; Node, Deno, Bun, Cloudflare and `havenask-instances/inline` start
 * by themselves. Calling it again waits for the first call.
 * @param source - the `.wasm` beside this file when it is left out.
 */
export default function init(source?: Source | Promise<Source>): Promise<void>;

/** The same at once, with what is compiled or loaded already: in a worker that was sent the module. */
export function initSync(module?: Bytes | Module): void;

/**
 * Says everything that is wrong with a request, and what is suspicious in it, sorted by path.
 * @param request - of any shape: what it is not is one of the problems.
 * @throws HavenaskError `InvalidArgument` for what cannot be looked at, since it throws or holds itself, and when the options
 * are not what they should be.
 */
export function validate(request: unknown, options?: ValidateOptions): Problem[];

/**
 * Signs `CreateInstance`. What the request says is not judged: that is what `validate` is for.
 * @throws HavenaskError `InvalidRequest` with `problems` when the request is not of the form that the API has.
 */
export function sign(request: CreateInstanceRequest, options: SignOptions): SignedRequest;

/**
 * Signs any request to a ROA-style API of Alibaba Cloud. Headers that the signature needs and that are not given are added:
 * host, date, nonce, body hash, STS token.
 */
export function signRequest<Body extends string | Uint8Array = string>(
  request: RequestInput & { readonly body?: Body },
  credentials: Credentials,
  options?: SignRequestOptions,
): Omit<SignedRequest, "body"> & { readonly body: Body };

/**
 * Looks whether a request is signed with these credentials, as the cloud would, and if not, says why not. Neither date nor
 * nonce is judged.
 */
export function verifyRequest(request: RequestInput, credentials: Credentials): Verification;

/** The request as code that runs: keys from the environment, no second try. */
export function samples(request: CreateInstanceRequest, options: SamplesOptions): string;

/** The version of the package. */
export function version(): string;

/** A way to a signing proxy. It holds no keys. */
export class Client {
  /** @throws HavenaskError `InvalidArgument` when the options are not what they should be. */
  constructor(options: ClientOptions);

  /** Has the proxy check and build a purchase, and shows the request; nothing is sent to the cloud. */
  createInstance(
    request: CreateInstanceRequest,
    options: PurchaseOptions & { readonly dryRun: true },
  ): Promise<DryRun>;

  /**
   * Buys an instance.
   * @throws HavenaskError; its `outcome` says whether the instance may have been bought all the same.
   */
  createInstance(
    request: CreateInstanceRequest,
    options: PurchaseOptions & { readonly dryRun?: false },
  ): Promise<Created>;

  /** Either of the two. */
  createInstance(
    request: CreateInstanceRequest,
    options: PurchaseOptions,
  ): Promise<Created | DryRun>;
}
