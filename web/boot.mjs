// Loads the WebAssembly of the page. `trunk serve` has a script of its own in place of this one.
import start from "havenask-web";
import loading from "./loading.mjs";

const { onProgress, onFailure } = loading();

/** The same response, which tells how much of it has arrived. Compressed, it does not know its length: the build says it. */
const counted = (response) => {
  let current = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      current += chunk.byteLength;
      onProgress({ current, total: WASM_BYTES });
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), response);
};

const response = fetch(new URL("./havenask-web_bg.wasm", import.meta.url));
start({ module_or_path: response.then(counted) }).catch(onFailure);
