//! Spreadsheets on their way into a plan: read as sheets of cells, explained, mapped to the keys of a plan, and compared
//! with the plan that they were imported into before.

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
mod target;
pub mod update;
pub mod updates;
mod view;

pub use draft::Draft;
