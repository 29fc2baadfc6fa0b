import type { Failure, ErrorCode } from "./types.js";

/**
 * The error that is thrown: a real Error with a code, and an outcome, since the instance may have been bought all the same.
 * @example
 * ```js
 * import { HavenaskError, sign } from "havenask-instances";
 *
 * try {
 *   sign({ chargeType: "prepay" }, { region: "cn-hangzhou", credentials: { accessKeyId: "id", accessKeySecret: "secret" } });
 * } catch (error) {
 *   if (!(error instanceof HavenaskError)) throw error;
 *   console.log(error.code, error.outcome, error.problems[0].path); // InvalidRequest not-created /chargeType
 * }
 * ```
 */
export declare class HavenaskError extends Error {
  private constructor();
  /** Always this word. */
  override readonly name: "HavenaskError";
  /** One of this package and its proxy, or one of the cloud. */
  readonly code: ErrorCode | "NotInitialized" | (string & {});
  /** The HTTP status; 0 when no answer came. */
  readonly status: Failure["status"];
  /** The id that the support of the cloud asks for. */
  readonly requestId?: Failure["requestId"];
  /** The remedy; empty when none is known. */
  readonly remedy: Failure["remedy"];
  /** The outcome: it may have bought all the same. */
  readonly outcome: Failure["outcome"];
  /**
   * Permission to send it again, once the remedy is done: `same-key`, with the same idempotency key; `new-key`, with a new one,
   * since the old one keeps its refusal; `no`, not as it is.
   */
  readonly retry: Failure["retry"];
  /** A link to the cloud's diagnosis of this very request. */
  readonly recommend?: Failure["recommend"];
  /** Seconds after which to ask again: the header `Retry-After`. */
  readonly retryAfter?: Failure["retryAfter"];
  /** The problems of the request. */
  readonly problems?: Failure["problems"];
  /** The earlier purchase, with the code `OrderRepeated`. */
  readonly purchase?: Failure["purchase"];
  /** The price of now, with the codes `PriceChanged` and `PriceUnknown`. */
  readonly quote?: Failure["quote"];
  /** The cause, in place of an answer: the error of `fetch`, or the reason of the signal. */
  override readonly cause?: unknown;
}
