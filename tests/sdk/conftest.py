"""The official Python SDK against the emulator."""

import pytest
from alibabacloud_searchengine20211025.client import Client
from alibabacloud_tea_openapi.utils_models import Config

import servers
from matrix.table import MATRIX
from servers import KEY, SECRET

READY_AFTER = "3"
# None leaves it to the SDK, which takes ACS3-HMAC-SHA256. v2 is ROA HMAC-SHA1.
ALGORITHMS = [None, "v2", "ACS3-HMAC-SM3"]


@pytest.fixture(scope="session")
def emulator():
    """An emulator that lives as long as the tests: its address and port, and the URL of its admin port."""
    with servers.emulator("--ready-after", READY_AFTER) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def endpoint(emulator):
    return emulator[0]


@pytest.fixture(scope="session")
def admin(emulator):
    return emulator[1]


@pytest.fixture
def client_of(endpoint):
    """Makes a client; whatever is given replaces what a good one has."""

    def make(**changes):
        settings = {
            "access_key_id": KEY,
            "access_key_secret": SECRET,
            "endpoint": endpoint,
            "protocol": "http",
            **changes,
        }
        return Client(Config(**{name: value for name, value in settings.items() if value is not None}))

    return make


@pytest.fixture(params=ALGORITHMS, ids=lambda algorithm: algorithm or "default")
def algorithm(request):
    return request.param


@pytest.fixture
def client(client_of, algorithm):
    return client_of(signature_algorithm=algorithm)


def pytest_terminal_summary(terminalreporter):
    for part in MATRIX.rows:
        if MATRIX.rows[part]:
            terminalreporter.write("\n" + MATRIX.table(part))
