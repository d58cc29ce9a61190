//! The plan file: found, read, decoded with positions.

mod change;
mod controls;
mod decode;
mod document;
mod edit;
mod fault;
mod fields;
mod file;
mod syntax;
mod write;

pub use change::{Unchanged, change, line_of};
pub use decode::decode;
pub use fault::{Fault, Lines};
pub use file::{FILE_NAME, FileError, discover, read};
pub use write::{Scratch, Writer, create, scratch};
