//! The names of sheets, headings and cells in the workbook for owners, used both to write and to read it.

use crate::model::vocabulary;

/// The sheet for the owner to fill in.
pub const FORM: &str = "Updates";
/// The sheet that names the plan and the owner.
pub const ABOUT: &str = "About";
/// The heading of the column of ids.
pub const FORM_ID: &str = "Id";

vocabulary! {
    /// The cells that an owner fills in, named by the headings of their columns.
    FormCell {
        Status = "Status",
        Date = "Date",
        Outlook = "Outlook",
        Note = "Note",
        Evidence = "Evidence",
        Extension = "Extension requested",
        Reason = "Reason",
    }
}

vocabulary! {
    /// The names of the values in the sheet about the workbook.
    FormFact {
        Plan = "Plan",
        Published = "Published",
        AsOf = "As of",
        Owner = "Owner",
        AnswerBy = "Answer by",
    }
}
