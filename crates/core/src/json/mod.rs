//! JSON: values of any shape, the schema that a typed value needs, its reading and its writing.

mod declare;
mod pointer;
mod read;
mod schema;
mod value;
mod write;

#[doc(hidden)]
pub use self::{
    declare::{camel_case, camel_case_length, text_of},
    read::enum_index,
};
pub(crate) use self::{
    pointer::pointer,
    value::find,
    write::{ObjectWriter, escape, list, string},
};
pub use self::{
    read::{FromValue, ObjectReader},
    schema::{Property, Schema, SchemaError},
    value::{MAX_DEPTH, Value},
};
