//! The names in the workbook that an owner fills in: those that are written, and found again when it comes back.

use crate::model::vocabulary;

/// The sheet that is filled in.
pub const FORM: &str = "Updates";
/// The sheet that says whose it is.
pub const ABOUT: &str = "About";
/// The heading of the ids.
pub const FORM_ID: &str = "Id";

vocabulary! {
    /// The cells of an item that an owner fills in, by the headings of their columns.
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
    /// The names of what the sheet about the workbook says.
    FormFact {
        Plan = "Plan",
        Published = "Published",
        AsOf = "As of",
        Owner = "Owner",
        AnswerBy = "Answer by",
    }
}
