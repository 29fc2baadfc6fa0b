/** The error that is thrown: a real Error with a code, and an outcome, since the instance may have been bought all the same. */
export class HavenaskError extends Error {
  constructor(failure) {
    // The options of an Error are its cause.
    super(failure.message, failure);
    this.name = "HavenaskError";
    this.code = failure.code;
    this.status = failure.status;
    this.requestId = failure.requestId;
    this.remedy = failure.remedy;
    this.outcome = failure.outcome;
    this.retry = failure.retry ?? "no";
    this.recommend = failure.recommend;
    this.retryAfter = failure.retryAfter;
    this.problems = failure.problems;
    this.purchase = failure.purchase;
    this.quote = failure.quote;
  }
}

export const havenaskError = (failure) => new HavenaskError(JSON.parse(failure));
