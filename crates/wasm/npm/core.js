import * as glue from "./havenask.js";
import { HavenaskError } from "./error.js";
import { withEncoded } from "./encode.js";

let started = false;
let starting;
let source;

/** Names what gives the module at once, for hosts that have it at hand: they start themselves. It is asked when it is needed. */
export const setModuleSource = (give) => {
  source = give;
};

/** Starts with a compiled module, or with its bytes. */
export const initSync = (given) => {
  if (started) return;
  const module = given ?? source?.();
  if (!module) throw notInitializedError();
  glue.initSync({ module });
  markStarted();
};

/** Starts once, however often it is called, and again only after a start that failed. */
export const init = (module) => {
  starting ??= Promise.resolve(module ?? source?.())
    .then((module_or_path) => (started ? undefined : glue.default({ module_or_path })))
    .then(markStarted)
    .catch((error) => {
      starting = undefined;
      throw error;
    });
  return starting;
};

/** With a module of somebody else this throws, now and ever after. */
const markStarted = () => {
  glue.version();
  started = true;
};

/** Calls the core; the values of the arguments are copied. */
export const call = (name, ...values) => {
  if (!started) initSync();
  return withEncoded(values, glue[name]);
};

const notInitializedError = () =>
  new HavenaskError({
    code: "NotInitialized",
    message: "havenask-instances is not started: call `await init()` first",
    remedy: "init is the default export. `havenask-instances/inline` starts by itself.",
    outcome: "not-created",
    retry: "no",
    status: 0,
  });
