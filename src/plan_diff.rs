//! Finds the differences between two versions of a plan. Layout and order are ignored.

mod entries;
mod items;
mod lineage;
mod parts;

use std::fmt;

pub use entries::{Entry, EntryKind, amended_words, new_entries};
pub use items::{amendment_of, words};
pub use lineage::lineage;

use crate::{
    key_path::KeyPath,
    model::{
        Class, Day, Extra, Id, ItemRef, Key, KeyValue, Keyword, Period, Plan, Policy, Position,
        Record, Response, Rule, Timescale, paragraphs, to_single_line,
    },
};

/// One difference between two versions of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub item: Item,
    /// The key path of the changed value in the earlier version, or the path of the whole file for a new item.
    pub earlier: KeyPath,
    /// The key path of the changed value in the present version. If the item was deleted, this is a path near the
    /// former position of the item.
    pub present: KeyPath,
    pub positions: Positions,
    pub change: ChangeKind,
}

/// The positions of a recommendation or an action in both versions. A position is `None` if this version does not have
/// the item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Positions {
    pub earlier: Option<Position>,
    pub present: Option<Position>,
}

impl Difference {
    /// Returns the recommendation or action that differs. It comes from the present version or, if the present version
    /// does not have it, from the earlier version. Returns `None` for other items.
    pub fn work<'p>(
        &self,
        earlier: Option<&'p Plan>,
        present: Option<&'p Plan>,
    ) -> Option<ItemRef<'p>> {
        let Positions { earlier: before, present: now } = self.positions;
        let mut versions = [(present, now), (earlier, before)].into_iter();
        versions.find_map(|(plan, position)| Some(plan?.item(position?)))
    }

    /// Checks whether both differences lead to the same present value, even if the earlier values differ.
    pub fn has_same_outcome(&self, other: &Self) -> bool {
        let is_same = match (&self.change, &other.change) {
            (ChangeKind::Key(one), ChangeKind::Key(two)) => {
                one.key == two.key && one.new == two.new && one.on == two.on
            }
            (
                ChangeKind::Entry { old: one, new: Some(entry), .. },
                ChangeKind::Entry { old: two, new: Some(new), .. },
            ) => one.is_some() == two.is_some() && entry == new,
            (one, two) => one == two,
        };
        self.item == other.item && is_same
    }
}

/// The item that a difference concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Plan,
    Policy,
    /// A section of the report, named by its heading.
    Section(String),
    /// An area, named by its id.
    Area(String),
    /// An owner in the plan's list of owners, identified by name.
    Owner(String),
    /// A meeting, identified by its date in the earlier version.
    Meeting(Period),
    Recommendation(Id),
    Action(Id),
}

impl Item {
    /// Returns the kind of the item in one word. For the policy, this word is `plan`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Plan | Self::Policy => "plan",
            Self::Section(_) => "section",
            Self::Area(_) => "area",
            Self::Owner(_) => "owner",
            Self::Meeting(_) => "meeting",
            Self::Recommendation(_) => "recommendation",
            Self::Action(_) => "action",
        }
    }

    /// Returns the id of a recommendation or an action, or `None` for other items.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Recommendation(id) | Self::Action(id) => Some(id),
            _ => None,
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str("the plan"),
            Self::Policy => f.write_str("the policy"),
            Self::Section(heading) => write!(f, "the section “{}”", to_single_line(heading)),
            Self::Area(id) => write!(f, "area {id}"),
            Self::Owner(name) => write!(f, "the owner {}", to_single_line(name)),
            Self::Meeting(date) => write!(f, "the meeting of {date}"),
            Self::Recommendation(id) => write!(f, "recommendation {id}"),
            Self::Action(id) => write!(f, "action {id}"),
        }
    }
}

/// The kind of a difference, with the old and the new values.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    Key(KeyChange),
    /// An entry was added, changed or deleted.
    Entry {
        old: Option<Entry>,
        new: Option<Entry>,
        /// The index of the entry in its list in the present version, or in the earlier version for a deleted entry.
        index: usize,
        /// The status or the timescale that the item had before the new entry.
        before: Option<KeyValue<'static>>,
    },
    Item(ItemChange),
    Plan(PlanChange),
}

/// The change of one key's value. `None` stands for a missing value.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyChange {
    pub key: ChangedKey,
    pub old: Option<KeyValue<'static>>,
    pub new: Option<KeyValue<'static>>,
    /// The date of the management response, if this change replaces a pending response.
    pub on: Option<Day>,
}

/// A change of a whole item.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemChange {
    /// The item is new. `name` is its title or its text, and `date` is its own date. `reopens` is true if the item is a
    /// new action that reopens finished work.
    Added { name: Option<String>, timescale: Option<Timescale>, date: Option<Day>, reopens: bool },
    /// The item was deleted. `name` is `None` for a meeting or an owner.
    Dropped { name: Option<String> },
    /// The id now belongs to a different item. `old` and `new` are the texts of the two items.
    Replaced { old: String, new: String },
}

/// A change of the whole plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanChange {
    Begun { recommendations: usize, actions: usize },
    Gone,
    Back,
}

/// A key whose value can differ between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedKey {
    Known(&'static Key),
    /// The level of a lint, which is set in the policy.
    Lint(Rule),
    /// A key that the users of the plan defined themselves.
    Own(String),
}

impl ChangedKey {
    /// Returns the name of the key in the plan file, or `extra` for a key that users defined themselves.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Known(key) => key.name,
            Self::Lint(rule) => rule.word(),
            Self::Own(_) => "extra",
        }
    }

    /// Returns the class of the key, which says how its value may change.
    pub fn class(&self) -> Class {
        match self {
            Self::Known(key) => key.class,
            Self::Lint(_) | Self::Own(_) => Class::Freely,
        }
    }
}

impl fmt::Display for ChangedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(name) => write!(f, "extra.{name}"),
            _ => f.write_str(self.name()),
        }
    }
}

impl ChangeKind {
    /// If this difference replaces a pending management response, returns the new response and its date. Otherwise,
    /// returns `None`.
    pub fn answer(&self) -> Option<(&'static str, Option<Day>)> {
        let Self::Key(KeyChange { key, old: Some(old), new: Some(new), on }) = self else {
            return None;
        };
        match (key.name(), old, new) {
            ("response", KeyValue::Word(old), KeyValue::Word(new)) => {
                (*old == Response::Awaited.word()).then_some((new, *on))
            }
            _ => None,
        }
    }
}

/// Returns all differences between the plan `earlier` and the plan `present`.
pub fn between(earlier: &Plan, present: &Plan) -> Vec<Difference> {
    let mut comparison = ComparedPlans { differences: Vec::new() };
    comparison.identity(earlier, present);
    comparison.sections(earlier, present);
    comparison.areas_owners_and_meetings(earlier, present);
    comparison.policy(&earlier.policy, &present.policy);
    comparison.recommendations(earlier, present);
    comparison.differences
}

/// Returns the difference for a new plan, with the numbers of recommendations and actions in the plan.
pub fn begun(plan: &Plan) -> Difference {
    let actions = plan.recommendations.iter().map(|recommendation| recommendation.actions.len());
    let recommendations = plan.recommendations.len();
    of_whole_plan(PlanChange::Begun { recommendations, actions: actions.sum() })
}

pub fn of_whole_plan(change: PlanChange) -> Difference {
    let (earlier, present) = (KeyPath::top(), KeyPath::top());
    let (positions, change) = (Positions::default(), ChangeKind::Plan(change));
    Difference { item: Item::Plan, earlier, present, positions, change }
}

/// The differences found so far between two plans.
struct ComparedPlans {
    differences: Vec<Difference>,
}

/// An item with its paths in the earlier and in the present version.
struct Both {
    item: Item,
    places: Places,
    positions: Positions,
}

/// The path of a value in the earlier and in the present version.
type Places = (KeyPath, KeyPath);

impl Both {
    fn new(item: Item, earlier: KeyPath, present: KeyPath) -> Self {
        Self { item, places: (earlier, present), positions: Positions::default() }
    }

    /// Creates a `Both` for a recommendation or an action from its positions in the two versions.
    fn work(item: Item, earlier: Option<Position>, present: Option<Position>) -> Self {
        let place = |position: Option<Position>| position.map_or_else(KeyPath::top, KeyPath::item);
        let positions = Positions { earlier, present };
        Self { item, places: (place(earlier), place(present)), positions }
    }

    fn key(&self, key: &'static str) -> Places {
        (self.places.0.key(key), self.places.1.key(key))
    }
}

/// A key with its values in the earlier and in the present version.
type ValuePair<'p> = (&'static Key, Option<KeyValue<'p>>, Option<KeyValue<'p>>);

/// Returns the keys whose values differ in two versions of a record, with both values. The keys named in `first` come
/// first.
fn differing<'p, T: Record>(old: &'p T, new: &'p T, first: &[&str]) -> Vec<ValuePair<'p>> {
    let pairs = old.values().into_iter().zip(new.values());
    let pairs = pairs.map(|((key, old), (_, new))| (key, old, new));
    let mut pairs: Vec<_> = pairs.filter(|(_, old, new)| old != new).collect();
    let rank = |name: &str| first.iter().position(|known| *known == name).unwrap_or(first.len());
    pairs.sort_by_key(|(key, ..)| rank(key.name));
    pairs
}

/// The settings of the policy whose differences are listed first.
const SETTINGS: [&str; 9] = [
    "completion_needs_evidence",
    "closure_needs_verification",
    "extensions_need_decision",
    "future_entries",
    "grace_days",
    "serial_extensions",
    "due_soon_days",
    "priorities",
    "fail_on",
];

impl ComparedPlans {
    fn add(&mut self, both: &Both, (earlier, present): Places, change: ChangeKind) {
        let (item, positions) = (both.item.clone(), both.positions);
        self.differences.push(Difference { item, earlier, present, positions, change });
    }

    /// Adds the difference for an item that was added, deleted or replaced as a whole.
    fn whole(&mut self, both: &Both, change: ItemChange) {
        self.add(both, both.places.clone(), ChangeKind::Item(change));
    }

    /// Adds a difference for each key in `pairs`.
    fn keys(&mut self, both: &Both, pairs: Vec<ValuePair<'_>>) {
        for pair in pairs {
            let places = both.key(pair.0.name);
            self.key(both, places, pair, None);
        }
    }

    fn key(&mut self, both: &Both, places: Places, pair: ValuePair<'_>, on: Option<Day>) {
        let (key, old, new) = pair;
        let (old, new) = (old.map(KeyValue::into_owned), new.map(KeyValue::into_owned));
        let change = KeyChange { key: ChangedKey::Known(key), old, new, on };
        self.add(both, places, ChangeKind::Key(change));
    }

    fn identity(&mut self, earlier: &Plan, present: &Plan) {
        let place = KeyPath::top().key("plan");
        let mut pairs = differing(earlier, present, &[]);
        pairs.retain(|(key, ..)| key.name != "format");
        pairs.sort_by_key(|(key, ..)| key.name == "date");
        self.keys(&Both::new(Item::Plan, place.clone(), place), pairs);
        let both = Both::new(Item::Plan, KeyPath::top(), KeyPath::top());
        self.extra(&both, &earlier.extra, &present.extra);
    }

    fn policy(&mut self, earlier: &Policy, present: &Policy) {
        let place = KeyPath::policy("lints");
        let both = Both::new(Item::Policy, place.clone(), place);
        for rule in Rule::ALL.iter().copied().filter(|rule| rule.can_be_set()) {
            let (old, new) = (earlier.level(rule), present.level(rule));
            if old != new {
                let [old, new] = [old, new].map(|level| Some(KeyValue::Word(level.word())));
                let change = KeyChange { key: ChangedKey::Lint(rule), old, new, on: None };
                self.add(&both, both.key(rule.word()), ChangeKind::Key(change));
            }
        }
        let place = KeyPath::top().key("policy");
        let both = Both::new(Item::Policy, place.clone(), place);
        self.keys(&both, differing(earlier, present, &SETTINGS));
    }

    /// Adds a difference for each changed value in the `extra` table of an item.
    fn extra(&mut self, both: &Both, old: &Extra, new: &Extra) {
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let value = |of: &Extra| of.get(key).cloned().map(KeyValue::Own);
            let (old, new) = (value(old), value(new));
            if old != new {
                let change = KeyChange { key: ChangedKey::Own(key.clone()), old, new, on: None };
                self.add(both, both.key("extra"), ChangeKind::Key(change));
            }
        }
    }
}

/// Checks whether two texts have the same words. Layout is ignored.
pub fn same_words(one: &str, other: &str) -> bool {
    one == other || paragraphs(one) == paragraphs(other)
}
