"""The matrix: printed after the tests, and kept as docs/sdk-matrix.md."""

from pathlib import Path

from .sdks import SDKS, SIGNATURES

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/sdk-matrix.md"
OPERATIONS, PRICES, ERRORS = "operations", "prices", "errors"
HEAD = {
    OPERATIONS: """# What the official SDKs see of the emulator

Made by `cargo xtask test sdk`, with the SDKs as they come from their registries: `alibabacloud-searchengine20211025` for Python in its
versions 5.2.4 and 5.2.3 (the older runtime), three packages for Node and the legacy `aliyun-python-sdk-core` 2.16.0 with their generic
calls. `cargo xtask bless` renews this file.

## Operations

Each with every signature that the SDK has: ACS3-HMAC-SHA256, ACS3-HMAC-SM3 and ROA HMAC-SHA1; pop-core and the legacy SDK have the
last one only, and the legacy SDK sends no nonce. No method of an SDK has `dryRun`; it goes through the generic call.

""",
    PRICES: """
## Prices, billing and the account

With `alibabacloud-cloudcontrol20220830` 1.3.1, `alibabacloud-bssopenapi20171214` 5.1.2 and `alibabacloud-sts20150401` 1.2.0 for Python.
HMAC-SHA1 is ROA for the first, and RPC for the others.

""",
    ERRORS: """
## Errors

The class that is raised. Errors that no SDK can be made to cause (an old date, a nonce that was used) come as a fault on command; everything else
comes as in the cloud.

""",
}

PLACES = """
Where each says what:

| what                | Python 5.2.4           | Python 5.2.3         | openapi-core         | openapi-client       | pop-core                                   | aliyun-python-sdk-core                    |
| ------------------- | ---------------------- | -------------------- | -------------------- | -------------------- | ------------------------------------------ | ----------------------------------------- |
| code                | `code`                 | `code`               | `code`               | `code`               | `code`; of the service `result.code`       | `error_code`; of the service in `message` |
| message             | `message`              | `message`            | `message`            | `message`            | `message`; of the service `result.message` | `message`                                 |
| status              | `status_code`          | `statusCode`         | `statusCode`         | `data.statusCode`    | `statusCode`                               | `http_status`                             |
| request id          | `request_id`           | `data`               | `requestId`          | `data`               | `result`                                   | `request_id`; of the service in `message` |
| AccessDeniedDetail  | `access_denied_detail` | `accessDeniedDetail` | `accessDeniedDetail` | `accessDeniedDetail` | `result`                                   | –                                         |
| `x-acs-retry-after` | `retry_after`          | –                    | `retryAfter`         | –                    | –                                          | –                                         |
"""


class Matrix:
    def __init__(self):
        self.rows = {OPERATIONS: {}, PRICES: {}, ERRORS: {}}

    def record(self, part, row, column, cell):
        self.rows[part].setdefault(row, {})[column] = cell

    def text(self):
        return "".join(HEAD[part] + self.table(part) for part in self.rows) + PLACES

    def table(self, part):
        names = SIGNATURES.values() if part == PRICES else [sdk.name for sdk in SDKS]
        rows = [["operation" if part == PRICES else part[:-1], *names]]
        for row, cells in self.rows[part].items():
            rows.append([row, *(cells.get(name, "?") for name in names)])
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        rows.insert(1, ["-" * width for width in widths])
        lines = (" | ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows)
        return "".join(f"| {line} |\n" for line in lines)


MATRIX = Matrix()
