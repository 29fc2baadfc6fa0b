// A console that loads its parts by name.
import microApp from "@micro-zoe/micro-app";

microApp.start();

const said = document.querySelector("#said");
const part = document.createElement("micro-app");
part.setAttribute("name", "purchase");
part.setAttribute("url", new URL("app.html", location.href).href);
part.data = {
  endpoint: new URLSearchParams(location.search).get("endpoint") ?? "/",
  onCreated: ({ instanceId }) => (said.value = `Bought ${instanceId}`),
};

document.querySelector("#open").addEventListener("click", () => document.querySelector("#place").append(part));
document.querySelector("#close").addEventListener("click", () => part.remove());
