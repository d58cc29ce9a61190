//! What differs between two versions of a plan, as typed data. The guard judges it; layout and order do not count.

mod entries;
mod items;
mod kin;
mod meetings;
mod policy;

use std::fmt;

pub use items::newest_of_plan;
pub use kin::kinship;

use crate::{
    checks::Place,
    model::{
        Day, Escalation, Id, Level, Period, Plan, Rag, Response, Rule, Section, Timescale, fold,
        paragraphs,
    },
};

/// One thing that differs, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub item: Item,
    /// Its place in the earlier version; the top where it was not there.
    pub earlier: Place,
    /// Its place in the present version; of what is gone, a place near by.
    pub present: Place,
    pub what: What,
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
    /// The position of a recommendation in a plan; of an action, also its position there.
    pub fn position(&self, plan: &Plan) -> Option<(usize, Option<usize>)> {
        plan.recommendations.iter().enumerate().find_map(|(index, found)| match self {
            Self::Recommendation(id) => (found.id == *id).then_some((index, None)),
            Self::Action(id) => {
                let number = found.actions.iter().position(|action| action.id == *id)?;
                Some((index, Some(number)))
            }
            _ => None,
        })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("the plan"),
            Self::Section(heading) => write!(f, "the section “{}”", fold(heading)),
            Self::Area(id) => write!(f, "area {id}"),
            Self::Meeting(date) => write!(f, "the meeting of {date}"),
            Self::Recommendation(id) => write!(f, "recommendation {id}"),
            Self::Action(id) => write!(f, "action {id}"),
        }
    }
}

/// How it differs.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Added,
    /// It is gone; `renamed` is the id under which its text stands now.
    Dropped {
        renamed: Option<Id>,
    },
    /// Its id stands for something else now; this was its text.
    Replaced {
        text: String,
    },
    /// A text reads differently, or is gone.
    Text {
        key: &'static str,
        old: String,
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
    /// One that was not there before may be added.
    Field {
        key: &'static str,
        old: String,
        new: Option<String>,
    },
    /// A meeting has another date, or is gone.
    Meeting {
        old: Period,
        new: Option<Period>,
    },
    EntryAdded {
        kind: EntryKind,
        on: Day,
        /// Its position in its list.
        index: usize,
        /// All that it says.
        content: Vec<String>,
        /// The newest entry of the same item in the earlier version.
        newest: Option<Day>,
    },
    EntryChanged {
        kind: EntryKind,
        on: Day,
    },
    EntryDeleted {
        kind: EntryKind,
        on: Day,
    },
    /// The level of a lint in the plan's policy.
    Level {
        rule: Rule,
        old: Level,
        new: Level,
    },
    /// The priorities of the policy, where they do not stand in the same order as before, or one is gone.
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
}

/// What is recorded of an item: the lists of entries, and the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Progress,
    Revision,
    Verification,
    Amendment,
    /// The one answer to a recommendation, in keys of its own.
    Answer,
}

impl EntryKind {
    /// The key of the list that such entries stand in.
    fn key(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Revision => "revisions",
            Self::Verification => "verification",
            Self::Amendment => "amendments",
            Self::Answer => "response",
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Progress => "entry",
            Self::Revision => "revision",
            Self::Verification => "verification",
            Self::Amendment => "amendment",
            Self::Answer => "answer",
        })
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

/// Two versions on the way to their differences.
struct Comparison {
    differences: Vec<Difference>,
}

/// An item that is in both versions, and where.
struct Both<'a> {
    item: &'a Item,
    earlier: &'a Place,
    present: &'a Place,
}

impl Both<'_> {
    fn key(&self, key: &'static str) -> (Place, Place) {
        (self.earlier.key(key), self.present.key(key))
    }
}

impl Comparison {
    fn add(&mut self, item: &Item, (earlier, present): (Place, Place), what: What) {
        self.differences.push(Difference { item: item.clone(), earlier, present, what });
    }

    /// A published text. One that was not there before may be added.
    fn text(&mut self, both: &Both<'_>, key: &'static str, old: Option<&str>, new: Option<&str>) {
        if let Some(old) = old
            && !same_words(old, new.unwrap_or_default())
        {
            let what = What::Text { key, old: old.to_owned(), new: new.map(str::to_owned) };
            self.add(both.item, both.key(key), what);
        }
    }

    /// A value that may be added and not changed.
    fn field(&mut self, both: &Both<'_>, key: &'static str, old: Option<&str>, new: Option<&str>) {
        if let Some(old) = old
            && fold(old) != new.map(fold).unwrap_or_default()
        {
            let what = What::Field { key, old: old.to_owned(), new: new.map(str::to_owned) };
            self.add(both.item, both.key(key), what);
        }
    }

    fn identity(&mut self, earlier: &Plan, present: &Plan) {
        let place = Place::top().key("plan");
        let both = Both { item: &Item::Plan, earlier: &place, present: &place };
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
        if earlier.date != present.date {
            let what = What::Published { old: earlier.date, new: present.date };
            self.add(&Item::Plan, both.key("date"), what);
        }
    }

    /// Sections are found by their headings; several with one heading, in their order.
    fn sections(&mut self, earlier: &Plan, present: &Plan) {
        let list = Place::plan("section");
        for (index, old) in earlier.sections.iter().enumerate() {
            let above = earlier.sections[..index].iter();
            let before = above.filter(|section| section.heading == old.heading).count();
            let same = |(_, new): &(usize, &Section)| new.heading == old.heading;
            let sections = present.sections.iter().enumerate().filter(same);
            let found = sections.map(|(found, _)| found).nth(before);
            let item = Item::Section(old.heading.clone());
            let place = list.index(index);
            match found {
                Some(found) => {
                    let both = Both { item: &item, earlier: &place, present: &list.index(found) };
                    self.text(&both, "text", Some(&old.text), Some(&present.sections[found].text));
                }
                None => {
                    let what = What::Text { key: "text", old: old.text.clone(), new: None };
                    self.add(&item, (place.key("text"), list.clone()), what);
                }
            }
        }
    }

    fn areas(&mut self, earlier: &Plan, present: &Plan) {
        for (index, old) in earlier.areas.iter().enumerate() {
            let item = Item::Area(old.id.clone());
            let place = Place::area(index);
            match present.areas.iter().position(|area| area.id == old.id) {
                Some(found) => {
                    let both = Both { item: &item, earlier: &place, present: &Place::area(found) };
                    self.field(&both, "title", Some(&old.title), Some(&present.areas[found].title));
                }
                None => {
                    let places = (place.key("id"), Place::top().key("area"));
                    self.add(&item, places, What::Dropped { renamed: None });
                }
            }
        }
    }
}

/// Whether two texts have the same words, however they are laid out.
pub fn same_words(one: &str, other: &str) -> bool {
    paragraphs(one) == paragraphs(other)
}
