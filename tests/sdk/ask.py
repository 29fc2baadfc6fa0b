"""One call of the official SDK, for tests in other languages: `ask.py ENDPOINT create` or `ask.py ENDPOINT get ID`."""

import json
import sys

from alibabacloud_searchengine20211025.client import Client
from alibabacloud_tea_openapi.utils_models import Config

from purchase import full
from servers import KEY, SECRET

endpoint, call, *arguments = sys.argv[1:]
client = Client(
    Config(access_key_id=KEY, access_key_secret=SECRET, endpoint=endpoint, protocol="http")
)
answer = client.create_instance(full()) if call == "create" else client.get_instance(*arguments)
json.dump(answer.body.to_map(), sys.stdout)
