import type { Failure } from "./havenask.js";

/** What is thrown: a real Error with a code, and whether the instance may have been bought all the same. */
export declare class HavenaskError extends Error {
  private constructor();
  readonly name: "HavenaskError";
}
export interface HavenaskError extends Failure {}
