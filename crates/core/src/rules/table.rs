//! The rules, and the source of each.

use serde::{Deserialize, Serialize, Serializer};

use super::severity::Severity::{self, Error, Warning};
use crate::{FromValue, Schema, Value, json::enum_index};

/// A rule: its texts have places such as `{value}`.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code.
    pub code: ProblemCode,
    /// The code as it is written.
    pub name: &'static str,
    /// The consequence for a purchase.
    pub severity: Severity,
    /// The English text.
    pub en: &'static str,
    /// The Chinese text.
    pub zh: &'static str,
}

/// Makes of one row all that there is of a rule. Its place and its source stand outside of [`RULES`], so that a program which
/// does not ask does not carry them.
macro_rules! rules {
    ($($code:ident $name:literal $severity:ident $place:literal {
        en: $en:literal,
        zh: $zh:literal,
        source: $source:expr,
    })*) => {
        /// The name of a rule. It is part of the public interface: forms and programs decide by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ProblemCode"))]
        #[serde(rename_all = "kebab-case")]
        #[allow(clippy::doc_markdown, reason = "the texts are for people who buy")]
        pub enum ProblemCode {
            $(#[doc = $en] $code,)*
        }

        /// Every rule, in the order of [`ProblemCode`].
        pub const RULES: [Rule; NAMES.len()] =
            [$(Rule { code: ProblemCode::$code, name: $name, severity: $severity, en: $en, zh: $zh }),*];

        const NAMES: &[&str] = &[$($name),*];

        impl ProblemCode {
            /// The rule of this name.
            #[must_use]
            pub const fn rule(self) -> &'static Rule {
                &RULES[self as usize]
            }

            /// The place: a JSON Pointer in which `*` is the number of an item; empty when it may be anywhere.
            #[must_use]
            pub const fn place(self) -> &'static str {
                match self {
                    $(Self::$code => $place,)*
                }
            }

            /// The source of the rule.
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self {
                    $(Self::$code => $source,)*
                }
            }
        }
    };
}

impl Serialize for ProblemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.rule().name)
    }
}

impl FromValue for ProblemCode {
    const SCHEMA: &'static Schema = &Schema::Enum(NAMES);

    fn from_checked(value: &Value<'_>) -> Self {
        RULES[enum_index(value, NAMES)].code
    }
}

const PAGE: &str = "OpenSearch:CreateInstance (2024-07-16)";
const METADATA: &str = "official API metadata and SDK 5.2.4: the fields of CreateInstanceRequest";
const OURS: &str = "havenask-instances: no document says so, no order needs it";
const CATALOG: &str = "the catalogue of the console";
const TAGS: &str = "Alibaba Cloud, limits of tags; TagResources (2021-10-25)";

rules! {
    WrongType "wrong-type" Error "" {
        en: "{expected} is needed here, not {found}.",
        zh: "此处需要{expected}，而不是{found}。",
        source: METADATA,
    }
    UnknownField "unknown-field" Error "" {
        en: "There is no field {field}. {suggestion}",
        zh: "没有名为 {field} 的字段。{suggestion}",
        source: METADATA,
    }
    DuplicateField "duplicate-field" Error "" {
        en: "The field {field} is given more than once. Keep one.",
        zh: "字段 {field} 重复出现，请只保留一个。",
        source: OURS,
    }
    ControlCharacter "control-character" Error "" {
        en: "The text holds a control character, such as a tab. Remove it.",
        zh: "文本中含有控制字符（例如制表符），请删除。",
        source: OURS,
    }
    InvisibleCharacter "invisible-character" Error "" {
        en: "The text begins or ends with white space, or holds a character that nobody sees. Remove it.",
        zh: "文本首尾有空白，或含有不可见字符，请删除。",
        source: OURS,
    }
    ChargeTypeMissing "charge-type-missing" Warning "/chargeType" {
        en: "No billing method is chosen. Choose PREPAY (subscription).",
        zh: "未选择付费方式，请选择 PREPAY（包年包月）。",
        source: PAGE,
    }
    ChargeTypeUnknown "charge-type-unknown" Error "/chargeType" {
        en: "“{value}” is not a billing method. Use PREPAY or POSTPAY.",
        zh: "“{value}”不是有效的付费方式，请使用 PREPAY 或 POSTPAY。",
        source: PAGE,
    }
    PostpayNotSupported "postpay-not-supported" Error "/chargeType" {
        en: "POSTPAY (pay-as-you-go) is not supported by CreateInstance. Choose PREPAY (subscription).",
        zh: "CreateInstance 暂不支持 POSTPAY（按量付费），请选择 PREPAY（包年包月）。",
        source: "OpenSearch:CreateInstance (2024-07-16); contradicted by ROS ALIYUN::SearchEngine::Instance, which takes POSTPAY only",
    }
    ComponentsMissing "components-missing" Warning "/components" {
        en: "Add the components that the buy page shows.",
        zh: "请添加购买页上的规格项。",
        source: PAGE,
    }
    ComponentsTooMany "components-too-many" Error "/components" {
        en: "There are {value} components; at most {limit} are accepted.",
        zh: "共有 {value} 个规格项，最多接受 {limit} 个。",
        source: OURS,
    }
    ComponentCodeMissing "component-code-missing" Error "/components/*/code" {
        en: "The component needs the code that the buy page shows.",
        zh: "规格项必须有购买页上的规格代码。",
        source: PAGE,
    }
    ComponentCodeDuplicate "component-code-duplicate" Error "/components/*/code" {
        en: "The component {value} is given more than once. Keep one.",
        zh: "规格项 {value} 重复出现，请只保留一个。",
        source: PAGE,
    }
    ComponentCodeUnchecked "component-code-unchecked" Warning "/components/*/code" {
        en: "The component {value} is not in the catalogue, so its value is not checked.",
        zh: "规格项 {value} 不在目录中，其取值不会被检查。",
        source: CATALOG,
    }
    ComponentValueMissing "component-value-missing" Warning "/components/*/value" {
        en: "Enter {component}.",
        zh: "请填写{component}。",
        source: PAGE,
    }
    ComponentValueNotOffered "component-value-not-offered" Error "/components/*/value" {
        en: "{component} must be {offer}.",
        zh: "{component}须为 {offer}。",
        source: CATALOG,
    }
    OrderMissing "order-missing" Error "/order" {
        en: "A subscription (PREPAY) needs a term: set order.",
        zh: "包年包月（PREPAY）必须提供 order。",
        source: "OpenSearch:CreateInstance (2024-07-16), which calls the field paymentInfo",
    }
    OrderWithoutPrepay "order-without-prepay" Warning "/order" {
        en: "A term has no meaning without a subscription (PREPAY).",
        zh: "只有包年包月（PREPAY）才需要购买时长。",
        source: PAGE,
    }
    DurationMissing "duration-missing" Warning "/order/duration" {
        en: "The term has no duration. Choose 1 to 10, or 12.",
        zh: "未填写购买时长，请选择 1 至 10 或 12。",
        source: PAGE,
    }
    DurationNotOffered "duration-not-offered" Error "/order/duration" {
        en: "A duration of {value} is not offered. Choose 1 to 10, or 12.",
        zh: "购买时长不能为 {value}，请选择 1 至 10 或 12。",
        source: "OpenSearch:CreateInstance (2024-07-16), whose own example, 29, breaks it",
    }
    DurationOfTwelveYears "duration-of-twelve-years" Warning "/order/duration" {
        en: "This pays for 12 years. No document says that so long a term can be bought.",
        zh: "这将一次支付 12 年。文档未说明能否购买这么长的时长。",
        source: "OpenSearch:CreateInstance (2024-07-16) lists 12 without saying for which cycle",
    }
    PricingCycleMissing "pricing-cycle-missing" Warning "/order/pricingCycle" {
        en: "The term has no unit. Choose Month or Year.",
        zh: "未选择周期单位，请选择 Month 或 Year。",
        source: PAGE,
    }
    PricingCycleUnknown "pricing-cycle-unknown" Error "/order/pricingCycle" {
        en: "“{value}” is not a pricing cycle. Use Month or Year.",
        zh: "“{value}”不是有效的周期单位，请使用 Month 或 Year。",
        source: PAGE,
    }
    TagsMany "tags-many" Warning "/tags" {
        en: "There are {value} tags; TagResources takes at most {limit}.",
        zh: "共有 {value} 个标签，TagResources 最多接受 {limit} 个。",
        source: "TagResources (2021-10-25)",
    }
    TagSurroundingSpace "tag-surrounding-space" Warning "" {
        en: "The text begins or ends with white space, or with a character that nobody sees. Remove it unless it is meant.",
        zh: "标签首尾有空白或不可见字符。如非有意，请删除。",
        source: "havenask-instances: no document forbids it",
    }
    TagKeyMissing "tag-key-missing" Error "/tags/*/key" {
        en: "The tag needs a key.",
        zh: "标签必须有键。",
        source: TAGS,
    }
    TagKeyTooLong "tag-key-too-long" Error "/tags/*/key" {
        en: "The key of the tag has {value} characters; at most {limit} are allowed.",
        zh: "标签键有 {value} 个字符，最多允许 {limit} 个。",
        source: TAGS,
    }
    TagKeyReserved "tag-key-reserved" Error "/tags/*/key" {
        en: "The key of a tag may not start with aliyun or acs:, nor hold http:// or https://.",
        zh: "标签键不能以 aliyun 或 acs: 开头，也不能包含 http:// 或 https://。",
        source: TAGS,
    }
    TagKeyDuplicate "tag-key-duplicate" Error "/tags/*/key" {
        en: "The tag {value} is given more than once. Keep one.",
        zh: "标签 {value} 重复出现，请只保留一个。",
        source: TAGS,
    }
    TagValueTooLong "tag-value-too-long" Error "/tags/*/value" {
        en: "The value of the tag has {value} characters; at most {limit} are allowed.",
        zh: "标签值有 {value} 个字符，最多允许 {limit} 个。",
        source: TAGS,
    }
}

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
