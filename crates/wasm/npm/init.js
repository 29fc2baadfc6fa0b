/** Starts at the first call, and again only after a start that failed. */
export const once = (start) => {
  let started;
  return (source) => {
    started ??= Promise.resolve(source)
      .then(start)
      .then(
        () => undefined,
        (error) => {
          started = undefined;
          throw error;
        },
      );
    return started;
  };
};
