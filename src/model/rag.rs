//! The plan's own limits for the colours red and amber.

use std::fmt;

use super::{
    KeyValue, Outlook, ReadTable, Shape,
    escalation::is_looser,
    keys::{self, FieldType, MOST_DAYS, Nested, freely, record},
    keyword::{spoken, vocabulary},
    text::{counted, either},
};

vocabulary! {
    /// A colour in the rating of a recommendation. The plan sets the limits for red and amber.
    Colour {
        Red = "red",
        Amber = "amber",
        Green = "green",
    }
}

record! {
    /// The limits that make an open recommendation red or amber. All other open recommendations, and all complete ones,
    /// are green.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Rag as "`[policy.rag]`" checked by has_no_green {
        /// The limits at which work is rated red.
        pub red: Signal = freely("Red").needed().like("{ days_late = 1 }"),
        /// The limits at which work is rated amber.
        pub amber: Signal [and green] = freely("Amber"),
    }
}

keys::one_table!(Rag, |rag| Some(KeyValue::Text(rag.to_string().into())));

fn has_no_green(table: &mut impl ReadTable) {
    table.refuse(
        "green",
        "green has no rule of its own: work is green if it is complete, or neither red nor amber",
    );
}

impl FieldType for Signal {
    const SHAPE: Shape = Shape::Table(Nested::of::<Self>());

    fn read(table: &mut impl ReadTable, at: usize) -> Option<Self> {
        Some(table.table(at).unwrap_or_default())
    }
}

record! {
    /// The limits for one colour. A recommendation needs to reach only one of these limits.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Signal as "" checked by has_a_limit {
        /// This many days overdue, or more.
        pub days_late: Option<u32> = freely("Days overdue").within(1, MOST_DAYS),
        /// Due within this many days.
        pub days_left: Option<u32> = freely("Days left").within(0, MOST_DAYS),
        /// Less than this percentage of the actions is complete.
        pub percent_done_below: Option<u32> = freely("Less than this % done").within(1, 100),
        /// The reported outlook is this or worse.
        pub outlook: Option<Outlook> = freely("Outlook"),
    }
}

fn has_a_limit(table: &mut impl ReadTable) {
    if table.is_empty() {
        table.incomplete(
            format!("{} has no limit", table.name()),
            "needs a limit",
            "add `days_late`, `days_left`, `percent_done_below` or `outlook`",
        );
    }
}

impl Signal {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks whether any limit is less strict than the same limit in `old`.
    fn is_looser(&self, old: &Self) -> bool {
        is_looser(old.days_late, self.days_late, |old, new| new > old)
            || is_looser(old.days_left, self.days_left, |old, new| new < old)
            || is_looser(old.percent_done_below, self.percent_done_below, |old, new| new < old)
            || is_looser(old.outlook, self.outlook, |old, new| new > old)
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = |count: u32| counted(count, "day", "days");
        let late = self.days_late.map(|count| format!("{} or more overdue", days(count)));
        let left = self.days_left.map(|count| format!("due within {}", days(count)));
        let done = self.percent_done_below.map(|limit| format!("less than {limit}% done"));
        let outlook = self.outlook.map(|best| match best {
            Outlook::OffTrack => spoken(best),
            _ => format!("{} or worse", spoken(best)),
        });
        f.write_str(&either([late, left, done, outlook].into_iter().flatten()))
    }
}

impl Rag {
    pub fn is_looser(&self, old: &Self) -> bool {
        self.red.is_looser(&old.red) || self.amber.is_looser(&old.amber)
    }
}

/// Formats the limits as a sentence: `Red is 1 day or more overdue; amber is off track; all other work is green.`
impl fmt::Display for Rag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Red is {}; ", self.red)?;
        if !self.amber.is_empty() {
            write!(f, "amber is {}; ", self.amber)?;
        }
        f.write_str("all other work is green.")
    }
}
