//! What differs between two versions of a plan, as typed data: the history rules judge it, `diff` and `log` tell it. Layout
//! and order do not count.

mod entries;
mod extra;
mod items;
mod lineage;
mod meetings;
mod parts;
mod policy;

use std::fmt;

use serde_json::Value;

pub use entries::{Before, Entry, EntryKind};
pub use items::newest_of_plan;
pub use lineage::lineage;

use crate::{
    key_path::KeyPath,
    model::{
        Day, Escalation, Id, ItemRef, Level, Period, Plan, Position, Rag, Response, Rule,
        Timescale, paragraphs, to_single_line,
    },
};

/// One thing that differs, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub item: Item,
    /// Its place in the earlier version; the top where it was not there.
    pub earlier: KeyPath,
    /// Its place in the present version; of what is gone, a place near by.
    pub present: KeyPath,
    pub positions: Positions,
    pub what: ChangeKind,
}

/// The positions of a recommendation or an action in the two versions, where it is in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Positions {
    pub earlier: Option<Position>,
    pub present: Option<Position>,
}

impl Positions {
    fn both(earlier: Position, present: Position) -> Self {
        Self { earlier: Some(earlier), present: Some(present) }
    }

    fn earlier(position: Position) -> Self {
        Self { earlier: Some(position), present: None }
    }

    fn present(position: Position) -> Self {
        Self { earlier: None, present: Some(position) }
    }
}

impl Difference {
    /// The recommendation or action as it is in the present version; of one that is gone, as it was.
    pub fn work<'p>(
        &self,
        earlier: Option<&'p Plan>,
        present: Option<&'p Plan>,
    ) -> Option<ItemRef<'p>> {
        let Positions { earlier: before, present: now } = self.positions;
        let mut versions = [(present, now), (earlier, before)].into_iter();
        versions.find_map(|(plan, position)| Some(plan?.work(position?)))
    }

    /// Whether both leave the same behind, whatever stood there before.
    pub fn has_same_outcome(&self, other: &Self) -> bool {
        let is_same = match (&self.what, &other.what) {
            (
                ChangeKind::EntryAdded { entry: one, .. },
                ChangeKind::EntryAdded { entry: two, .. },
            ) => one == two,
            (
                ChangeKind::EntryChanged { new: one, .. },
                ChangeKind::EntryChanged { new: two, .. },
            ) => one == two,
            (ChangeKind::Text { key, new, .. }, ChangeKind::Text { key: other, new: two, .. })
            | (
                ChangeKind::Field { key, new, .. },
                ChangeKind::Field { key: other, new: two, .. },
            ) => key == other && new == two,
            (ChangeKind::Timescale { new: one, .. }, ChangeKind::Timescale { new: two, .. }) => {
                one == two
            }
            (one, two) => one == two,
        };
        self.item == other.item && is_same
    }
}

/// What a difference is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Plan,
    /// A section of the report, by its heading.
    Section(String),
    /// An area, by its id.
    Area(String),
    /// A meeting, by its date in the earlier version.
    Meeting(Period),
    Recommendation(Id),
    Action(Id),
}

impl Item {
    /// Its kind, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Section(_) => "section",
            Self::Area(_) => "area",
            Self::Meeting(_) => "meeting",
            Self::Recommendation(_) => "recommendation",
            Self::Action(_) => "action",
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("the plan"),
            Self::Section(heading) => write!(f, "the section “{}”", to_single_line(heading)),
            Self::Area(id) => write!(f, "area {id}"),
            Self::Meeting(date) => write!(f, "the meeting of {date}"),
            Self::Recommendation(id) => write!(f, "recommendation {id}"),
            Self::Action(id) => write!(f, "action {id}"),
        }
    }
}

/// How it differs.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    /// The whole plan was not there before.
    Begun {
        recommendations: usize,
        actions: usize,
    },
    /// The whole plan is gone.
    Gone,
    /// The whole plan is there again.
    Back,
    /// It was not there before; `name` is its title, or the text of what has none.
    Added {
        name: Option<String>,
        timescale: Option<Timescale>,
    },
    /// It is gone; `renamed` is the id under which its text stands now.
    Dropped {
        name: String,
        renamed: Option<Id>,
    },
    /// Its id stands for something else now.
    Replaced {
        old: String,
        new: String,
    },
    /// A text reads differently, is gone, or was not there before.
    Text {
        key: &'static str,
        old: Option<String>,
        new: Option<String>,
    },
    /// The day of publication.
    Published {
        old: Day,
        new: Day,
    },
    Response {
        old: Response,
        new: Response,
    },
    /// The response was awaited and was given, on a day that should be told.
    Answered {
        response: Response,
        on: Option<Day>,
    },
    /// The day of a response that was not awaited.
    ResponseOn {
        old: Option<Day>,
        new: Option<Day>,
    },
    /// The day on which a recommendation was made.
    Made {
        old: Option<Day>,
        new: Option<Day>,
    },
    Timescale {
        old: Option<Timescale>,
        new: Option<Timescale>,
    },
    /// A value that says who does something, where it belongs, how urgent it is or when it is looked at again.
    Field {
        key: &'static str,
        old: Option<String>,
        new: Option<String>,
    },
    /// A meeting has another date, or is gone.
    Meeting {
        old: Period,
        new: Option<Period>,
    },
    EntryAdded {
        entry: Entry,
        before: Before,
        /// Its position in its list.
        index: usize,
        /// The newest entry of the same item in the earlier version.
        newest: Option<Day>,
    },
    EntryChanged {
        old: Entry,
        new: Entry,
    },
    EntryDeleted {
        entry: Entry,
    },
    /// The level of a lint in the plan's policy.
    Level {
        rule: Rule,
        old: Level,
        new: Level,
    },
    /// The priorities of the policy.
    Priorities {
        old: Vec<String>,
        new: Vec<String>,
    },
    /// Another setting of the policy.
    Setting {
        key: &'static str,
        old: Setting,
        new: Setting,
    },
    /// The lowest priority that makes `overdue` fail; `None` is any work.
    FailOn {
        old: Option<String>,
        new: Option<String>,
    },
    /// What is brought before the committee.
    Escalation {
        old: Option<Escalation>,
        new: Option<Escalation>,
    },
    /// What the colours mean.
    Rag {
        old: Option<Rag>,
        new: Option<Rag>,
    },
    /// A value of the user's own.
    Extra {
        key: String,
        old: Option<Value>,
        new: Option<Value>,
    },
}

impl ChangeKind {
    /// Whether the whole plan is new, gone or back.
    pub fn is_of_whole_plan(&self) -> bool {
        matches!(self, Self::Begun { .. } | Self::Gone | Self::Back)
    }
}

/// A value of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Truth(bool),
    Number(u32),
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth(truth) => truth.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// Everything that differs between `earlier` and `present`.
pub fn between(earlier: &Plan, present: &Plan) -> Vec<Difference> {
    let mut comparison = Comparison { differences: Vec::new() };
    comparison.identity(earlier, present);
    comparison.sections(earlier, present);
    comparison.areas(earlier, present);
    comparison.meetings(earlier, present);
    comparison.policy(&earlier.policy, &present.policy);
    comparison.recommendations(earlier, present);
    comparison.differences
}

/// The difference of a plan that was not there before.
pub fn begun(plan: &Plan) -> Difference {
    let actions = plan.recommendations.iter().map(|recommendation| recommendation.actions.len());
    let what =
        ChangeKind::Begun { recommendations: plan.recommendations.len(), actions: actions.sum() };
    whole(what)
}

/// The difference of a plan that is no longer there.
pub fn gone() -> Difference {
    whole(ChangeKind::Gone)
}

/// The difference of a plan that is there again.
pub fn back() -> Difference {
    whole(ChangeKind::Back)
}

fn whole(what: ChangeKind) -> Difference {
    let (earlier, present) = (KeyPath::top(), KeyPath::top());
    Difference { item: Item::Plan, earlier, present, positions: Positions::default(), what }
}

/// Two versions on the way to their differences.
struct Comparison {
    differences: Vec<Difference>,
}

/// An item that is in both versions, and its places.
struct Both {
    item: Item,
    earlier: KeyPath,
    present: KeyPath,
    positions: Positions,
}

impl Both {
    /// An item that is no recommendation or action.
    fn new(item: Item, earlier: KeyPath, present: KeyPath) -> Self {
        Self { item, earlier, present, positions: Positions::default() }
    }

    /// An item that is no recommendation or action and was not there before.
    fn added(item: Item, present: KeyPath) -> Self {
        Self::new(item, KeyPath::top(), present)
    }

    /// A recommendation or an action.
    fn work(item: Item, positions: Positions) -> Self {
        let place = |position: Option<Position>| position.map_or_else(KeyPath::top, KeyPath::work);
        let (earlier, present) = (place(positions.earlier), place(positions.present));
        Self { item, earlier, present, positions }
    }

    fn key(&self, key: &'static str) -> (KeyPath, KeyPath) {
        (self.earlier.key(key), self.present.key(key))
    }
}

impl Comparison {
    fn add(&mut self, both: &Both, (earlier, present): (KeyPath, KeyPath), what: ChangeKind) {
        let (item, positions) = (both.item.clone(), both.positions);
        self.differences.push(Difference { item, earlier, present, positions, what });
    }

    /// Adds a difference of a whole item.
    fn add_whole(&mut self, Both { item, earlier, present, positions }: Both, what: ChangeKind) {
        self.differences.push(Difference { item, earlier, present, positions, what });
    }

    /// Adds a value that is another than before.
    fn value<T: Clone + PartialEq>(
        &mut self,
        both: &Both,
        key: &'static str,
        (old, new): (&T, &T),
        what: impl FnOnce(T, T) -> ChangeKind,
    ) {
        if old != new {
            self.add(both, both.key(key), what(old.clone(), new.clone()));
        }
    }

    fn text(&mut self, both: &Both, key: &'static str, old: Option<&str>, new: Option<&str>) {
        if !same_words(old.unwrap_or_default(), new.unwrap_or_default()) {
            let what =
                ChangeKind::Text { key, old: old.map(str::to_owned), new: new.map(str::to_owned) };
            self.add(both, both.key(key), what);
        }
    }

    fn field(&mut self, both: &Both, key: &'static str, old: Option<&str>, new: Option<&str>) {
        if old.map(to_single_line) != new.map(to_single_line) {
            let what =
                ChangeKind::Field { key, old: old.map(str::to_owned), new: new.map(str::to_owned) };
            self.add(both, both.key(key), what);
        }
    }

    fn identity(&mut self, earlier: &Plan, present: &Plan) {
        let place = KeyPath::top().key("plan");
        let both = Both::new(Item::Plan, place.clone(), place);
        self.text(&both, "title", Some(&earlier.title), Some(&present.title));
        let texts = [
            ("body", &earlier.body, &present.body),
            ("committee", &earlier.committee, &present.committee),
            ("report", &earlier.report, &present.report),
            ("by", &earlier.by, &present.by),
            ("author", &earlier.author, &present.author),
            ("summary", &earlier.summary, &present.summary),
        ];
        for (key, old, new) in texts {
            self.text(&both, key, old.as_deref(), new.as_deref());
        }
        let dates = (&earlier.date, &present.date);
        self.value(&both, "date", dates, |old, new| ChangeKind::Published { old, new });
        let both = Both::new(Item::Plan, KeyPath::top(), KeyPath::top());
        self.extra(&both, &earlier.extra, &present.extra);
    }
}

/// Whether two texts have the same words, however they are laid out.
pub fn same_words(one: &str, other: &str) -> bool {
    paragraphs(one) == paragraphs(other)
}
