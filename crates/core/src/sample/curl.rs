//! curl, with a function that signs when the script runs: a date and a nonce of yesterday are refused.

use super::Sample;

pub(super) const SAMPLE: Sample = Sample {
    dialect: None,
    text: r#"#!/usr/bin/env bash
# Needs curl 7.76 or later, and openssl.
# «warning»
set -euo pipefail

host='«host»'
body=«request»

sha256() { openssl dgst -sha256 -r "$@" | cut -d ' ' -f 1; }

# Signs with ACS3-HMAC-SHA256, and prints the headers. For a moment the secret is an argument of openssl, which other
# users of this machine may see.
sign() {
  hash=$(printf %s "$body" | sha256)
  headers=$(printf '%s\n' "host:$host" "x-acs-action:CreateInstance" "x-acs-content-sha256:$hash" \
    "x-acs-date:$(date -u +%Y-%m-%dT%H:%M:%SZ)" "x-acs-signature-nonce:$(openssl rand -hex 16)" \
    ${ALIBABA_CLOUD_SECURITY_TOKEN:+"x-acs-accesskey-id:$ALIBABA_CLOUD_ACCESS_KEY_ID"} \
    ${ALIBABA_CLOUD_SECURITY_TOKEN:+"x-acs-security-token:$ALIBABA_CLOUD_SECURITY_TOKEN"} \
    "x-acs-version:«version»" "content-type:«type»" | LC_ALL=C sort)
  names=$(printf '%s\n' "$headers" | cut -d : -f 1 | paste -s -d ';' -)
  request=$(printf 'POST\n«path»\n\n%s\n\n%s\n%s' "$headers" "$names" "$hash" | sha256)
  signature=$(printf 'ACS3-HMAC-SHA256\n%s' "$request" | sha256 -hmac "$ALIBABA_CLOUD_ACCESS_KEY_SECRET")
  printf '%s\nauthorization:ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s\n' \
    "$headers" "$ALIBABA_CLOUD_ACCESS_KEY_ID" "$names" "$signature"
}

signed=$(sign)
# Prints what the API answers: the request id with the instance id, or with a code and a message.
curl --silent --show-error --fail-with-body --retry 0 --write-out '\n' --header 'accept: application/json' \
  --header @- --data-raw "$body" "«scheme»://$host«path»" <<<"$signed"
"#,
};
