import init, { samples } from "havenask-instances";
import { mount } from "havenask-instances/form";

const said = document.querySelector("#said");
const curl = document.querySelector("#curl");

await init();
mount(document.querySelector("#form"), {
  endpoint: import.meta.env.VITE_HAVENASK_PROXY ?? "http://127.0.0.1:8080",
  onChange: (request) => (curl.textContent = samples(request, { language: "curl", region: "cn-hangzhou" })),
  onCreated: ({ instanceId }) => (said.value = `Bought ${instanceId}`),
  onFailed: ({ message, remedy }) => (said.value = `Not bought: ${message} ${remedy}`),
  onUnknown: () => (said.value = "It may have been bought."),
});
