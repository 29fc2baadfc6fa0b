//! The official command line, which signs and prints by itself.

use super::template::Template;

pub(super) const TEMPLATE: Template = Template {
    dialect: None,
    text: r"#!/bin/sh
# Needs the Alibaba Cloud CLI 3: https://github.com/aliyun/aliyun-cli
# «warning»
# The keys are ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and with STS
# ALIBABA_CLOUD_SECURITY_TOKEN. Profiles are ignored: they may have other keys, and ask for retries.
export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE
aliyun searchengine POST «path» \
  --region «region» --endpoint '«host»' --«secure» \
  --header Content-Type=application/json \
  --body «request»
# What it would cost: the same line with this at its end, which buys nothing: --estimate-cost
",
};
