//! JSON: values of any shape, the schema that a typed value needs, its reading and its writing.

mod pointer;
mod read;
mod schema;
mod value;
mod write;

pub(crate) use self::{
    pointer::pointer,
    read::enum_index,
    value::find,
    write::{ObjectWriter, escape, list, string},
};
pub use self::{
    read::{FromValue, ObjectReader},
    schema::{Property, Schema, SchemaError},
    value::{MAX_DEPTH, Value},
};
