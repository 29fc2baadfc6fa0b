//! Declaration of JSON types: the struct, its schema and its reading, from one row a field.

/// Declares a struct that is read from a JSON object. The name of each property is that of the field in camel case, which serde
/// writes with `rename_all = "camelCase"`. An `Option` may be left out, and so may a field with `= default`; `as` names another
/// schema than that of the type. [`OpenObject`](crate::Schema::OpenObject) may have other properties,
/// [`Object`](crate::Schema::Object) may not.
///
/// ```
/// use havenask_core::{FromValue, Schema, json_object};
///
/// json_object! {
///     /// A purchase in a list.
///     #[derive(Debug, PartialEq)]
///     struct Purchase: OpenObject {
///         instance_id: String as Schema::SingleLine,
///         total_count: Option<u64>,
///         tags: Vec<String> = default,
///     }
/// }
///
/// let value = serde_json::from_str(r#"{"instanceId": "ha-cn-1", "totalCount": 2}"#)?;
/// let purchase = Purchase { instance_id: "ha-cn-1".into(), total_count: Some(2), tags: Vec::new() };
/// assert_eq!(Purchase::from_value(value), Ok(purchase));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! json_object {
    ($(#[$meta:meta])* $vis:vis struct $name:ident: $schema:ident {
        $($(#[$attribute:meta])* $field_vis:vis $field:ident: $type:ty $(as $as:path)? $(= $default:ident)?),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name {
            $($(#[$attribute])* $field_vis $field: $type,)*
        }

        impl $crate::FromValue for $name {
            const SCHEMA: &'static $crate::Schema = &$crate::Schema::$schema(&[
                $($crate::json_object!(@property $field, $type, [$($as)?], [$($default)?]),)*
            ]);

            fn from_checked(value: &$crate::Value<'_>) -> Self {
                let object = $crate::ObjectReader::new(value);
                Self { $($field: $crate::json_object!(@read object, $field, $type, [$($default)?]),)* }
            }
        }
    };
    (@property $field:ident, $type:ty, [$($as:path)?], [default]) => {
        $crate::Property::optional($crate::json_object!(@name $field), $crate::json_object!(@schema $type, [$($as)?]))
    };
    (@property $field:ident, $type:ty, [$($as:path)?], []) => {
        $crate::Property {
            required: <$type as $crate::FromValue>::REQUIRED,
            ..$crate::Property::optional($crate::json_object!(@name $field), $crate::json_object!(@schema $type, [$($as)?]))
        }
    };
    (@schema $type:ty, [$as:path]) => { &$as };
    (@schema $type:ty, []) => { <$type as $crate::FromValue>::SCHEMA };
    (@read $object:ident, $field:ident, $type:ty, [default]) => {
        $object.read::<Option<$type>>($crate::json_object!(@name $field)).unwrap_or_default()
    };
    (@read $object:ident, $field:ident, $type:ty, []) => {
        $object.read::<$type>($crate::json_object!(@name $field))
    };
    (@name $field:ident) => {{
        const FIELD: &str = stringify!($field);
        const NAME: &[u8] = &$crate::json::camel_case::<{ $crate::json::camel_case_length(FIELD) }>(FIELD);
        const { $crate::json::text_of(NAME) }
    }};
}

/// Declares an enum that is one of a list of words in JSON.
///
/// ```
/// use havenask_core::json_enum;
///
/// json_enum! {
///     /// A colour.
///     #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
///     pub enum Colour {
///         /// Red.
///         Red = "red",
///         /// Blue.
///         Blue = "blue",
///     }
/// }
///
/// assert_eq!((Colour::Red.as_str(), Colour::parse("blue")), ("red", Some(Colour::Blue)));
/// ```
#[macro_export]
macro_rules! json_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$attribute:meta])* $variant:ident = $word:literal),* $(,)?
    }) => {
        $(#[$meta])*
        $vis enum $name {
            $($(#[$attribute])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$variant),*];

            const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Reads a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|it| it.as_str() == word)
            }
        }

        impl $crate::FromValue for $name {
            const SCHEMA: &'static $crate::Schema = &$crate::Schema::Enum(Self::WORDS);

            fn from_checked(value: &$crate::Value<'_>) -> Self {
                let [first, ..] = Self::ALL;
                let index = $crate::json::enum_index(value, Self::WORDS);
                Self::ALL.get(index).copied().unwrap_or(first)
            }
        }
    };
}

/// Length of a name in camel case.
#[doc(hidden)]
#[must_use]
pub const fn camel_case_length(field: &str) -> usize {
    let (bytes, mut index, mut length) = (field.as_bytes(), 0, 0);
    while index < bytes.len() {
        length += (bytes[index] != b'_') as usize;
        index += 1;
    }
    length
}

/// Converts a name of `LENGTH` letters from snake case to camel case.
#[doc(hidden)]
#[must_use]
pub const fn camel_case<const LENGTH: usize>(field: &str) -> [u8; LENGTH] {
    let (bytes, mut index, mut name, mut length) = (field.as_bytes(), 0, [0; LENGTH], 0);
    while index < bytes.len() {
        if bytes[index] != b'_' {
            let follows = index > 0 && bytes[index - 1] == b'_';
            name[length] = if follows { bytes[index].to_ascii_uppercase() } else { bytes[index] };
            length += 1;
        }
        index += 1;
    }
    name
}

/// The text of a name.
#[doc(hidden)]
#[must_use]
pub const fn text_of(name: &[u8]) -> &str {
    match core::str::from_utf8(name) {
        Ok(text) => text,
        Err(_) => "",
    }
}
