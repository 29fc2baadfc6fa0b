// The request of the example, and the wait for its instance.
import { setTimeout } from "node:timers/promises";

export const request = {
  chargeType: "PREPAY",
  components: [{ code: "searcherdocsize", value: "200" }],
  order: { duration: 1, pricingCycle: "Month", autoRenew: false },
};

/** Asks for the instance until it can be used. */
export const untilReady = async (getInstance) => {
  for (;;) {
    const { result, code } = await getInstance();
    if (!result) throw new Error(`The purchase is complete, and the status of its instance could not be had: ${code}`);
    console.log(result.status);
    if (result.status === "READY") return;
    await setTimeout(1000);
  }
};
