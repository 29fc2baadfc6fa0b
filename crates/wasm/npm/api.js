import { call } from "./core.js";
import { signedRequest } from "./decode-signed.js";

export { Client } from "./client.js";
export { initSync } from "./core.js";
export { HavenaskError } from "./error.js";

export const validate = (request, options) => JSON.parse(call("validate", request, options));

export const sign = (request, options) => signedRequest(call("sign", request, options));

export const signRequest = (request, credentials, options) =>
  signedRequest(
    call("signRequest", request, credentials, options),
    ArrayBuffer.isView(request.body) ? request.body : undefined,
  );

export const verifyRequest = (request, credentials) =>
  JSON.parse(call("verifyRequest", request, credentials));

export const samples = (request, options) => call("samples", request, options);

export const version = () => call("version");
