"""Schemathesis asks the proxy what its document allows, and what it does not."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import schemathesis

CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture(scope="session")
def document(proxy):
    return schemathesis.openapi.from_url(f"{proxy}/openapi.json")


@pytest.fixture(scope="session")
def campaign(proxy, token, tmp_path_factory):
    """How it ended, and what was asked, answered and looked at."""
    folder = tmp_path_factory.mktemp("schemathesis")
    events = folder / "events.ndjson"
    run = ["run", f"{proxy}/openapi.json", "--report-ndjson-path", events]
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", CONFIG, *run],
        cwd=folder,
        env={**os.environ, "HAVENASK_TOKEN": token},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = map(json.loads, events.read_text(encoding="utf-8").splitlines())
    scenarios = [line["ScenarioFinished"]["recorder"] for line in lines if "ScenarioFinished" in line]
    return done, [scenario for scenario in scenarios if "interactions" in scenario]


def test_the_document_is_openapi(document):
    document.validate()


def test_nothing_is_found(campaign):
    done, _ = campaign
    assert done.returncode == 0, done.stdout


def test_every_operation_has_answered_with_a_success(document, campaign):
    statuses = defaultdict(set)
    for scenario in campaign[1]:
        for case, exchange in scenario["interactions"].items():
            asked = scenario["cases"][case]["value"]
            if exchange["response"]:
                statuses[f"{asked['method']} {asked['path']}"].add(exchange["response"]["status_code"])
    operations = [operation.ok().label for operation in document.get_all_operations()]
    assert [label for label in operations if 200 not in statuses[label]] == []


def test_everything_is_looked_at(campaign):
    checks = {
        check["name"]
        for scenario in campaign[1]
        for of_case in scenario["checks"].values()
        for check in of_case
    }
    assert checks >= {
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
        "negative_data_rejection",
        "positive_data_acceptance",
        "unsupported_method",
        "ignored_auth",
    }
