"""Every official SDK, unchanged, with every operation and every error: the matrix of docs/sdk-matrix.md."""

import json
import os
import re
import subprocess
import urllib.request
import uuid
from contextlib import contextmanager
from functools import partial
from itertools import zip_longest

import pytest
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

import servers
from matrix import cases
from matrix.prices import ORDER, Prices, prices
from matrix.sdks import HERE, LEGACY, SDKS, SIGNATURES, Driver
from matrix.table import DOCUMENT, ERRORS, MATRIX, OPERATIONS, PRICES
from servers import KEY, SECRET

TEXT = "搜索 \"quoted\" \\ a&b=c/+*~%41 😀"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module", params=SDKS, ids=lambda sdk: sdk.name)
def sdk(request, endpoint):
    if not request.param.command[0]:
        pytest.fail("set HAVENASK_OLD_PYTHON to a Python with tests/sdk/requirements-5.2.3.txt")
    driver = Driver(request.param, endpoint, {"access_key_id": KEY, "access_key_secret": SECRET})
    yield driver
    driver.stop()


@contextmanager
def fault(admin, **rule):
    """Something goes wrong once with the next GetInstance."""
    rule = {"operation": "GetInstance", "times": 1, **rule}
    with urllib.request.urlopen(f"{admin}/faults", json.dumps(rule).encode()) as answer:
        fault_id = json.load(answer)["id"]
    yield
    remove = urllib.request.Request(f"{admin}/faults/{fault_id}", method="DELETE")
    urllib.request.urlopen(remove).close()


def test_operations(sdk):
    for algorithm in sdk.sdk.algorithms:
        for row in neighbourhood(sdk, {"signature_algorithm": algorithm} if algorithm else {}):
            MATRIX.record(OPERATIONS, row, sdk.sdk.name, "✓")


def neighbourhood(sdk, settings):
    """A life of two instances; names each step that went well."""

    def ask(call):
        answer = sdk.ask(**call, settings=settings)
        assert "body" in answer, answer
        assert answer["body"]["requestId"]
        return answer["body"]

    def ids(**query):
        return [it["instanceId"] for it in ask(cases.listed(**query))["result"]]

    team = uuid.uuid4().hex
    mine = [{"key": "team", "value": team}]
    created = [ask(cases.create(tags=mine, resourceGroupId="rg-sdk")) for _ in range(3)]
    one, two, three = (answer["result"]["instanceId"] for answer in created)
    yield "CreateInstance"

    for value in ("true", "TRUE"):
        dry = ask(cases.create(generic=True, query={"dryRun": value}, tags=mine))
        assert dry["result"] == {}
    yield "CreateInstance, `dryRun` in any capitals"

    instance = ask(cases.get(one))["result"]
    assert (instance["instanceId"], instance["chargeType"]) == (one, "PREPAY")
    assert instance["tags"] == mine and instance["network"]["endpoint"]
    assert instance["spec"]["searchResource"]["disk"] == 200
    for name in ("createTime", "updateTime", "expiredTime"):
        assert TIME.fullmatch(instance[name])
    yield "GetInstance"

    page = {"pageSize": "2", "tags": mine}
    assert ids(pageNumber="1", **page) == [three, two] and ids(pageNumber="2", **page) == [one]
    assert ask(cases.listed(**page))["totalCount"] == 3
    yield "ListInstances, pages"

    assert ids(tags=[{"key": "team"}, *mine]) == [three, two, one]
    assert ids(tags=[{"key": "team", "value": "other"}]) == []
    assert ids(instanceId=two, edition="engine", resourceGroupId="rg-sdk") == [two]
    yield "ListInstances, filters"

    assert "requestId" in ask(cases.tag(one, two, **{TEXT: team, "second": TEXT}))
    assert ids(tags=[{"key": TEXT, "value": team}]) == [two, one]
    assert {"key": "second", "value": TEXT} in ask(cases.get(two))["result"]["tags"]
    yield "TagResources"

    updated = ask(cases.update(two, description=f"{TEXT} {team}"))["result"]
    assert (updated["instanceId"], updated["description"]) == (two, f"{TEXT} {team}")
    assert ids(description=team) == ids(description=f"{TEXT} {team}") == [two]
    yield "UpdateInstance, description"

    component = {"code": "searcherdocsize", "value": "400"}
    ask(cases.update(two, components=[component], orderType="UPGRADE"))
    assert ask(cases.get(two))["result"]["spec"]["searchResource"]["disk"] == 400
    yield "UpdateInstance, components"

    search = ask(cases.specs(one, type="search"))["result"]
    assert all(isinstance(search[0][name], int) for name in ("cpu", "mem", "minDisk", "maxDisk"))
    yield "ListInstanceSpecs"

    for language, name in (("zh-cn", "华东1（杭州）"), ("en-us", "China (Hangzhou)")):
        names = [it["localName"] for it in ask(cases.regions(acceptLanguage=language))["result"]]
        assert name in names
    yield "DescribeRegions"

    assert ask(cases.delete(three))["result"] in ({}, None)
    assert sdk.ask(**cases.get(three), settings=settings)["error"]["code"] == "instance.NotFound"
    assert ids(tags=mine) == [two, one]
    yield "DeleteInstance"


@pytest.mark.parametrize("status, code, cause", cases.ERRORS, ids=[code for _, code, _ in cases.ERRORS])
def test_errors(sdk, admin, status, code, cause):
    cause = cause or {"fault": "refuse", "code": code}
    if "fault" in cause:
        with fault(admin, **cause):
            answer = sdk.ask(**cases.ANY)
    else:
        answer = sdk.ask(**cause["call"], settings=cause["settings"])
    error = answer["error"]
    assert (error["status"], error["code"]) == (status, code), error
    assert re.fullmatch(r"[0-9A-F-]{36}", error["requestId"]), error
    assert len(error["message"]) > 10 and "undefined" not in error["message"], error
    if status == 403 and sdk.sdk.name != LEGACY:
        assert error["denied"]["AuthAction"].startswith("searchengine:"), error
    if cause.get("retryAfter"):
        exposed = sdk.sdk.name in ("Python 5.2.4", "`@alicloud/openapi-core`")
        assert error["retryAfter"] == (cause["retryAfter"] if exposed else None), error
    if code == "SignatureDoesNotMatch":
        assert "server" in error["message"].lower()
    MATRIX.record(ERRORS, f"{status} {code}", sdk.sdk.name, error["kind"])


@pytest.mark.parametrize("algorithm", SIGNATURES, ids=SIGNATURES.values())
def test_prices(endpoint, admin, algorithm):
    for row in prices(endpoint, partial(fault, admin), algorithm):
        MATRIX.record(PRICES, row, SIGNATURES[algorithm], "✓")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rpc_of_pop_core(endpoint, method):
    def ask(*credentials):
        script = str(HERE / "pop_core_rpc.mjs")
        command = ["node", script, f"http://{endpoint}", method, *credentials]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    for credentials in ((KEY, SECRET), (f"STS.{KEY}", SECRET, "a token/+=")):
        data = ask(*credentials)["Data"]
        assert (data["TotalCount"], len(data["ProductList"]["Product"])) == (12, 5)
    for credentials, code in (
        ((KEY, "wrong"), "SignatureDoesNotMatch"),
        (("nobody", SECRET), "InvalidAccessKeyId.NotFound"),
        ((f"STS.{KEY}", "wrong", "sentinel-token"), "SignatureDoesNotMatch"),
        ((f"STS.{KEY}", SECRET, "expired-token"), "InvalidSecurityToken.Expired"),
    ):
        error = ask(*credentials)
        assert error["Code"] == code and "sentinel" not in error["Message"], error


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_rpc_of_the_legacy_sdk(endpoint, method):
    request = CommonRequest(domain=endpoint, version="2015-04-01", action_name="GetCallerIdentity")
    request.set_protocol_type("http")
    request.set_method(method)
    client = AcsClient(KEY, SECRET, "cn-hangzhou", auto_retry=False)
    assert json.loads(client.do_action_with_exception(request))["IdentityType"] == "RAMUser"


def test_without_prices():
    with servers.emulator("--pricing", "off") as (endpoint, _):
        price = Prices(endpoint).quote(ORDER)
        assert (price["success"], price["code"]) == (False, "PricingNotSupported")
        assert "price" not in price


def test_the_document_is_current():
    """Comes last: it compares what all the others saw."""
    whole = len(MATRIX.rows[ERRORS]) == len(cases.ERRORS) and all(MATRIX.rows.values())
    if not whole or "?" in "".join(map(MATRIX.table, MATRIX.rows)):
        pytest.skip("not all of the matrix was run, or some of it failed")
    if os.environ.get("BLESS"):
        DOCUMENT.write_text(MATRIX.text(), encoding="utf-8")
    committed, made = DOCUMENT.read_text(encoding="utf-8").split("\n"), MATRIX.text().split("\n")
    for number, (old, new) in enumerate(zip_longest(committed, made), 1):
        assert old == new, f"docs/sdk-matrix.md:{number} is out of date; run `cargo xtask bless`\n- {old}\n+ {new}"
