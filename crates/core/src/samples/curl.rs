//! curl, with a function that signs when the script runs: a date and a nonce of yesterday are refused.

use super::template::Template;

pub(super) const TEMPLATE: Template = Template {
    dialect: None,
    text: r#"#!/usr/bin/env bash
# Needs curl 7.76 or later, and openssl.
# «warning»
set -euo pipefail

host='«host»'
body=«request»

sha256() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }

# HMAC-SHA256 by hand: as an argument of openssl, the secret would be seen by the other users of this machine.
hmac() {
  { printf %b "$(pad 92)"; { printf %b "$(pad 54)"; cat; } | openssl dgst -sha256 -binary; } | sha256
}
pad() {
  key=$(printf %s "$ALIBABA_CLOUD_ACCESS_KEY_SECRET" | od -An -v -tx1 | tr -d ' \n')$(printf %0128d 0)
  for ((i = 0; i < 128; i += 2)); do printf '\\x%02x' $((16#${key:i:2} ^ $1)); done
}

# Signs with ACS3-HMAC-SHA256, and prints the headers.
sign() {
  hash=$(printf %s "$body" | sha256)
  headers=$(printf '%s\n' "host:$host" "x-acs-action:CreateInstance" "x-acs-content-sha256:$hash" \
    "x-acs-date:$(date -u +%Y-%m-%dT%H:%M:%SZ)" "x-acs-signature-nonce:$(openssl rand -hex 16)" \
    ${ALIBABA_CLOUD_SECURITY_TOKEN:+"x-acs-accesskey-id:$ALIBABA_CLOUD_ACCESS_KEY_ID"} \
    ${ALIBABA_CLOUD_SECURITY_TOKEN:+"x-acs-security-token:$ALIBABA_CLOUD_SECURITY_TOKEN"} \
    "x-acs-version:«version»" "content-type:«type»" | LC_ALL=C sort)
  names=$(printf '%s\n' "$headers" | cut -d : -f 1 | paste -s -d ';' -)
  request=$(printf 'POST\n«path»\n\n%s\n\n%s\n%s' "$headers" "$names" "$hash" | sha256)
  signature=$(printf 'ACS3-HMAC-SHA256\n%s' "$request" | hmac)
  printf '%s\nauthorization:ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s\n' \
    "$headers" "$ALIBABA_CLOUD_ACCESS_KEY_ID" "$names" "$signature"
}

signed=$(sign)
# Prints what the API answers: the request id with the instance id, or with a code and a message.
curl --silent --show-error --fail-with-body --retry 0 --write-out '\n' --header 'accept: application/json' \
  --header @- --data-raw "$body" "«scheme»://$host«path»" <<<"$signed"
"#,
};
