//! JSON Schema of the types.

use schemars::{
    JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, transform::RecursiveTransform,
};
use serde_json::{Map, Value};

/// The schemas that operations have asked for.
#[derive(Debug)]
pub(super) struct Schemas {
    input: SchemaGenerator,
    output: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = SchemaSettings::draft2020_12()
            .with(|settings| settings.definitions_path = "/components/schemas".into())
            .with_transform(RecursiveTransform(without_links));
        Self {
            input: settings.clone().for_deserialize().into_generator(),
            output: settings.for_serialize().into_generator(),
        }
    }
}

impl Schemas {
    /// The schema of a type that is read.
    pub(super) fn input<T: JsonSchema>(&mut self) -> Schema {
        self.input.subschema_for::<T>()
    }

    /// The schema of a type that is written.
    pub(super) fn output<T: JsonSchema>(&mut self) -> Schema {
        self.output.subschema_for::<T>()
    }

    /// The properties of an object that is read, each with its schema.
    pub(super) fn properties<T: JsonSchema>(&mut self) -> Map<String, Value> {
        let schema = T::json_schema(&mut self.input);
        schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// All that are referred to, by name.
    pub(super) fn definitions(mut self) -> Map<String, Value> {
        let mut definitions = self.output.take_definitions(true);
        definitions.extend(self.input.take_definitions(true));
        definitions
    }
}

/// Links of rustdoc mean nothing elsewhere.
fn without_links(schema: &mut Schema) {
    if let Some(description) = schema.get("description").and_then(Value::as_str) {
        let plain = description.replace("[`", "`").replace("`]", "`");
        schema.insert("description".to_owned(), plain.into());
    }
}
