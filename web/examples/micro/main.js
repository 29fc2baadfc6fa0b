// A console that loads its parts by name.
import { loadMicroApp } from "qiankun";

const said = document.querySelector("#said");
const props = {
  endpoint: new URLSearchParams(location.search).get("endpoint") ?? "/",
  onCreated: ({ instanceId }) => (said.value = `Bought ${instanceId}`),
};
const entry = new URL("app.html", location.href).href;
let app;

document.querySelector("#open").addEventListener("click", () => {
  app ??= loadMicroApp({ name: "purchase", entry, container: "#place", props });
});

document.querySelector("#close").addEventListener("click", async () => {
  await app?.unmount();
  app = undefined;
});
