"""The samples do what they say: each buys exactly what was asked for, once, and shows a refusal."""

import json
import re
import uuid

import pytest
import tree_sitter_go
import tree_sitter_java
from tree_sitter import Language, Parser

from recorder import recorder
from samples import run, verify, write
from servers import KEY, SECRET

RUNNING = ["curl", "python", "node", "javascript"]
PARSED = {
    "go": (tree_sitter_go, ["interpreted_string_literal"]),
    "java": (tree_sitter_java, ["string_literal"]),
}
# Whatever ends a string, begins something else inside one, or hides, in one of the languages.
HOSTILE = (
    "it's \"quoted\" `id` $HOME ${HOME} $(id) #{x} %s \\ \\n \\u0041 \\' ''' \"\"\""
    " */ // # & ; | <b> ! ~ 搜索 élan 😀 \u202eevil\u2066 \ufeff'"
)
REQUEST_ID = re.compile(r"\b[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\b")
TOKEN = "token/with+signs=="
CREDENTIALS = {"accessKeyId": KEY, "accessKeySecret": SECRET}


def hostile():
    """A request that is legal, and as hard to quote as it can be."""
    return {
        "chargeType": "PREPAY",
        "components": [
            {"code": "searcherdocsize", "value": "200"},
            # A component may hold nothing that nobody sees.
            {"code": "it's", "value": re.sub("[\u202e\u2066\ufeff]", "", HOSTILE)},
        ],
        "order": {"autoRenew": False, "duration": 12, "pricingCycle": "Month"},
        "resourceGroupId": f"rg-'{uuid.uuid4().hex}\"$HOME`id`\\",
        "tags": [{"key": "团队 'q' \"$x\" \\", "value": HOSTILE}, {"key": "bare"}],
    }


def small(**changes):
    return {
        "chargeType": "PREPAY",
        "components": [{"code": "searcherdocsize", "value": "200"}],
        "order": {"duration": 1, "pricingCycle": "Month"},
        **changes,
    }


def bought(endpoint, client, language, request, folder):
    """The instance that a sample has bought, as the cloud shows it."""
    done = run(write(request, f"http://{endpoint}", language), language, folder)
    assert done.returncode == 0, done
    assert REQUEST_ID.search(done.stdout)
    (instance_id,) = re.findall(r"\bha-cn-[a-z0-9]{10}\b", done.stdout)
    return client.get_instance(instance_id).body.result.to_map()


@pytest.mark.parametrize("language", RUNNING)
def test_it_buys_what_was_asked_for(endpoint, client_of, language, tmp_path):
    request = hostile()
    instance = bought(endpoint, client_of(), language, request, tmp_path)
    assert instance["chargeType"] == "PREPAY"
    assert instance["resourceGroupId"] == request["resourceGroupId"]
    tags = [{name: tag[name] for name in tag if tag[name]} for tag in instance["tags"]]
    assert tags == request["tags"]

    # The package signs with the code that signs everything here.
    ours = bought(endpoint, client_of(), "javascript", request, tmp_path)
    assert ours.keys() == instance.keys()
    its_own = {"instanceId", "createTime", "updateTime", "expiredTime", "network", "status"}
    assert {name: ours[name] for name in ours.keys() - its_own} == {
        name: instance[name] for name in instance.keys() - its_own
    }


@pytest.mark.parametrize("language", RUNNING)
@pytest.mark.parametrize("token", [None, TOKEN], ids=["key", "sts"])
def test_it_sends_the_request_and_nothing_else(language, token, tmp_path):
    request = hostile()
    with recorder() as (endpoint, requests):
        done = run(write(request, endpoint, language), language, tmp_path, token)
    assert done.returncode == 0, done
    assert "ha-cn-1" in done.stdout and "R-1" in done.stdout
    (sent,) = requests
    assert sent["path"] == "/openapi/ha3/instances"
    assert json.loads(sent["body"]) == request
    headers = dict(sent["headers"])
    assert headers.get("x-acs-security-token") == token
    credentials = {**CREDENTIALS, **({"securityToken": token} if token else {})}
    assert verify(sent, **credentials)["valid"], verify(sent, **credentials)


@pytest.mark.parametrize("language", RUNNING)
def test_it_leaves_out_what_is_not_set(language, tmp_path):
    for request in [{}, {"components": [{"code": "x"}], "tags": [], "order": {}}]:
        with recorder() as (endpoint, requests):
            done = run(write(request, endpoint, language), language, tmp_path)
        assert done.returncode == 0, done
        assert [json.loads(sent["body"]) for sent in requests] == [request]


@pytest.mark.parametrize("language", RUNNING)
def test_it_shows_a_refusal(endpoint, language, tmp_path):
    text = write(small(resourceGroupId="rg-no-money"), f"http://{endpoint}", language)
    done = run(text, language, tmp_path)
    assert done.returncode != 0, done
    said = done.stdout + done.stderr
    assert "InvalidPayMethod" in said and "neither balance payment nor credit payment" in said
    assert REQUEST_ID.search(said)
    assert "Traceback" not in said


@pytest.mark.parametrize("language", RUNNING)
@pytest.mark.parametrize(
    "answer",
    [
        None,
        (500, b'{"requestId":"R-2","code":"InternalServerError","message":"broken"}'),
        (503, b'{"RequestId":"R-2","Code":"ServiceUnavailable","Message":"broken"}'),
        (429, b'{"RequestId":"R-2","Code":"Throttling.User","Message":"broken"}'),
    ],
    ids=["hangs-up", "breaks", "unavailable", "throttles"],
)
def test_it_does_not_try_twice(language, answer, tmp_path):
    with recorder(answer) as (endpoint, requests):
        done = run(write(small(), endpoint, language), language, tmp_path)
    assert len(requests) == 1, "a second try can buy a second instance"
    assert done.returncode != 0
    if answer:
        said = done.stdout + done.stderr
        code = json.loads(answer[1]).get("code") or json.loads(answer[1])["Code"]
        assert code in said and "broken" in said and "R-2" in said


def test_the_command_line_gets_the_request(tmp_path):
    """The real one cannot be had from a package registry: this one shows what it is given."""
    stub = tmp_path / "aliyun"
    stub.write_text(
        "#!/bin/sh\nprintf '%s\\0' \"$ALIBABA_CLOUD_IGNORE_PROFILE\" \"$@\"\n", encoding="utf-8"
    )
    stub.chmod(0o755)
    request = hostile()
    done = run(write(request, "http://127.0.0.1:8081", "cli"), "cli", tmp_path)
    assert done.returncode == 0, done
    *arguments, body, end = done.stdout.split("\0")
    assert end == ""
    assert " ".join(arguments) == (
        "TRUE searchengine POST /openapi/ha3/instances --region cn-hangzhou"
        " --endpoint 127.0.0.1:8081 --insecure --header Content-Type=application/json --body"
    )
    assert json.loads(body) == request


@pytest.mark.parametrize("language", PARSED)
def test_it_is_in_the_language(language):
    grammar, kinds = PARSED[language]
    request = hostile()
    text = write(request, "http://127.0.0.1:8081", language).encode()
    tree = Parser(Language(grammar.language())).parse(text)
    assert not tree.root_node.has_error, tree.root_node

    literals = []
    nodes = [tree.root_node]
    while nodes:
        node = nodes.pop()
        if node.type in kinds:
            # The escapes that the samples use are those of JSON.
            literals.append(json.loads(node.text))
        nodes.extend(reversed(node.children))
    wanted = ["127.0.0.1:8081", "http", "PREPAY", "searcherdocsize", "200", "it's", request["components"][1]["value"]]
    wanted += ["Month", request["resourceGroupId"], request["tags"][0]["key"], HOSTILE, "bare"]
    start = literals.index(wanted[0])
    assert literals[start : start + len(wanted)] == wanted
