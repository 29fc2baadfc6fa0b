"""Instances are bought, shown and listed as in the cloud."""

import re
import time
import uuid

import pytest
from alibabacloud_searchengine20211025 import models
from alibabacloud_tea_openapi.exceptions import ClientException
from darabonba.runtime import ExtendsParameters, RuntimeOptions

from purchase import full, tags

REQUEST_ID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}")


def test_create_and_get(client):
    answer = client.create_instance(full())
    assert answer.status_code == 200
    assert REQUEST_ID.fullmatch(answer.body.request_id)
    assert re.fullmatch(r"ha-cn-[a-z0-9]{10}", answer.body.result.instance_id)

    instance = client.get_instance(answer.body.result.instance_id).body.result
    assert instance.instance_id == answer.body.result.instance_id
    assert instance.status in ("INIT", "CONFIG_UPDATING", "READY")
    assert instance.charge_type == "PREPAY"
    assert instance.edition == "engine"
    assert instance.in_debt is False
    assert instance.lock_mode == "Unlock"
    assert instance.network.endpoint
    assert instance.resource_group_id == "rg-sdk"
    assert [(tag.key, tag.value) for tag in instance.tags] == [("team", "search")]
    for moment in (instance.create_time, instance.update_time, instance.expired_time):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)


def test_becomes_ready(client_of):
    client = client_of()
    instance_id = client.create_instance(full()).body.result.instance_id
    deadline = time.monotonic() + 30
    seen = []
    while seen[-1:] != ["READY"]:
        assert time.monotonic() < deadline, seen
        status = client.get_instance(instance_id).body.result.status
        if status not in seen:
            seen.append(status)
    # The clock counts seconds: one that was bought at the end of a second is INIT only for a moment.
    assert seen in (["INIT", "CONFIG_UPDATING", "READY"], ["CONFIG_UPDATING", "READY"])


def test_create_speaks_every_language(client):
    text = "搜索 élan 😀 \"quoted\" \\ a&b=c/+*~%41"
    key = uuid.uuid4().hex
    created = client.create_instance(full(tags=tags(**{key: text})))
    found = client.list_instances(
        models.ListInstancesRequest(tags=[models.ListInstancesRequestTags(key=key, value=text)])
    ).body
    assert [it.instance_id for it in found.result] == [created.body.result.instance_id]
    assert found.result[0].tags[0].value == text


def test_list_in_pages(client):
    group = f"rg-{uuid.uuid4().hex}"
    ids = [
        client.create_instance(full(resource_group_id=group)).body.result.instance_id
        for _ in range(5)
    ]
    pages = []
    for number in (1, 2, 3, 4):
        body = client.list_instances(
            models.ListInstancesRequest(page_number=number, page_size=2, resource_group_id=group)
        ).body
        assert body.total_count == 5
        pages.append([it.instance_id for it in body.result])
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sum(pages, []) == ids[::-1]


def test_list_by_tags(client):
    key = uuid.uuid4().hex
    wanted = client.create_instance(full(tags=tags(**{key: "a", "env": "prod"})))
    client.create_instance(full(tags=tags(**{key: "b", "env": "prod"})))

    def listed(*pairs):
        asked = [models.ListInstancesRequestTags(key=k, value=v) for k, v in pairs]
        return client.list_instances(models.ListInstancesRequest(tags=asked)).body

    found = listed((key, "a"), ("env", "prod"))
    assert found.total_count == 1
    assert found.result[0].instance_id == wanted.body.result.instance_id
    assert listed((key, "a"), ("env", "test")).total_count == 0
    assert listed((key, None)).total_count == 2


def test_list_refuses_a_page_that_is_too_large(client):
    with pytest.raises(ClientException) as caught:
        client.list_instances(models.ListInstancesRequest(page_size=51))
    assert caught.value.code == "InvalidParameter"


def test_dry_run_buys_nothing(client):
    group = f"rg-{uuid.uuid4().hex}"
    request = full(resource_group_id=group)
    runtime = RuntimeOptions(extends_parameters=ExtendsParameters(queries={"dryRun": "True"}))
    answer = client.create_instance_with_options(request, {}, runtime)
    assert answer.status_code == 200
    assert answer.body.result.instance_id is None
    asked = models.ListInstancesRequest(resource_group_id=group)
    assert client.list_instances(asked).body.total_count == 0
