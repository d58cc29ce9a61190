//! Finds, reads, decodes and writes plan files.

mod controls;
mod decode;
mod extra;
mod fields;
mod find;
mod lines;
mod pieces;
mod syntax;
mod tables;
mod tree;
mod write;

pub use decode::{PlanText, Reader};
pub use extra::{plain, plain_table};
pub use find::{
    FILE_NAME, FileError, FoundFiles, NamedFile, bytes, discover, is_one_file, matching,
    name_apart, once_each, printable_path, read, text, toml_below,
};
pub use lines::{Excerpt, Line, Lines, whole_lines};
pub use pieces::{Piece, Pieces};
pub use tables::RECORDS;
pub use tree::{Origin, Places, TableAt, Tree, has_headers, table_at};
pub use write::{FileWriter, Scratch, append, create, create_all, replace, scratch};
