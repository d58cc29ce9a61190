//! The plan file: found, read, decoded with positions.

mod change;
mod controls;
mod decode;
mod document;
mod edit;
mod fault;
mod fields;
mod file;
mod parts;
mod syntax;
mod write;

pub use change::{Unchanged, change, line_of};
pub use decode::{decode, decode_with_document, located, survey};
pub use document::Document;
pub use fault::{Fault, Lines};
pub use file::{FILE_NAME, FileError, PlanFile, discover, plan_files, read};
pub use toml_parser::Span;
pub use write::{Scratch, Writer, append, create, scratch};
