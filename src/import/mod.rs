//! The import of spreadsheets: reads a file as sheets of cells, describes the sheets, maps their columns to the keys of
//! a plan, and compares the result with an existing plan.

pub mod account;
pub mod build;
mod draft;
pub mod explain;
pub mod form;
mod hidden;
mod knowledge;
mod labels;
pub mod mapping;
pub mod parts;
mod reading;
pub mod source;
pub mod suggest;
pub mod table;
pub mod target;
pub mod update;
pub mod updates;
mod view;

pub use draft::Draft;
