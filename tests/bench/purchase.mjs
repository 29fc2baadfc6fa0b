// The purchase that everyone signs: a body of about 650 bytes.

export const request = {
  chargeType: "PREPAY",
  components: Array.from({ length: 10 }, (_, index) => ({ code: `searcherresource${index}`, value: "200" })),
  order: { autoRenew: true, duration: 1, pricingCycle: "Month" },
  resourceGroupId: "rg-acfm2xyzabcdefg",
  tags: [{ key: "team", value: "search" }, { key: "stage", value: "production" }],
};
export const body = JSON.stringify(request);
export const large = {
  ...request,
  components: Array.from({ length: 100 }, (_, index) => ({ code: `component${index}`, value: "200" })),
};
export const credentials = { accessKeyId: "testid", accessKeySecret: "testsecret" };
export const host = "searchengine.cn-hangzhou.aliyuncs.com";
export const path = "/openapi/ha3/instances";
export const date = "2026-03-01T08:00:00Z";
export const nonce = "3156853299f313e23d1673dc12e1703d";
export const headers = {
  host,
  accept: "application/json",
  "content-type": "application/json; charset=utf-8",
  "x-acs-action": "CreateInstance",
  "x-acs-version": "2021-10-25",
  "x-acs-date": date,
  "x-acs-signature-nonce": nonce,
};
