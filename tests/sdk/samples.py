"""The samples that the npm package writes, and how each of them is run.

HAVENASK_NPM is the folder of the package; the npm packages are those of tests/package.json.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from servers import KEY, SECRET

TESTS = Path(__file__).resolve().parent.parent
NPM = Path(os.environ.get("HAVENASK_NPM", TESTS.parent / "target/npm")).resolve()

# The file that a sample is saved as, and the program that runs it.
FILES = {
    "curl": ("create-instance.sh", "bash"),
    "python": ("create_instance.py", sys.executable),
    "node": ("create-instance.mjs", "node"),
    "cli": ("create-instance.sh", "sh"),
    "javascript": ("create-instance.mjs", "node"),
}

WRITE = """
const { default: init, samples } = await import(process.argv[1]);
await init();
const { request, ...options } = JSON.parse(process.argv[2]);
process.stdout.write(samples(request, options));
"""

VERIFY = """
const { default: init, verifyRequest } = await import(process.argv[1]);
await init();
const { request, credentials } = JSON.parse(process.argv[2]);
process.stdout.write(JSON.stringify(verifyRequest(request, credentials)));
"""


def node(program, **argument):
    """Runs a program that is given the package and one argument."""
    module = (NPM / "inline.js").as_uri()
    command = ["node", "--input-type=module", "--eval", program, module, json.dumps(argument)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def write(request, endpoint, language):
    return node(WRITE, request=request, endpoint=endpoint, language=language)


def verify(request, **credentials):
    return json.loads(node(VERIFY, request=request, credentials=credentials))


def run(text, language, folder, token=None):
    """Runs a sample as its reader would: in a folder with the packages that it names, the keys in the environment."""
    modules = folder / "node_modules"
    modules.mkdir(exist_ok=True)
    for name, package in [("@alicloud", TESTS / "node_modules/@alicloud"), ("havenask-instances", NPM)]:
        if not (modules / name).exists():
            (modules / name).symlink_to(package)
    name, program = FILES[language]
    (folder / name).write_text(text, encoding="utf-8")
    others = {name: value for name, value in os.environ.items() if not name.startswith("ALIBABA_")}
    keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": KEY, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET}
    if token:
        keys["ALIBABA_CLOUD_SECURITY_TOKEN"] = token
    return subprocess.run(
        [program, name],
        cwd=folder,
        env={**others, **keys, "PATH": f"{folder}{os.pathsep}{others['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
