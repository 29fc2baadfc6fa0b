//! The rules, and the source of each.

use serde::{Deserialize, Serialize, Serializer};

use super::Severity::{self, Error, Warning};
use crate::{FromInput, Input, Shape, reading::word};

/// The name of a rule. It is part of the public interface: forms and programs decide by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ProblemCode"))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the texts of the table say what each one means")]
pub enum Code {
    WrongType,
    UnknownField,
    DuplicateField,
    ControlCharacter,
    ChargeTypeMissing,
    ChargeTypeUnknown,
    PostpayNotSupported,
    ComponentsMissing,
    ComponentsTooMany,
    ComponentCodeMissing,
    ComponentCodeDuplicate,
    ComponentCodeUnchecked,
    ComponentValueMissing,
    ComponentValueNotOffered,
    OrderMissing,
    OrderWithoutPrepay,
    DurationMissing,
    DurationNotOffered,
    DurationOfTwelveYears,
    PricingCycleMissing,
    PricingCycleUnknown,
    TagsMany,
    TagKeyMissing,
    TagKeyTooLong,
    TagKeyReserved,
    TagKeyDuplicate,
    TagValueTooLong,
}

/// A rule: its texts have places such as `{value}`.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// The code as it is written.
    pub name: &'static str,
    /// What it means for a purchase.
    pub severity: Severity,
    /// The English text.
    pub en: &'static str,
    /// The Chinese text.
    pub zh: &'static str,
}

impl Code {
    /// The rule of this name.
    #[must_use]
    pub const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// Where the rule is documented. It stands outside of the table so that a program which does not ask does not carry it.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::WrongType | Self::UnknownField => METADATA,
            Self::DuplicateField | Self::ControlCharacter | Self::ComponentsTooMany => OURS,
            Self::ChargeTypeMissing
            | Self::ChargeTypeUnknown
            | Self::ComponentsMissing
            | Self::ComponentCodeMissing
            | Self::ComponentCodeDuplicate
            | Self::ComponentValueMissing
            | Self::OrderWithoutPrepay
            | Self::DurationMissing
            | Self::PricingCycleMissing
            | Self::PricingCycleUnknown => PAGE,
            Self::PostpayNotSupported => {
                "OpenSearch:CreateInstance (2024-07-16); contradicted by ROS ALIYUN::SearchEngine::Instance, which takes POSTPAY only"
            }
            Self::ComponentCodeUnchecked | Self::ComponentValueNotOffered => {
                "the catalogue of the console"
            }
            Self::OrderMissing => {
                "OpenSearch:CreateInstance (2024-07-16), which calls the field paymentInfo"
            }
            Self::DurationNotOffered => {
                "OpenSearch:CreateInstance (2024-07-16), whose own example, 29, breaks it"
            }
            Self::DurationOfTwelveYears => {
                "OpenSearch:CreateInstance (2024-07-16) lists 12 without saying for which cycle"
            }
            Self::TagsMany => "TagResources (2021-10-25)",
            Self::TagKeyMissing
            | Self::TagKeyTooLong
            | Self::TagKeyReserved
            | Self::TagKeyDuplicate
            | Self::TagValueTooLong => TAGS,
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.rule().name)
    }
}

const NAMES: [&str; RULES.len()] = {
    let mut names = [""; RULES.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = RULES[index].name;
        index += 1;
    }
    names
};

impl FromInput for Code {
    const SHAPE: &'static Shape = &Shape::Word(&NAMES);

    fn take(input: &Input<'_>) -> Self {
        RULES[word(input, &NAMES)].code
    }
}

const PAGE: &str = "OpenSearch:CreateInstance (2024-07-16)";
const METADATA: &str = "official API metadata and SDK 5.2.4: the fields of CreateInstanceRequest";
const OURS: &str = "havenask-instances: no document says so, no order needs it";
const TAGS: &str = "Alibaba Cloud, limits of tags; TagResources (2021-10-25)";

/// Every rule, in the order of [`Code`].
pub const RULES: [Rule; 27] = [
    Rule {
        code: Code::WrongType,
        name: "wrong-type",
        severity: Error,
        en: "{expected} is needed here, not {found}.",
        zh: "此处需要{expected}，而不是{found}。",
    },
    Rule {
        code: Code::UnknownField,
        name: "unknown-field",
        severity: Error,
        en: "There is no field {field}. {suggestion}",
        zh: "没有名为 {field} 的字段。{suggestion}",
    },
    Rule {
        code: Code::DuplicateField,
        name: "duplicate-field",
        severity: Error,
        en: "The field {field} is given more than once. Keep one.",
        zh: "字段 {field} 重复出现，请只保留一个。",
    },
    Rule {
        code: Code::ControlCharacter,
        name: "control-character",
        severity: Error,
        en: "The text holds a control character (such as a tab or a line break). Remove it.",
        zh: "文本中含有控制字符（例如制表符或换行符），请删除。",
    },
    Rule {
        code: Code::ChargeTypeMissing,
        name: "charge-type-missing",
        severity: Warning,
        en: "No billing method is chosen. PREPAY is the one that is supported.",
        zh: "未选择付费方式。目前支持的是 PREPAY（预付费）。",
    },
    Rule {
        code: Code::ChargeTypeUnknown,
        name: "charge-type-unknown",
        severity: Error,
        en: "“{value}” is not a billing method. Use PREPAY or POSTPAY, in capitals.",
        zh: "“{value}”不是有效的付费方式，请使用大写的 PREPAY 或 POSTPAY。",
    },
    Rule {
        code: Code::PostpayNotSupported,
        name: "postpay-not-supported",
        severity: Error,
        en: "POSTPAY (pay-as-you-go) is not supported by CreateInstance. Choose PREPAY (subscription).",
        zh: "CreateInstance 暂不支持 POSTPAY（按量付费），请选择 PREPAY（包年包月）。",
    },
    Rule {
        code: Code::ComponentsMissing,
        name: "components-missing",
        severity: Warning,
        en: "Nothing says what the instance consists of. Add the components that the buy page shows.",
        zh: "没有说明实例的规格，请添加购买页上的规格项。",
    },
    Rule {
        code: Code::ComponentsTooMany,
        name: "components-too-many",
        severity: Error,
        en: "There are {value} components; at most {limit} are accepted.",
        zh: "共有 {value} 个规格项，最多接受 {limit} 个。",
    },
    Rule {
        code: Code::ComponentCodeMissing,
        name: "component-code-missing",
        severity: Error,
        en: "The component needs a code, the one that the buy page uses.",
        zh: "规格项必须有规格代码，并与购买页一致。",
    },
    Rule {
        code: Code::ComponentCodeDuplicate,
        name: "component-code-duplicate",
        severity: Error,
        en: "The component {value} is given more than once. Keep one.",
        zh: "规格项 {value} 重复出现，请只保留一个。",
    },
    Rule {
        code: Code::ComponentCodeUnchecked,
        name: "component-code-unchecked",
        severity: Warning,
        en: "The component {value} is not in the catalogue, so its value is not checked.",
        zh: "规格项 {value} 不在目录中，其取值不会被检查。",
    },
    Rule {
        code: Code::ComponentValueMissing,
        name: "component-value-missing",
        severity: Warning,
        en: "The component {value} has no value.",
        zh: "规格项 {value} 没有取值。",
    },
    Rule {
        code: Code::ComponentValueNotOffered,
        name: "component-value-not-offered",
        severity: Error,
        en: "“{value}” is not offered for {component}. {offer}",
        zh: "{component} 不提供取值“{value}”。{offer}",
    },
    Rule {
        code: Code::OrderMissing,
        name: "order-missing",
        severity: Error,
        en: "A subscription (PREPAY) needs a term. Say duration and pricing cycle in order.",
        zh: "预付费（PREPAY）必须提供 order，请填写购买时长与计费周期。",
    },
    Rule {
        code: Code::OrderWithoutPrepay,
        name: "order-without-prepay",
        severity: Warning,
        en: "A term has no meaning without a subscription (PREPAY).",
        zh: "只有预付费（PREPAY）才需要购买时长。",
    },
    Rule {
        code: Code::DurationMissing,
        name: "duration-missing",
        severity: Warning,
        en: "The term has no duration. Choose 1 to 10, or 12.",
        zh: "未填写购买时长，请选择 1 至 10 或 12。",
    },
    Rule {
        code: Code::DurationNotOffered,
        name: "duration-not-offered",
        severity: Error,
        en: "A duration of {value} is not offered. Choose 1 to 10, or 12.",
        zh: "购买时长不能为 {value}，请选择 1 至 10 或 12。",
    },
    Rule {
        code: Code::DurationOfTwelveYears,
        name: "duration-of-twelve-years",
        severity: Warning,
        en: "This pays for 12 years. The documents do not say whether so long a term can be bought.",
        zh: "这将一次支付 12 年。文档未说明能否购买这么长的时长。",
    },
    Rule {
        code: Code::PricingCycleMissing,
        name: "pricing-cycle-missing",
        severity: Warning,
        en: "The term has no unit. Choose Month or Year.",
        zh: "未选择计费周期，请选择 Month（月）或 Year（年）。",
    },
    Rule {
        code: Code::PricingCycleUnknown,
        name: "pricing-cycle-unknown",
        severity: Error,
        en: "“{value}” is not a billing cycle. Use Month or Year, written so.",
        zh: "“{value}”不是有效的计费周期，请使用 Month 或 Year（注意大小写）。",
    },
    Rule {
        code: Code::TagsMany,
        name: "tags-many",
        severity: Warning,
        en: "There are {value} tags. TagResources takes at most {limit} in a call.",
        zh: "共有 {value} 个标签，TagResources 每次最多接受 {limit} 个。",
    },
    Rule {
        code: Code::TagKeyMissing,
        name: "tag-key-missing",
        severity: Error,
        en: "The tag needs a key.",
        zh: "标签必须有键。",
    },
    Rule {
        code: Code::TagKeyTooLong,
        name: "tag-key-too-long",
        severity: Error,
        en: "The key of the tag has {value} characters; at most {limit} are allowed.",
        zh: "标签键有 {value} 个字符，最多允许 {limit} 个。",
    },
    Rule {
        code: Code::TagKeyReserved,
        name: "tag-key-reserved",
        severity: Error,
        en: "The key of a tag may not start with aliyun or acs:, nor hold http:// or https://.",
        zh: "标签键不能以 aliyun 或 acs: 开头，也不能包含 http:// 或 https://。",
    },
    Rule {
        code: Code::TagKeyDuplicate,
        name: "tag-key-duplicate",
        severity: Error,
        en: "The tag {value} is given more than once. Keep one.",
        zh: "标签 {value} 重复出现，请只保留一个。",
    },
    Rule {
        code: Code::TagValueTooLong,
        name: "tag-value-too-long",
        severity: Error,
        en: "The value of the tag has {value} characters; at most {limit} are allowed.",
        zh: "标签值有 {value} 个字符，最多允许 {limit} 个。",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_the_order_of_the_codes() {
        for (index, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.code as usize, index);
        }
    }

    #[test]
    fn both_languages_have_the_same_places() {
        let places = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            names.sort();
            names
        };
        for rule in RULES {
            assert_eq!(places(rule.en), places(rule.zh), "{:?}", rule.code);
            assert!(!rule.zh.is_ascii() && !rule.code.source().is_empty(), "{:?}", rule.code);
        }
    }
}
