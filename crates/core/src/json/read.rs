//! Reads typed values out of an [`Value`]: arguments of JavaScript, answers of a proxy. The [`Schema`] of the type is checked
//! first, and what does not fit is named with its place; taking the value apart cannot fail after that.

use alloc::{
    borrow::{Cow, ToOwned},
    boxed::Box,
    string::String,
    vec::Vec,
};

use crate::{
    Timestamp, Value,
    json::{Schema, SchemaError, find},
    strings::position,
};

/// A type that an [`Value`] can say.
pub trait FromValue: Sized {
    /// The schema of the value.
    const SCHEMA: &'static Schema;
    /// False for a type that stands for a property that may be left out.
    const REQUIRED: bool = true;

    /// Takes a value of that shape. One of another shape gives something empty.
    fn from_checked(value: &Value<'_>) -> Self;

    /// Reads a value of any shape.
    fn from_value(input: Value<'_>) -> Result<Self, Box<SchemaError>> {
        Self::SCHEMA.check(&input)?;
        Ok(Self::from_checked(&input))
    }
}

/// The properties of an object.
#[derive(Debug)]
pub struct ObjectReader<'a>(&'a [(Cow<'a, str>, Value<'a>)]);

impl<'a> ObjectReader<'a> {
    /// The properties of a value; none where it is no object.
    #[must_use]
    pub fn new(value: &'a Value<'a>) -> Self {
        match value {
            Value::Object(properties) => Self(properties),
            _ => Self(&[]),
        }
    }

    /// A property as it is; `null` when it is missing.
    #[must_use]
    #[inline(never)]
    pub fn value(&self, name: &str) -> &'a Value<'a> {
        find(self.0, name).unwrap_or(&Value::Null)
    }

    /// Reads a property that was checked; one that is missing reads as `null`.
    #[must_use]
    pub fn read<T: FromValue>(&self, name: &str) -> T {
        T::from_checked(self.value(name))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;
    const REQUIRED: bool = false;

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::Null => None,
            value => Some(T::from_checked(value)),
        }
    }
}

impl<T: FromValue> FromValue for Box<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;

    fn from_checked(value: &Value<'_>) -> Self {
        Self::new(T::from_checked(value))
    }
}

/// Anything, of which nothing is kept.
impl FromValue for () {
    const SCHEMA: &'static Schema = &Schema::Any;
    const REQUIRED: bool = false;

    fn from_checked(_: &Value<'_>) -> Self {}
}

impl FromValue for String {
    const SCHEMA: &'static Schema = &Schema::Text;

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::Text(text) => text.as_ref().to_owned(),
            _ => Self::new(),
        }
    }
}

impl FromValue for bool {
    const SCHEMA: &'static Schema = &Schema::Bool;

    fn from_checked(value: &Value<'_>) -> Self {
        matches!(value, Value::Bool(true))
    }
}

impl FromValue for i64 {
    const SCHEMA: &'static Schema = &Schema::Integer;

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::Integer(value) => *value,
            _ => 0,
        }
    }
}

macro_rules! unsigned {
    ($($type:ident),*) => {$(
        impl FromValue for $type {
            const SCHEMA: &'static Schema = &Schema::Integer;

            fn from_checked(value: &Value<'_>) -> Self {
                i64::from_checked(value).try_into().unwrap_or_default()
            }
        }
    )*};
}
unsigned!(u16, u32, u64);

impl<T: FromValue> FromValue for Vec<T> {
    const SCHEMA: &'static Schema = &Schema::List(T::SCHEMA);

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::List(items) => items.iter().map(T::from_checked).collect(),
            _ => Self::new(),
        }
    }
}

impl FromValue for (String, String) {
    const SCHEMA: &'static Schema = &Schema::Pair;

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::List(items) if let [name, value] = items.as_slice() => {
                (String::from_checked(name), String::from_checked(value))
            }
            _ => Self::default(),
        }
    }
}

impl FromValue for Timestamp {
    const SCHEMA: &'static Schema = &Schema::Date;

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::Date(date) => *date,
            Value::Text(text) => Self::parse_iso(text).unwrap_or(Self::from_unix(0)),
            _ => Self::from_unix(0),
        }
    }
}

/// The place of a word among those that are known.
#[doc(hidden)]
#[must_use]
pub fn enum_index(input: &Value<'_>, words: &[&str]) -> usize {
    let place = match input {
        Value::Text(text) => position(words, text),
        _ => None,
    };
    place.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use core::fmt;

    use serde::{Serialize, de::DeserializeOwned};

    use super::*;
    use crate::{
        Algorithm, ErrorCode, Failure, Locale, Problem, Severity,
        catalog::Catalog,
        instance::{Instance, Network, Resource, Spec},
        model::Tag,
        response::{ApiResponse, DryRun, NewInstance},
        rules::{Path, RULES},
        verify::{Reason, Verification},
    };

    fn read<T: FromValue>(json: &str) -> Result<T, String> {
        T::from_value(serde_json::from_str(json).unwrap()).map_err(|it| it.to_string())
    }

    fn reads_as_serde_does<T>(json: &str)
    where
        T: FromValue + DeserializeOwned + Serialize + PartialEq + fmt::Debug,
    {
        let expected: T = serde_json::from_str(json).unwrap();
        assert_eq!(read(json), Ok(expected), "{json}");
    }

    #[test]
    fn json_of_serde_reads_back() {
        let problems = RULES.map(|rule| Problem {
            code: rule.code,
            path: Path::new("/a"),
            severity: Severity::Warning,
            message: "m".into(),
        });
        let failure = Failure {
            problems: problems.to_vec(),
            request_id: Some("R".into()),
            recommend: Some("https://x".into()),
            ..Failure::new(ErrorCode::UpstreamTimeout, Locale::Zh)
        };
        reads_as_serde_does::<Failure>(&serde_json::to_string(&failure).unwrap());
        let instance = Instance {
            instance_id: "ha-cn-1".into(),
            status: Some("READY".into()),
            in_debt: Some(false),
            zone_count: Some(2),
            network: Some(Network { allow: Some("127.0.0.1".into()), ..Network::default() }),
            spec: Some(Spec {
                qrs_resource: None,
                search_resource: Some(Resource { disk: Some(200), ..Resource::default() }),
            }),
            tags: vec![Tag::new("a", "b"), Tag { key: "c".into(), value: None }],
            ..Instance::default()
        };
        let list =
            ApiResponse { request_id: "R".into(), result: vec![instance], total_count: Some(1) };
        reads_as_serde_does::<ApiResponse<Vec<Instance>>>(&serde_json::to_string(&list).unwrap());
        reads_as_serde_does::<ApiResponse<NewInstance>>(
            r#"{"requestId":"R","result":{"instanceId":"i"},"other":1}"#,
        );
        reads_as_serde_does::<DryRun>(
            r#"{"dryRun":true,"sent":false,"method":"POST","url":"u","body":"b","stringToSign":"s","canonicalRequest":"c"}"#,
        );
        reads_as_serde_does::<Catalog>(
            r#"{"notice":{"en":"N","zh":"注"},"components":[
            {"code":"a","label":{"en":"A","zh":"甲"},"values":{"type":"number","min":1,"max":9}},
            {"code":"b","label":{"en":"B","zh":"乙"},"values":{"type":"select","options":["x"]},"default":"x"},
            {"code":"c","label":{"en":"C","zh":"丙"},"help":{"en":"H","zh":"助"},"values":{"type":"text"}}]}"#,
        );
        reads_as_serde_does::<Catalog>(
            r#"{"components":[{"code":"a","label":{"en":"A","zh":"甲"},"unit":{"en":"GB","zh":"GB"},
            "group":{"en":"G","zh":"组"},"link":"https://a.example/","values":{"type":"select","options":["x",
            {"value":"y","label":{"en":"Y","zh":"乙"}},{"value":"z","label":{"en":"Z","zh":"丙"},"help":{"en":"H","zh":"助"}}]}}],
            "presets":[{"name":{"en":"P","zh":"预"},"request":{"chargeType":"PREPAY","components":[{"code":"a","value":"x"},{"code":"b"}],
            "order":{"autoRenew":true,"duration":3,"pricingCycle":"Year"},"resourceGroupId":"rg","tags":[{"key":"k","value":"v"}]}}]}"#,
        );
        for word in ["ACS3-HMAC-SHA256", "ROA-HMAC-SHA1", "HMAC-SHA1"] {
            reads_as_serde_does::<Algorithm>(&format!("\"{word}\""));
        }
    }

    #[test]
    fn json_written_by_hand_equals_that_of_serde() {
        let problems = RULES.map(|rule| Problem {
            code: rule.code,
            path: Path::new("/a\""),
            severity: rule.severity,
            message: rule.zh.into(),
        });
        let mut list = String::new();
        Problem::list(&mut list, &problems);
        assert_eq!(list, serde_json::to_string(&problems).unwrap());
        let mut failure = Failure::new(ErrorCode::UpstreamTimeout, Locale::Zh);
        assert_eq!(failure.to_json(), serde_json::to_string(&failure).unwrap());
        failure.problems = problems.to_vec();
        failure.request_id = Some("R".into());
        failure.recommend = Some("https://x".into());
        assert_eq!(failure.to_json(), serde_json::to_string(&failure).unwrap());
        for reason in [
            Reason::AuthorizationMissing,
            Reason::AuthorizationMalformed,
            Reason::AlgorithmNotSupported,
            Reason::AccessKeyDiffers,
            Reason::SecurityTokenDiffers,
            Reason::HeaderNotSigned,
            Reason::HeaderMissing,
            Reason::ContentHashDiffers,
            Reason::ContentMd5Differs,
            Reason::SignatureDiffers,
        ] {
            let verification = Verification {
                valid: false,
                reason: Some(reason),
                canonical_request: None,
                string_to_sign: None,
            };
            assert_eq!(verification.to_json(), serde_json::to_string(&verification).unwrap());
        }
    }

    #[test]
    fn a_field_of_an_answer_may_be_null() {
        let nulls = r#"{"requestId":"R","result":[{"instanceId":"i","status":null,"tags":null,"network":null}],"totalCount":null}"#;
        let instance = Instance { instance_id: "i".into(), ..Instance::default() };
        let list =
            ApiResponse { request_id: "R".into(), result: vec![instance], total_count: None };
        assert_eq!(read(nulls), Ok(list));
    }

    #[test]
    fn a_problem_of_a_newer_proxy_is_read() {
        let newer = r#"[{"code":"rule-of-tomorrow","path":"/a","severity":"error","message":"m"}]"#;
        assert_eq!(read::<Vec<Problem>>(newer).map(|it| it[0].message.clone()), Ok("m".to_owned()));
    }

    #[test]
    fn a_mismatch_is_named_with_its_place() {
        let catalog = |json| read::<Catalog>(json).unwrap_err();
        assert_eq!(catalog("[]"), "an object is needed, not a list");
        assert_eq!(catalog("{}"), "the field components is missing");
        assert_eq!(catalog(r#"{"components":1}"#), "/components: a list is needed, not a number");
        assert_eq!(
            catalog(r#"{"components":[{"code":"a","label":{"en":"A"}}]}"#),
            "/components/0/label: the field zh is missing"
        );
        assert_eq!(
            catalog(r#"{"components":[],"items":[]}"#),
            "there is no field items; the fields are notice, components, presets"
        );
        let error = read::<Algorithm>(r#""MD5""#).unwrap_err();
        assert!(error.starts_with("MD5 is none of ACS3-HMAC-SHA256, ROA-HMAC-SHA1"), "{error}");
        assert_eq!(
            read::<Vec<(String, String)>>(r#"[["a"]]"#).unwrap_err(),
            "/0: a pair of texts is needed, not a list"
        );
    }
}
