//! The plan file: found, read, decoded with positions.

mod controls;
mod decode;
mod document;
mod fault;
mod fields;
mod file;
mod syntax;

pub use decode::decode;
pub use fault::{Fault, Lines};
pub use file::{FileError, discover, read};
