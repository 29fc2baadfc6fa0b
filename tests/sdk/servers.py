"""The emulator and the proxy, which HAVENASK_EMULATOR and HAVENASK_PROXY name, for as long as a test needs them."""

import os
import subprocess
from contextlib import contextmanager

import pytest

KEY, SECRET = "testid", "testsecret"


@contextmanager
def emulator(*arguments):
    """Its address and port, and the URL of its admin port."""
    keys = {
        "HAVENASK_EMULATOR_ACCESS_KEY_ID": KEY,
        "HAVENASK_EMULATOR_ACCESS_KEY_SECRET": SECRET,
    }
    listen = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"]
    with running("HAVENASK_EMULATOR", [*listen, *arguments], keys) as said:
        yield said("listening on http://"), said("admin on ")


@contextmanager
def proxy(upstream, *arguments):
    """Its URL."""
    keys = {
        "ALIBABA_CLOUD_ACCESS_KEY_ID": KEY,
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET,
    }
    listen = ["--listen", "127.0.0.1:0", "--upstream", f"http://{upstream}"]
    with running("HAVENASK_PROXY", [*listen, *arguments], keys) as said:
        yield said("listening on ")


@contextmanager
def running(name, arguments, environment):
    """Runs a program, and reads off the lines that it says when it is ready."""
    binary = os.environ.get(name)
    if not binary:
        program = name.lower().replace("_", "-")
        pytest.exit(f"set {name} to the binary: target/debug/{program}", 2)
    process = subprocess.Popen(
        [binary, *arguments],
        env={**os.environ, "RUST_LOG": "warn", **environment},
        stdout=subprocess.PIPE,
        text=True,
    )

    def said(start):
        line = process.stdout.readline().strip()
        assert line.startswith(start), line
        return line.removeprefix(start)

    try:
        yield said
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()
