"""The official Python SDK, spoken to in lines of JSON; both versions, each in its own environment.

A call names an operation, and is made with the SDK's own method of that name. What has none, or says something that the
method has no parameter for, goes through the SDK's generic `call_api`.
"""

import json
import re
import sys

from alibabacloud_searchengine20211025 import models
from alibabacloud_searchengine20211025.client import Client

try:
    from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params
    from darabonba.runtime import RuntimeOptions
except ImportError:
    from alibabacloud_tea_openapi.models import Config, OpenApiRequest, Params
    from alibabacloud_tea_util.models import RuntimeOptions

INSTANCE = re.compile("/openapi/ha3/instances/([^/]+)")


def typed(client, call):
    """The SDK's method for a call, with its arguments."""
    method = getattr(client, re.sub("(?<!^)([A-Z])", r"_\1", call["operation"]).lower())
    arguments = INSTANCE.findall(call["path"])
    request = getattr(models, f"{call['operation']}Request", None)
    if request:
        arguments.append(request().from_map({**call["query"], **(call["body"] or {})}))
    return lambda: method(*arguments).body.to_map()


def generic(client, call):
    query = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in call["query"].items()
    }
    params = Params(
        action=call["operation"],
        version=call["version"],
        protocol="HTTP",
        pathname=call["path"],
        method=call["method"],
        auth_type="AK",
        style="ROA",
        req_body_type="json",
        body_type="json",
    )
    request = OpenApiRequest(query=query, body=call["body"])
    return lambda: client.call_api(params, request, RuntimeOptions())["body"]


def told(error):
    """What an exception of either version says."""
    data = getattr(error, "data", None) or {}
    return {
        "kind": type(error).__name__,
        "code": error.code,
        "message": error.message,
        "status": getattr(error, "status_code", None) or data.get("statusCode"),
        "requestId": getattr(error, "request_id", None)
        or data.get("RequestId")
        or data.get("requestId"),
        "retryAfter": getattr(error, "retry_after", None),
        "denied": getattr(error, "access_denied_detail", None)
        or getattr(error, "accessDeniedDetail", None),
    }


def answer(call):
    client = Client(Config(endpoint=call["endpoint"], protocol="http", **call["settings"]))
    try:
        return {"body": (generic if call["generic"] else typed)(client, call)()}
    except Exception as error:
        return {"error": told(error)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
