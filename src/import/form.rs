//! The names of the sheets and headings in the workbooks in which owners of recommendations or actions report updates.

use crate::model::vocabulary;

/// The name of the sheet that the owner of recommendations or actions fills in.
pub const FORM: &str = "Updates";
/// The name of the sheet that describes the workbook: its plan, its owner and its dates.
pub const ABOUT: &str = "About";
/// The heading of the column with the ids of recommendations and actions.
pub const FORM_ID: &str = "Id";

vocabulary! {
    /// The headings of the columns that the owner of recommendations or actions fills in.
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
    /// The facts on the sheet `About`, such as the plan and the owner who is asked for updates.
    FormFact {
        Plan = "Plan",
        Published = "Published",
        AsOf = "As of",
        Owner = "Owner",
        AnswerBy = "Answer by",
    }
}
