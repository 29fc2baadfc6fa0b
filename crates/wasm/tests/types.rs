//! Makes `npm/types.d.ts` from the Rust types, and compares it with the one that is committed. `cargo xtask bless` renews
//! it.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod made_from_code;

use std::fmt::Write;

use havenask_core::{
    ErrorCode, Failure, SignedRequest,
    model::CreateInstanceRequest,
    pricing::Quote,
    response::{Created, DryRun},
    rules::Problem,
    verify::Verification,
};
use havenask_wasm::types;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

#[test]
fn the_committed_types_are_those_of_the_rust_types() {
    let mut input = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    input.subschema_for::<CreateInstanceRequest>();
    input.subschema_for::<types::ValidateOptions>();
    input.subschema_for::<types::SignOptions>();
    input.subschema_for::<types::SignRequestOptions>();
    input.subschema_for::<types::SamplesOptions>();
    input.subschema_for::<types::RequestInput>();
    input.subschema_for::<types::PurchaseArguments>();
    input.subschema_for::<types::QuoteOptions>();
    input.subschema_for::<types::ClientOptions>();
    let mut output = SchemaSettings::draft2020_12().for_serialize().into_generator();
    output.subschema_for::<Problem>();
    output.subschema_for::<SignedRequest>();
    output.subschema_for::<Verification>();
    output.subschema_for::<Created>();
    output.subschema_for::<DryRun>();
    output.subschema_for::<Failure>();
    output.subschema_for::<Quote>();
    output.subschema_for::<ErrorCode>();

    let mut text = String::from("// Made from the Rust types by crates/wasm/tests/types.rs.\n\n");
    write_all(&mut text, &mut input, "");
    write_all(&mut text, &mut output, "readonly ");
    // For native programs only: a build of all features knows it, the package does not.
    let text = text.replace(" | \"ACS3-HMAC-SM3\"", "");
    made_from_code::compare("crates/wasm/npm/types.d.ts", &text);
}

fn write_all(text: &mut String, generator: &mut SchemaGenerator, readonly: &str) {
    for (name, schema) in generator.take_definitions(true) {
        let start = format!("export interface {name} ");
        if text.contains(&start) || text.contains(&format!("export type {name} ")) {
            continue;
        }
        doc(text, &schema, "");
        if schema.get("properties").is_some() {
            write!(text, "{start}{}\n\n", object(&schema, readonly, "")).unwrap();
        } else {
            write!(text, "export type {name} = {};\n\n", kind(&schema, readonly, "")).unwrap();
        }
    }
}

fn object(schema: &Value, readonly: &str, indent: &str) -> String {
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let mut text = String::from("{\n");
    let inner = format!("{indent}  ");
    for (name, property) in properties {
        // The word that tells the choices of an enum apart has none of its own.
        let told = if property.get("const").is_some() { schema } else { property };
        doc(&mut text, told, &inner);
        let is_required = schema["required"]
            .as_array()
            .is_some_and(|it| it.contains(&Value::from(name.as_str())));
        let mark = if is_required { "" } else { "?" };
        writeln!(text, "{inner}{readonly}{name}{mark}: {};", kind(property, readonly, &inner))
            .unwrap();
    }
    text + indent + "}"
}

/// A schema as a type. `null` is not said: what is not set is left out.
fn kind(schema: &Value, readonly: &str, indent: &str) -> String {
    if let Some(text) = schema["typescript"].as_str() {
        return text.to_owned();
    }
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.trim_start_matches("#/$defs/").to_owned();
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(values) = schema["enum"].as_array() {
        return values
            .iter()
            .filter(|it| !it.is_null())
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(" | ");
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let kinds = choices
                .iter()
                .filter(|it| it["type"] != "null")
                .map(|it| kind(it, readonly, indent));
            return kinds.collect::<Vec<_>>().join(" | ");
        }
    }
    if let Some(items) = schema["prefixItems"].as_array() {
        let items = items.iter().map(|it| kind(it, readonly, indent)).collect::<Vec<_>>();
        // `fetch` takes headers that it may change, and nothing else.
        let mark = if readonly.is_empty() { "readonly " } else { "" };
        return format!("{mark}[{}]", items.join(", "));
    }
    let name = match &schema["type"] {
        Value::Array(names) => names.iter().find(|it| **it != "null").and_then(Value::as_str),
        name => name.as_str(),
    };
    match name {
        Some("array") => {
            let item = kind(&schema["items"], readonly, indent);
            if item.starts_with('[') {
                format!("{item}[]")
            } else if item.contains([' ', '[']) {
                format!("readonly ({item})[]")
            } else {
                format!("readonly {item}[]")
            }
        }
        Some("object") => object(schema, readonly, indent),
        // An argument may be either.
        Some("integer") if readonly.is_empty() => "number | bigint".to_owned(),
        Some("integer" | "number") => "number".to_owned(),
        Some(name) => name.to_owned(),
        None => "unknown".to_owned(),
    }
}

fn doc(text: &mut String, schema: &Value, indent: &str) {
    if let Some(description) = schema["description"].as_str() {
        // Links of rustdoc mean nothing to an editor.
        let description = description.replace("[`", "`").replace("`]", "`");
        let lines =
            description.lines().map(str::trim).collect::<Vec<_>>().join(&format!("\n{indent} * "));
        writeln!(text, "{indent}/** {lines} */").unwrap();
    }
}
