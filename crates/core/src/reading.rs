//! Reads typed values out of an [`Input`]: arguments of JavaScript, answers of a proxy. What does not fit is named with its
//! place. Derived deserializers would do the same in three times the wasm.

use std::fmt;

use crate::{Input, rules::pointer};

/// A type that an [`Input`] can say.
pub trait FromInput: Sized {
    /// Reads it.
    fn from_input(input: Input) -> Result<Self, Mismatch>;
}

/// Why a value is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The place: a JSON Pointer.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

/// An object, a field at a time.
#[derive(Debug)]
pub struct Fields {
    fields: Vec<(String, Input)>,
    known: Vec<&'static str>,
}

impl Mismatch {
    /// Something is wrong at the place where one is.
    pub fn says(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// The same, one step deeper in a list or an object.
    #[must_use]
    pub fn at(mut self, step: &str) -> Self {
        self.path.insert_str(0, &pointer("", step));
        self
    }
}

impl Fields {
    /// The fields of an object.
    pub fn of(input: Input) -> Result<Self, Mismatch> {
        match input {
            Input::Object(fields) => Ok(Self { fields, known: Vec::new() }),
            other => Err(needed("an object", &other)),
        }
    }

    /// A field that may be left out.
    pub fn optional<T: FromInput>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        match self.take(name) {
            Input::Null => Ok(None),
            value => T::from_input(value).map(Some).map_err(|mismatch| mismatch.at(name)),
        }
    }

    /// A field that must be there.
    pub fn required<T: FromInput>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        let missing = || Mismatch::says(["the field ", name, " is missing"].concat());
        self.optional(name)?.ok_or_else(missing)
    }

    /// A field that is read in another way.
    pub fn skip(&mut self, name: &'static str) {
        self.take(name);
    }

    /// Refuses a field that was not asked for.
    pub fn end(self) -> Result<(), Mismatch> {
        let Some((unknown, _)) = self.fields.first() else { return Ok(()) };
        let known = self.known.join(", ");
        Err(Mismatch::says(["there is no field ", unknown, "; the fields are ", &known].concat()))
    }

    fn take(&mut self, name: &'static str) -> Input {
        self.known.push(name);
        let place = self.fields.iter().position(|(field, _)| field == name);
        place.map_or(Input::Null, |place| self.fields.swap_remove(place).1)
    }
}

impl FromInput for Input {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        Ok(input)
    }
}

impl FromInput for String {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        match input {
            Input::Text(text) => Ok(text),
            other => Err(needed("text", &other)),
        }
    }
}

impl FromInput for bool {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        match input {
            Input::Bool(value) => Ok(value),
            other => Err(needed("true or false", &other)),
        }
    }
}

impl FromInput for i64 {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        match input {
            Input::Integer(value) => Ok(value),
            other => Err(needed("a whole number", &other)),
        }
    }
}

impl<T: FromInput> FromInput for Vec<T> {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let items = match input {
            Input::List(items) => items,
            other => return Err(needed("a list", &other)),
        };
        let mut list = Self::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            list.push(T::from_input(item).map_err(|mismatch| mismatch.at(&index.to_string()))?);
        }
        Ok(list)
    }
}

impl FromInput for (String, String) {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let pair: [String; 2] = Vec::from_input(input)?
            .try_into()
            .map_err(|_| Mismatch::says("a name and a value are needed"))?;
        Ok(pair.into())
    }
}

/// Reads a word that stands for a value.
pub(crate) fn word<T>(
    input: Input,
    words: impl Iterator<Item = (&'static str, T)> + Clone,
) -> Result<T, Mismatch> {
    let text = String::from_input(input)?;
    let found = words.clone().find(|(word, _)| *word == text);
    found.map(|(_, value)| value).ok_or_else(|| {
        let known: Vec<_> = words.map(|(word, _)| word).collect();
        Mismatch::says([text.as_str(), " is none of ", &known.join(", ")].concat())
    })
}

fn needed(expected: &str, found: &Input) -> Mismatch {
    let found = match found {
        Input::Null => "nothing",
        Input::Bool(_) => "true or false",
        Input::Integer(_) | Input::OtherNumber => "a number",
        Input::Text(_) => "text",
        Input::List(_) => "a list",
        Input::Object(_) => "an object",
        Input::Foreign => "something that JSON cannot say",
    };
    Mismatch::says([expected, " is needed, not ", found].concat())
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        formatter.write_str(if self.path.is_empty() { "" } else { ": " })?;
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Mismatch {}

#[cfg(test)]
mod tests {
    use serde::{Serialize, de::DeserializeOwned};

    use super::*;
    use crate::{
        Algorithm, Failure, Fault, Locale, Problem, Severity,
        answer::{Answer, DryRun, NewInstance},
        catalog::Catalog,
        instance::Instance,
        model::Tag,
        rules::RULES,
    };

    fn read<T: FromInput>(json: &str) -> Result<T, String> {
        T::from_input(serde_json::from_str(json).unwrap()).map_err(|it| it.to_string())
    }

    fn reads_as_serde_does<T>(json: &str)
    where
        T: FromInput + DeserializeOwned + Serialize + PartialEq + fmt::Debug,
    {
        let expected: T = serde_json::from_str(json).unwrap();
        assert_eq!(read(json), Ok(expected), "{json}");
    }

    #[test]
    fn what_serde_writes_is_read_back() {
        let problems = RULES.map(|rule| Problem {
            code: rule.code,
            path: "/a".into(),
            severity: Severity::Warning,
            message: "m".into(),
        });
        let failure = Failure {
            problems: problems.to_vec(),
            request_id: Some("R".into()),
            recommend: Some("https://x".into()),
            ..Failure::of(Fault::UpstreamTimeout, Locale::Zh)
        };
        reads_as_serde_does::<Failure>(&serde_json::to_string(&failure).unwrap());
        let instance = Instance {
            instance_id: "ha-cn-1".into(),
            status: Some("READY".into()),
            in_debt: Some(false),
            tags: vec![Tag::new("a", "b"), Tag { key: "c".into(), value: None }],
            ..Instance::default()
        };
        let list = Answer { request_id: "R".into(), result: vec![instance], total_count: Some(1) };
        reads_as_serde_does::<Answer<Vec<Instance>>>(&serde_json::to_string(&list).unwrap());
        reads_as_serde_does::<Answer<NewInstance>>(
            r#"{"requestId":"R","result":{"instanceId":"i"},"other":1}"#,
        );
        reads_as_serde_does::<DryRun>(
            r#"{"dryRun":true,"sent":false,"method":"POST","url":"u","body":"b","stringToSign":"s","canonicalRequest":"c"}"#,
        );
        reads_as_serde_does::<Catalog>(
            r#"{"components":[
            {"code":"a","label":{"en":"A","zh":"甲"},"values":{"type":"number","min":1,"max":9}},
            {"code":"b","label":{"en":"B","zh":"乙"},"values":{"type":"select","options":["x"]},"default":"x"},
            {"code":"c","label":{"en":"C","zh":"丙"},"help":{"en":"H","zh":"助"},"values":{"type":"text"}}]}"#,
        );
        for word in ["ACS3-HMAC-SHA256", "ROA-HMAC-SHA1", "HMAC-SHA1"] {
            reads_as_serde_does::<Algorithm>(&format!("\"{word}\""));
        }
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
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
            "there is no field items; the fields are components"
        );
        let error = read::<Algorithm>(r#""MD5""#).unwrap_err();
        assert!(error.starts_with("MD5 is none of ACS3-HMAC-SHA256, ROA-HMAC-SHA1"), "{error}");
        assert_eq!(
            read::<Vec<(String, String)>>(r#"[["a"]]"#).unwrap_err(),
            "/0: a name and a value are needed"
        );
    }
}
