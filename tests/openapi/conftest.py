"""A proxy in front of the emulator, which asks for a token and has room for many requests."""

import hashlib
import secrets

import pytest

import servers

MANY = str(2**32 - 1)


@pytest.fixture(scope="session")
def token():
    return secrets.token_urlsafe()


@pytest.fixture(scope="session")
def proxy(token, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy")
    tokens = folder / "tokens"
    tokens.write_text(f"tester {hashlib.sha256(token.encode()).hexdigest()}\n", encoding="utf-8")
    rates = ["--requests-per-minute", MANY, "--all-requests-per-minute", MANY]
    ledger = f"sqlite:{folder / 'ledger.db'}"
    with servers.emulator() as (upstream, _):
        with servers.proxy(upstream, "--ledger", ledger, "--tokens", tokens, *rates) as url:
            yield url
