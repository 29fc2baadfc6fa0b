import "havenask-instances/form";

const form = document.querySelector("havenask-purchase-form");
form.endpoint = new URLSearchParams(location.search).get("endpoint") ?? "/";

/** The words for each event. */
const WORDS = {
  ready: () => "",
  step: (step) => step,
  change: ({ order }) => `${order?.duration} × ${order?.pricingCycle}`,
  quote: ({ status, price }) => (price ? `${price.currency} ${price.total}` : status),
  created: ({ instanceId }) => instanceId,
  "instance-ready": ({ instanceId, network }) => `${instanceId} at ${network?.endpoint}`,
  failed: ({ message }) => message,
  unknown: ({ message }) => message,
};

const [said, events] = ["#said", "#events"].map((it) => document.querySelector(it));
for (const [name, words] of Object.entries(WORDS)) {
  form.addEventListener(`havenask-${name}`, ({ detail }) => {
    const line = document.createElement("li");
    line.textContent = said.value = `${name} ${words(detail)}`.trim();
    events.append(line);
  });
}

const LARGE = {
  chargeType: "PREPAY",
  components: [{ code: "searcherdocsize", value: "900" }],
  order: { autoRenew: false, duration: 1, pricingCycle: "Year" },
};
document.querySelector("#large").addEventListener("click", () => (form.request = LARGE));
for (const view of ["orders", "instances"]) {
  document.querySelector(`#${view}`).addEventListener("click", () => (form.view = view));
}
