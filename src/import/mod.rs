//! Spreadsheets on their way into a plan: read as sheets of cells, explained, mapped to the keys of a plan, and compared
//! with the plan that they were imported into before.

pub mod source;
pub mod table;
