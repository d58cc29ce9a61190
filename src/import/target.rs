//! The targets of columns: the keys of the plan, and the other meanings that a mapping can give to a column.

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
        /// Each row has further values of a recommendation that is on another sheet.
        Details = "details",
        /// The sheet is not imported.
        Nothing = "-",
    }
}

#[expect(clippy::derivable_impls, reason = "a vocabulary derives no default")]
impl Default for Rows {
    fn default() -> Self {
        Self::Recommendations
    }
}

/// The record to which a key belongs: an item, or an entry of the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Item,
    Progress,
    Revision,
    Verification,
}

/// The meaning that a mapping gives to a column, such as a key of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A key of the item in the row, or of an entry of this item.
    Key { is_action: bool, of: Of, key: &'static Key },
    /// The agreed meaning of a timescale, which becomes its key `due`. Another column has the wording of the timescale.
    Due { is_action: bool, of: Of },
    /// The id of the recommendation to which the action in the row belongs.
    Recommendation,
    /// The name of the plan to which the row belongs.
    Plan,
    /// A key that plans do not define. Its name is the heading of the column.
    Extra { is_action: bool },
    /// Several keys that plans do not define. The cell contains them as a JSON object.
    Extras { is_action: bool },
    /// The column is not imported.
    Nothing,
}

/// The keys of entries that a mapping can use: for each key, the name in the mapping, the kind of entry, and the name
/// in the plan file.
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
    /// Returns the target that has this name in a mapping for rows of this kind. Returns `None` if the name is unknown.
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

    /// Checks whether the column contains the ids of the rows.
    pub fn is_id(self) -> bool {
        matches!(self, Self::Key { is_action: false, of: Of::Item, key } if key.name == "id")
    }
}

/// Checks whether one cell can contain the value of a key.
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
