//! Python, with the official SDK.

use super::{
    dialect::{Case, Dialect},
    template::Template,
};

const DIALECT: Dialect = Dialect {
    case: Case::Snake,
    indent: "    ",
    field: ["@=", ",\n"],
    inner: ["@=", ""],
    comma: ", ",
    part: ["models.CreateInstanceRequest@(", ")"],
    list: ["[", "]"],
    trailing: true,
    truth: ["False", "True"],
    number: "",
};

pub(super) const TEMPLATE: Template = Template {
    dialect: Some(&DIALECT),
    text: r#"# pip install alibabacloud_searchengine20211025==5.2.4
# «warning»
import os
import sys

from alibabacloud_searchengine20211025 import models
from alibabacloud_searchengine20211025.client import Client
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions

client = Client(
    Config(
        access_key_id=os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"],
        access_key_secret=os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
        security_token=os.environ.get("ALIBABA_CLOUD_SECURITY_TOKEN"),
        endpoint="«host»",
        protocol="«scheme»",
    )
)
request = models.CreateInstanceRequest(
«request»)
try:
    answer = client.create_instance_with_options(request, {}, RuntimeOptions(autoretry=False))
except AlibabaCloudException as error:
    # The message ends with the request id.
    sys.exit(f"{error.code}: {error.message}")
print(answer.body.result.instance_id, answer.body.request_id)
"#,
};
