# The worker on this machine, with its purchases in a folder. On Cloudflare, these are bindings, secrets and a migration.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      compatibilityDate = "2026-03-01",
      modules = [
        (name = "worker.js", esModule = embed "dist/worker.js"),
        (name = "havenask_bg.wasm", wasm = embed "dist/havenask_bg.wasm"),
      ],
      bindings = [
        (name = "ACCESS_KEY_ID", fromEnvironment = "ALIBABA_CLOUD_ACCESS_KEY_ID"),
        (name = "ACCESS_KEY_SECRET", fromEnvironment = "ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
        (name = "ENDPOINT", fromEnvironment = "HAVENASK_ENDPOINT"),
        (name = "TOKEN", fromEnvironment = "HAVENASK_TOKEN"),
        (name = "PURCHASES", durableObjectNamespace = "Purchase"),
      ],
      durableObjectNamespaces = [(className = "Purchase", uniqueKey = "purchase")],
      durableObjectStorage = (localDisk = "purchases"),
    )),
    (name = "purchases", disk = (path = "purchases", writable = true)),
    # The emulator is on this machine, where workers may not go unless they are allowed to.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "worker")],
);
