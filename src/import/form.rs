//! The names of sheets, headings and cells in the workbook that an owner fills in. They are used to write this workbook
//! and to read it.

use crate::model::vocabulary;

/// The name of the sheet that the owner fills in.
pub const FORM: &str = "Updates";
/// The name of the sheet that names the plan and the owner.
pub const ABOUT: &str = "About";
/// The heading of the column that contains the ids of the items.
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
    /// The names of the facts on the sheet `About`, which describes the workbook.
    FormFact {
        Plan = "Plan",
        Published = "Published",
        AsOf = "As of",
        Owner = "Owner",
        AnswerBy = "Answer by",
    }
}
