"""The official SDKs, each a process that is spoken to in lines of JSON."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
V3, SM3, ROA = "ACS3-HMAC-SHA256", "ACS3-HMAC-SM3", "v2"
# None leaves it to the SDK.
TEA = (None, SM3, ROA)
ONLY_ROA = (None,)
SIGNATURES = {None: V3, SM3: SM3, ROA: "HMAC-SHA1"}
LEGACY = "`aliyun-python-sdk-core`"


@dataclass(frozen=True)
class Sdk:
    name: str
    command: tuple
    algorithms: tuple = TEA


def node(package, algorithms=TEA):
    return Sdk(f"`{package}`", ("node", str(HERE / "node_sdk.mjs"), package), algorithms)


def python(version, interpreter):
    return Sdk(f"Python {version}", (interpreter, str(HERE / "python_sdk.py")))


SDKS = [
    python("5.2.4", sys.executable),
    python("5.2.3", os.environ.get("HAVENASK_OLD_PYTHON", "")),
    node("@alicloud/openapi-core"),
    node("@alicloud/openapi-client"),
    node("@alicloud/pop-core", ONLY_ROA),
    Sdk(LEGACY, (sys.executable, str(HERE / "legacy_sdk.py")), ONLY_ROA),
]


class Driver:
    """A running SDK."""

    def __init__(self, sdk, endpoint, settings):
        self.sdk, self.endpoint, self.settings = sdk, endpoint, settings
        self.process = subprocess.Popen(
            sdk.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def ask(
        self,
        operation,
        method,
        path,
        query=None,
        body=None,
        settings=None,
        generic=False,
        version="2021-10-25",
    ):
        """Makes a call: `{"body": …}` or `{"error": …}`."""
        call = {
            "endpoint": self.endpoint,
            "settings": {**self.settings, **(settings or {})},
            "operation": operation,
            "method": method,
            "path": path,
            "query": query or {},
            "body": body,
            "generic": generic,
            "version": version,
        }
        self.process.stdin.write(json.dumps(call) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
