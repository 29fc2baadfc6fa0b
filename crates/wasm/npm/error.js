/** What is thrown: a real Error with a code, and whether the instance may have been bought all the same. */
export class HavenaskError extends Error {
  constructor(failure) {
    super(failure.message);
    this.name = "HavenaskError";
    this.code = failure.code;
    this.status = failure.status;
    this.requestId = failure.requestId;
    this.remedy = failure.remedy;
    this.outcome = failure.outcome;
    this.recommend = failure.recommend;
    this.retryAfter = failure.retryAfter;
    this.problems = failure.problems;
  }
}

export const havenaskError = (failure) => new HavenaskError(JSON.parse(failure));
