"""Requests that the tests share."""

from alibabacloud_searchengine20211025 import models


def full(**changes):
    """A CreateInstance with everything that it can say."""
    request = {
        "charge_type": "PREPAY",
        "components": [models.CreateInstanceRequestComponents(code="searcherdocsize", value="200")],
        "order": models.CreateInstanceRequestOrder(
            auto_renew=True, duration=1, pricing_cycle="Month"
        ),
        "resource_group_id": "rg-sdk",
        "tags": [models.CreateInstanceRequestTags(key="team", value="search")],
        **changes,
    }
    return models.CreateInstanceRequest(**request)


def tags(**pairs):
    return [models.CreateInstanceRequestTags(key=key, value=value) for key, value in pairs.items()]
