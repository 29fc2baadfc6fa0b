import type { Failure, FaultCode } from "./types.js";

/**
 * What is thrown: a real Error with a code, and whether the instance may have been bought all the same. Its `code` is one of
 * this package and its proxy, or one of the cloud.
 */
export declare class HavenaskError extends Error {
  private constructor();
  override readonly name: "HavenaskError";
  readonly code: FaultCode | "NotInitialized" | (string & {});
  readonly status: Failure["status"];
  readonly requestId?: Failure["requestId"];
  readonly remedy: Failure["remedy"];
  readonly outcome: Failure["outcome"];
  readonly recommend?: Failure["recommend"];
  readonly retryAfter?: Failure["retryAfter"];
  readonly problems?: Failure["problems"];
}
