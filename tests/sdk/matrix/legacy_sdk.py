"""The legacy SDK for Python, aliyun-python-sdk-core, spoken to in lines of JSON.

It has no methods for this API: every call is a `CommonRequest`, signed as ROA HMAC-SHA1 without a nonce.
"""

import json
import sys

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

# Stands in front of an answer in which the SDK has found no code.
UNREAD = "ServerResponseBody: "


def credential(access_key_id, access_key_secret, security_token=None):
    if security_token:
        return StsTokenCredential(access_key_id, access_key_secret, security_token)
    return AccessKeyCredential(access_key_id, access_key_secret)


def send(call):
    request = CommonRequest(domain=call["endpoint"], version=call["version"], uri_pattern=call["path"])
    request.set_protocol_type("http")
    request.set_method(call["method"])
    for name, value in call["query"].items():
        request.add_query_param(name, value if isinstance(value, str) else json.dumps(value))
    if call["body"] is not None:
        request.set_content(json.dumps(call["body"], ensure_ascii=False).encode())
        request.set_content_type("application/json")
    # What it repeats by itself is nothing that a test has ordered.
    client = AcsClient(region_id="cn-hangzhou", credential=credential(**call["settings"]), auto_retry=False)
    return json.loads(client.do_action_with_exception(request))


def told(error):
    """What an exception says. Of what the service refuses in lower case it only has the answer, in its message."""
    unread = error.message.startswith(UNREAD)
    body = json.loads(error.message.removeprefix(UNREAD)) if unread else {}
    return {
        "kind": type(error).__name__,
        "code": body.get("code", error.error_code),
        "message": body.get("message", error.message),
        "status": error.http_status,
        "requestId": body.get("requestId", error.request_id),
        "retryAfter": None,
        "denied": None,
    }


def answer(call):
    try:
        return {"body": send(call)}
    except ServerException as error:
        return {"error": told(error)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
