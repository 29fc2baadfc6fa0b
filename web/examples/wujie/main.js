// A console that loads its parts by name.
import { destroyApp, startApp } from "wujie";

const said = document.querySelector("#said");
const props = {
  endpoint: new URLSearchParams(location.search).get("endpoint") ?? "/",
  onCreated: ({ instanceId }) => (said.value = `Bought ${instanceId}`),
};
const url = new URL("app.html", location.href).href;

document.querySelector("#open").addEventListener("click", () => startApp({ name: "purchase", url, el: "#place", props }));
document.querySelector("#close").addEventListener("click", () => destroyApp("purchase"));
