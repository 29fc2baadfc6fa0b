// Microseconds a call: the best of several rounds, since everything that disturbs makes it slower.

const ROUNDS = 9;
const ROUND = 80;

export const measure = async (run) => {
  let times = 1;
  for (;;) {
    const took = await round(run, times);
    if (took > ROUND) break;
    times *= took < ROUND / 8 ? 4 : 2;
  }
  let best = Infinity;
  for (let i = 0; i < ROUNDS; i++) best = Math.min(best, await round(run, times));
  return (best * 1000) / times;
};

const round = async (run, times) => {
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    const result = run();
    if (result?.then) await result;
  }
  return performance.now() - start;
};
