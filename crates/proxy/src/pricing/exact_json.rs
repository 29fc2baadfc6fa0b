//! JSON whose numbers are read as texts of their digits: a float would lose some of them, and a price is none.

use std::{borrow::Cow, collections::BTreeMap};

use havenask_core::json::{MAX_DEPTH, Value};
use serde_json::value::RawValue;

/// Reads a body; `None` when it is not JSON, or nests too deeply.
pub(crate) fn read(body: &[u8]) -> Option<Value<'static>> {
    value(serde_json::from_slice(body).ok()?, MAX_DEPTH)
}

fn value(raw: &RawValue, depth: u8) -> Option<Value<'static>> {
    let text = raw.get();
    let deeper = || depth.checked_sub(1);
    Some(match text.as_bytes().first()? {
        b'{' => {
            let fields: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let deeper = deeper()?;
            let fields = fields.into_iter();
            let fields = fields.map(|(name, raw)| Some((Cow::Owned(name), value(raw, deeper)?)));
            Value::Object(fields.collect::<Option<_>>()?)
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let deeper = deeper()?;
            Value::List(items.into_iter().map(|raw| value(raw, deeper)).collect::<Option<_>>()?)
        }
        b'-' | b'0'..=b'9' => Value::Text(Cow::Owned(text.to_owned())),
        _ => serde_json::from_str(text).ok()?,
    })
}
