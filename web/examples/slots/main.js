import "havenask-instances/form";

const form = document.querySelector("havenask-purchase-form");
form.endpoint = new URLSearchParams(location.search).get("endpoint") ?? "/";

const said = document.querySelector("#said");
form.addEventListener("havenask-created", ({ detail }) => (said.value = `Bought ${detail.instanceId}`));
form.addEventListener("havenask-failed", ({ detail }) => (said.value = `Not bought: ${detail.message}`));
