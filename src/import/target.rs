//! The targets to which a mapping can assign a column: keys of the plan and other meanings, for each kind of row.

use crate::model::{
    Action, Key, ProgressEntry, Recommendation, Record, Revision, Shape, Verification, vocabulary,
};

vocabulary! {
    /// The kind of items that the rows of a sheet contain.
    Rows {
        Recommendations = "recommendations",
        Actions = "actions",
        Updates = "updates",
        Extensions = "extensions",
        Verifications = "verifications",
        /// Further values of the recommendations that are on another sheet.
        Details = "details",
        /// The sheet is left out on purpose.
        Nothing = "-",
    }
}

#[expect(clippy::derivable_impls, reason = "a vocabulary derives no default")]
impl Default for Rows {
    fn default() -> Self {
        Self::Recommendations
    }
}

/// The record that a target belongs to: the item, or the item's entry of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Item,
    Progress,
    Revision,
    Verification,
}

/// The target of a column: the plan's key that the column fills, or another meaning of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A key of the item in the row, or of an entry in the same row.
    Key { is_action: bool, of: Of, key: &'static Key },
    /// The agreed meaning (`due`) of a timescale whose wording is in another column.
    Due { is_action: bool, of: Of },
    /// The id of the recommendation to which the action in the row belongs.
    Recommendation,
    /// The name of the plan to which the row belongs.
    Plan,
    /// One of the user's own keys, named by the heading.
    Extra { is_action: bool },
    /// The user's own keys, as a JSON object in the cell.
    Extras { is_action: bool },
    /// A column that is left out on purpose.
    Nothing,
}

/// The keys of entries in an item's row: the name of the key in a mapping, the kind of entry, and the name of the key
/// in this entry.
const LATEST: [(&str, Of, &str); 12] = [
    ("status", Of::Progress, "status"),
    ("outlook", Of::Progress, "outlook"),
    ("on", Of::Progress, "on"),
    ("note", Of::Progress, "note"),
    ("evidence", Of::Progress, "evidence"),
    ("revised", Of::Revision, "to"),
    ("revised_on", Of::Revision, "on"),
    ("reason", Of::Revision, "reason"),
    ("verified", Of::Verification, "result"),
    ("verified_by", Of::Verification, "by"),
    ("verified_on", Of::Verification, "on"),
    ("verified_note", Of::Verification, "note"),
];
const ACTION: &str = "action.";
const EXTRA: &str = "extra";
const EXTRAS: &str = "extra.*";

impl Target {
    /// Returns the target with this name in a mapping, for rows of this kind.
    pub fn find(rows: Rows, name: &str) -> Option<Self> {
        match name {
            "-" => return Some(Self::Nothing),
            "plan" => return Some(Self::Plan),
            "recommendation" if rows == Rows::Actions => return Some(Self::Recommendation),
            _ => {}
        }
        match rows {
            Rows::Recommendations | Rows::Details => match name.strip_prefix(ACTION) {
                Some(name) => of_item(name, true, Action::KEYS),
                None => of_item(name, false, Recommendation::KEYS),
            },
            Rows::Actions => of_item(name, false, Action::KEYS),
            Rows::Updates => of_entry(name, Of::Progress, ProgressEntry::KEYS),
            Rows::Extensions => of_entry(name, Of::Revision, Revision::KEYS),
            Rows::Verifications => of_entry(name, Of::Verification, Verification::KEYS),
            Rows::Nothing => None,
        }
    }

    /// Returns the names of all targets that a mapping can use for rows of this kind.
    pub fn names(rows: Rows) -> Vec<String> {
        let entry = |keys: &[Key]| {
            let keys = keys.iter().map(|key| key.name.to_owned());
            std::iter::once("id".to_owned())
                .chain(keys)
                .chain(["plan", "-"].map(str::to_owned))
                .collect()
        };
        let latest = || LATEST.iter().map(|(name, ..)| (*name).to_owned());
        let item = |keys: &'static [Key]| {
            let keys = keys.iter().filter(|key| is_one_value(key));
            let extra = [EXTRA, EXTRAS].map(str::to_owned);
            keys.map(|key| key.name.to_owned()).chain(latest()).chain(extra)
        };
        match rows {
            Rows::Recommendations | Rows::Details => {
                let of_action = item(Action::KEYS).map(|name| format!("{ACTION}{name}"));
                let others = ["plan", "-"].map(str::to_owned);
                item(Recommendation::KEYS).chain(of_action).chain(others).collect()
            }
            Rows::Actions => {
                let others = ["recommendation", "plan", "-"].map(str::to_owned);
                item(Action::KEYS).chain(others).collect()
            }
            Rows::Updates => entry(ProgressEntry::KEYS),
            Rows::Extensions => entry(Revision::KEYS),
            Rows::Verifications => entry(Verification::KEYS),
            Rows::Nothing => vec!["-".to_owned()],
        }
    }

    /// Checks whether the target is the id of the row.
    pub fn is_id(self) -> bool {
        matches!(self, Self::Key { is_action: false, of: Of::Item, key } if key.name == "id")
    }
}

/// Checks whether the value of a key fits into a cell.
fn is_one_value(key: &Key) -> bool {
    !matches!(key.shape, Shape::Tables(_) | Shape::Extra)
}

fn of_item(name: &str, is_action: bool, keys: &'static [Key]) -> Option<Target> {
    if name == EXTRA {
        return Some(Target::Extra { is_action });
    }
    if name == EXTRAS {
        return Some(Target::Extras { is_action });
    }
    if name == "due" {
        return Some(Target::Due { is_action, of: Of::Item });
    }
    if let Some(key) = keys.iter().find(|key| key.name == name && is_one_value(key)) {
        return Some(Target::Key { is_action, of: Of::Item, key });
    }
    let (_, of, entry_key) = LATEST.iter().find(|(known, ..)| *known == name)?;
    let keys = match of {
        Of::Revision => Revision::KEYS,
        Of::Verification => Verification::KEYS,
        Of::Progress | Of::Item => ProgressEntry::KEYS,
    };
    let key = keys.iter().find(|key| key.name == *entry_key)?;
    Some(Target::Key { is_action, of: *of, key })
}

fn of_entry(name: &str, of: Of, keys: &'static [Key]) -> Option<Target> {
    match name {
        "id" => of_item(name, false, Recommendation::KEYS),
        "due" if of == Of::Revision => Some(Target::Due { is_action: false, of }),
        _ => {
            let key = keys.iter().find(|key| key.name == name)?;
            Some(Target::Key { is_action: false, of, key })
        }
    }
}
