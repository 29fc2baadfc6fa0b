// The same signature by others. Each signs what it is given; dates and nonces are there already, unless it makes them itself.

import { AwsV4Signer } from "aws4fetch";
import { body, credentials, headers, host, path } from "./purchase.mjs";

const V3 = "ACS3-HMAC-SHA256";

/** `@alicloud/openapi-util` and the helpers of `@alicloud/openapi-core`: the hash of the body, and the signature. */
export const official = ({ hash, hexEncode, getAuthorization }, Request) => {
  const { accessKeyId, accessKeySecret } = credentials;
  const request = Object.assign(new Request(), { method: "POST", pathname: path, query: {}, headers: { ...headers } });
  return () => {
    const payload = hexEncode(hash(Buffer.from(body), V3));
    request.headers["x-acs-content-sha256"] = payload;
    return getAuthorization(request, V3, payload, accessKeyId, accessKeySecret);
  };
};

/** An AWS signature of the same request: the nearest that a page can have today. */
export const aws4fetch = () => () =>
  new AwsV4Signer({
    method: "POST",
    url: `https://${host}${path}`,
    headers: { "content-type": headers["content-type"] },
    body,
    ...{ accessKeyId: "testid", secretAccessKey: "testsecret", service: "searchengine", region: "cn-hangzhou" },
  }).sign();
