"""What every SDK is put through: the operations, and all errors with what causes them."""

ROOT = "/openapi/ha3"
INSTANCES = f"{ROOT}/instances"


def purchase(**changes):
    return {
        "chargeType": "PREPAY",
        "components": [{"code": "searcherdocsize", "value": "200"}],
        "order": {"duration": 1, "pricingCycle": "Month", "autoRenew": True},
        **changes,
    }


def call(operation, method, path, **more):
    return {"operation": operation, "method": method, "path": path, **more}


def create(generic=False, query=None, **changes):
    body = purchase(**changes)
    return call("CreateInstance", "POST", INSTANCES, body=body, query=query, generic=generic)


def get(instance_id, **more):
    return call("GetInstance", "GET", f"{INSTANCES}/{instance_id}", **more)


def listed(**query):
    return call("ListInstances", "GET", INSTANCES, query=query)


def update(instance_id, **body):
    return call("UpdateInstance", "PUT", f"{INSTANCES}/{instance_id}", body=body)


def delete(instance_id):
    return call("DeleteInstance", "DELETE", f"{INSTANCES}/{instance_id}")


def specs(instance_id, **query):
    return call("ListInstanceSpecs", "GET", f"{INSTANCES}/{instance_id}/specs", query=query)


def regions(**query):
    return call("DescribeRegions", "GET", f"{ROOT}/regions", query=query)


def tag(*instance_ids, **tags):
    pairs = [{"key": key, "value": value} for key, value in tags.items()]
    body = {"resourceType": "instance", "resourceId": list(instance_ids), "tag": pairs}
    return call("TagResources", "POST", f"{ROOT}/resource-tags", body=body)


def nothing(**more):
    """A call of an operation that is not there."""
    return {**get("x"), "path": f"{ROOT}/nothing", "generic": True, **more}


ANY = get("ha-cn-nothing")


def by(cause=ANY, **settings):
    return {"call": cause, "settings": settings}


# What no SDK can be made to send.
ON_COMMAND = None
# Status, code, and what causes it.
ERRORS = [
    (404, "InvalidApi.NotFound", by(nothing())),
    (404, "InvalidAction.NotFound", ON_COMMAND),
    (400, "UnsupportedHTTPMethod", by(nothing(method="PATCH"))),
    (400, "InvalidVersion", by(get("x", generic=True, version="2014-05-26"))),
    (400, "MissingParameter", by(tag("x"))),
    (400, "SignatureDoesNotMatch", by(access_key_secret="wrong")),
    (400, "IncompleteSignature", ON_COMMAND),
    (400, "InvalidSignatureMethod", ON_COMMAND),
    (400, "ContentMD5NotMatched", ON_COMMAND),
    (400, "SignatureNonceUsed", ON_COMMAND),
    (400, "InvalidTimeStamp.Expired", ON_COMMAND),
    (400, "InvalidTimeStamp.Format", ON_COMMAND),
    (404, "InvalidAccessKeyId.NotFound", by(access_key_id="nobody")),
    (400, "InvalidAccessKeyId.Inactive", by(access_key_id="disabled")),
    (400, "MissingSecurityToken", by(access_key_id="STS.testid")),
    (400, "InvalidSecurityToken.Expired", by(security_token="expired-token")),
    (400, "InvalidSecurityToken.Malformed", by(security_token="malformed-token")),
    (400, "InvalidSecurityToken.MismatchWithAccessKey", by(security_token="foreign-token")),
    (403, "Forbidden.RAM", by(create(resourceGroupId="rg-forbidden"))),
    (403, "NoPermission", ON_COMMAND),
    (400, "Throttling", ON_COMMAND),
    (400, "Throttling.User", {"fault": "throttle", "retryAfter": 1500}),
    (400, "Throttling.Api", ON_COMMAND),
    (500, "InternalError", ON_COMMAND),
    (503, "ServiceUnavailable", {"fault": "error", "status": 503}),
    (400, "NotAuthorized", ON_COMMAND),
    (400, "NotApplicable", ON_COMMAND),
    (404, "PricingNotSupported", ON_COMMAND),
    (408, "RequestTimeout", ON_COMMAND),
    (413, "RequestEntityTooLarge", by(create(resourceGroupId="x" * (1 << 20)))),
    (400, "InvalidParameter", by(create(chargeType="POSTPAY"))),
    (400, "InvalidPayMethod", by(create(resourceGroupId="rg-no-money"))),
    (404, "instance.NotFound", by()),
    (500, "InternalServerError", by(create(resourceGroupId="rg-broken"))),
]
