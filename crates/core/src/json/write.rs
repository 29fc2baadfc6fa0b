//! The JSON that goes over the wire: compact, unset fields left out, non-ASCII as it is. Byte for byte what the official
//! Python and Node SDKs send (`tests/vectors/official-sdk.json`), in a few hundred bytes of wasm.

use alloc::string::String;

use crate::hex;

/// Writes one object, a field at a time.
pub(crate) struct ObjectWriter<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> ObjectWriter<'a> {
    pub(crate) const fn open(out: &'a mut String) -> Self {
        Self { out, empty: true }
    }

    pub(crate) fn close(self) {
        self.out.push_str(if self.empty { "{}" } else { "}" });
    }

    /// Writes the name of a field, in which there is nothing to escape; the caller writes its value.
    pub(crate) fn name(&mut self, name: &str) -> &mut String {
        self.out.push_str(if self.empty { "{\"" } else { ",\"" });
        self.empty = false;
        self.out.push_str(name);
        self.out.push_str("\":");
        self.out
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) {
        string(self.name(name), value);
    }

    pub(crate) fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub(crate) fn bool(&mut self, name: &str, value: bool) {
        self.name(name).push_str(if value { "true" } else { "false" });
    }
}

/// Writes a list, an item at a time.
pub(crate) fn list<T>(out: &mut String, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (index, value) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(out, value);
    }
    out.push(']');
}

/// Writes a character as its number, which has four hexadecimal digits.
pub(crate) fn escape(out: &mut String, letter: u32) {
    out.push_str("\\u");
    let [.., high, low] = letter.to_be_bytes();
    hex::push(out, hex::LOWER, high);
    hex::push(out, hex::LOWER, low);
}

/// Writes a string with the escapes that `JSON.stringify` and Python's `json.dumps` choose.
pub(crate) fn string(out: &mut String, value: &str) {
    out.push('"');
    let mut written = 0;
    for (index, byte) in value.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(value.get(written..index).unwrap_or_default());
        written = index + 1;
        let letter = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                escape(out, byte.into());
                continue;
            }
        };
        out.push('\\');
        out.push(char::from(letter));
    }
    out.push_str(value.get(written..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_string_is_written_as_serde_json_writes_it(value in any::<String>()) {
            let mut ours = String::new();
            super::string(&mut ours, &value);
            prop_assert_eq!(ours, serde_json::to_string(&value).unwrap());
        }
    }

    #[test]
    fn every_control_character_is_escaped() {
        let value: String = (0..0x20_u8).map(char::from).collect();
        let mut ours = String::new();
        super::string(&mut ours, &value);
        assert_eq!(ours, serde_json::to_string(&value).unwrap());
    }
}
