//! A common view of recommendations and actions, which are both called items.

use super::{
    Action, AmendKey, Amendment, Dated, Day, Extra, Id, Key, KeyValue, Owner, Plan, ProgressEntry,
    Recommendation, Record, Revision, Timescale, Values, Verification, same_person, seen_on,
};

/// A reference to an item, which is a recommendation or one of its actions.
#[derive(Debug, Clone, Copy)]
pub struct ItemRef<'p> {
    /// The recommendation itself or, for an action, the recommendation to which the action belongs.
    pub recommendation: &'p Recommendation,
    pub action: Option<&'p Action>,
}

/// The position of a recommendation or an action: the index of the recommendation in the plan and, for an action, the
/// index of the action in its recommendation.
pub type Position = (usize, Option<usize>);

impl<'p> ItemRef<'p> {
    pub fn id(self) -> &'p Id {
        self.action.map_or(&self.recommendation.id, |action| &action.id)
    }

    pub fn text(self) -> &'p str {
        self.action.map_or(&self.recommendation.text, |action| &action.text)
    }

    /// Returns the number of the item in the printed report, if this number differs from the id.
    pub fn reference(self) -> Option<&'p str> {
        let whole = &self.recommendation.reference;
        self.action.map_or(whole, |action| &action.reference).as_deref()
    }

    /// Returns the title of the item or, if the item has no title, its text.
    pub fn name(self) -> &'p str {
        self.action.map_or_else(|| self.recommendation.name(), |action| &action.text)
    }

    /// Returns the keys that the item can have.
    pub fn keys(self) -> &'static [Key] {
        self.action.map_or(Recommendation::KEYS, |_| Action::KEYS)
    }

    /// Returns all keys that the item can have, each with its value; `None` for a key that is not set.
    pub fn values(self) -> Values<'p> {
        self.action.map_or_else(|| self.recommendation.values(), Record::values)
    }

    /// Returns the item's value of `key`; `None` if the item has no value of this key.
    pub fn value(self, key: &Key) -> Option<KeyValue<'p>> {
        self.values().into_iter().find(|(known, _)| *known == key)?.1
    }

    /// Returns the value of a key that an amendment may change. The key belongs to the item or to one of its entries.
    /// Returns `None` if the key is not set.
    pub fn amendable(self, AmendKey(key, entry): AmendKey) -> Option<KeyValue<'p>> {
        match entry {
            None => self.value(key),
            Some((list, index)) => {
                let values = self.entry(list, index)?.key_values();
                values.into_iter().find(|(known, _)| *known == key)?.1
            }
        }
    }

    /// Returns the item's lists of entries, each with its name in the plan file. The amendments come last.
    pub fn lists(self) -> [(&'static str, Vec<&'p dyn Dated>); 4] {
        fn list<T: Dated>(entries: &[T]) -> Vec<&dyn Dated> {
            entries.iter().map(|entry| entry as &dyn Dated).collect()
        }
        [
            ("revisions", list(self.revisions())),
            ("progress", list(self.progress())),
            ("verification", list(self.verification())),
            ("amendments", list(self.amendments())),
        ]
    }

    /// Returns the entry with this index in a list that amendments may name: `progress`, `revisions` or `verification`.
    pub fn entry(self, list: &str, index: usize) -> Option<&'p dyn Dated> {
        match list {
            "revisions" => self.revisions().get(index).map(|entry| entry as &dyn Dated),
            "progress" => self.progress().get(index).map(|entry| entry as &dyn Dated),
            "verification" => self.verification().get(index).map(|entry| entry as &dyn Dated),
            _ => None,
        }
    }

    /// Returns the entries in the item's list with this name, such as `progress`.
    pub fn list(self, name: &str) -> Vec<&'p dyn Dated> {
        let mut lists = self.lists().into_iter().filter(|(known, _)| *known == name);
        lists.next().map_or_else(Vec::new, |(_, entries)| entries)
    }

    /// Returns the owners in the item's own `owner` key.
    pub fn own_owners(self) -> &'p [String] {
        self.action.map_or(&self.recommendation.owner, |action| &action.owner)
    }

    /// Returns the owners of the item. The owners of a recommendation include the owners of its actions. An action
    /// without owners has the owners of its recommendation.
    pub fn owners(self) -> Vec<&'p str> {
        let own = match self.action {
            Some(action) if action.owner.is_empty() => &self.recommendation.owner,
            Some(action) => &action.owner,
            None => return self.recommendation.owners(),
        };
        own.iter().map(String::as_str).collect()
    }

    /// Returns the date in the item's own `date` key.
    pub fn date(self) -> Option<Day> {
        self.action.map_or(self.recommendation.date, |action| action.date)
    }

    /// Returns the day on which the item was made. This is the latest of three dates: the date of the item, the date of
    /// its recommendation, and the plan's date `published`.
    pub fn made_on(self, published: Day) -> Day {
        self.dates().fold(published, Day::max)
    }

    /// Checks whether the item was made after `day`.
    pub fn is_later_than(self, day: Day) -> bool {
        self.dates().any(|date| date > day)
    }

    fn dates(self) -> impl Iterator<Item = Day> {
        self.recommendation.date.into_iter().chain(self.date())
    }

    /// Returns the table `extra` of the item, which holds the user's own keys.
    pub fn extra(self) -> &'p Extra {
        self.action.map_or(&self.recommendation.extra, |action| &action.extra)
    }

    /// Returns the original timescale in the item's own `timescale` key.
    pub fn own_timescale(self) -> Option<&'p Timescale> {
        self.action.map_or(&self.recommendation.timescale, |action| &action.timescale).as_ref()
    }

    /// Returns the original timescale of the item. An action without a timescale has the timescale of its
    /// recommendation.
    pub fn original_timescale(self) -> Option<&'p Timescale> {
        self.own_timescale().or(self.recommendation.timescale.as_ref())
    }

    pub fn revisions(self) -> &'p [Revision] {
        self.action.map_or(&self.recommendation.revisions, |action| &action.revisions)
    }

    pub fn progress(self) -> &'p [ProgressEntry] {
        self.action.map_or(&self.recommendation.progress, |action| &action.progress)
    }

    /// Returns the verifications of a recommendation. The list is empty for an action, because only whole
    /// recommendations are verified.
    pub fn verification(self) -> &'p [Verification] {
        self.action.map_or(&self.recommendation.verification, |_| &[])
    }

    /// Returns the date of the newest entry of the item and its actions. Amendments are ignored.
    pub fn newest_entry(self) -> Option<Day> {
        let newest = |item: Self| item.dated().map(Dated::on).max();
        match self.action {
            Some(_) => newest(self),
            None => self.recommendation.items().filter_map(newest).max(),
        }
    }

    /// Returns the item's own progress entries, revisions and verifications.
    pub fn dated(self) -> impl Iterator<Item = &'p dyn Dated> {
        let revisions = self.revisions().iter().map(|entry| entry as &dyn Dated);
        let progress = self.progress().iter().map(|entry| entry as &dyn Dated);
        let verification = self.verification().iter().map(|entry| entry as &dyn Dated);
        revisions.chain(progress).chain(verification)
    }

    pub fn amendments(self) -> &'p [Amendment] {
        self.action.map_or(&self.recommendation.amendments, |action| &action.amendments)
    }
}

impl Recommendation {
    /// Returns a reference to the recommendation itself.
    pub fn item(&self) -> ItemRef<'_> {
        ItemRef { recommendation: self, action: None }
    }

    /// Returns a reference to an action of this recommendation.
    pub fn item_of<'p>(&'p self, action: &'p Action) -> ItemRef<'p> {
        ItemRef { recommendation: self, action: Some(action) }
    }

    /// Returns references to the recommendation and to its actions.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        std::iter::once(self.item()).chain(self.actions.iter().map(|action| self.item_of(action)))
    }

    /// Returns the progress entries of the recommendation and its actions that are dated on or before `day`.
    pub fn entries_on(&self, day: Day) -> impl Iterator<Item = &ProgressEntry> {
        self.items().flat_map(move |work| seen_on(work.progress(), day))
    }

    /// Returns the owners of the recommendation and its actions, each owner once.
    pub fn owners(&self) -> Vec<&str> {
        let named = self.items().flat_map(ItemRef::own_owners).map(String::as_str);
        let mut owners: Vec<(usize, &str)> = named.enumerate().collect();
        if owners.len() > 1 {
            owners.sort_by_key(|(_, owner)| *owner);
            owners.dedup_by_key(|(_, owner)| *owner);
            owners.sort_unstable_by_key(|(position, _)| *position);
        }
        owners.into_iter().map(|(_, owner)| owner).collect()
    }
}

impl Plan {
    /// Returns a function that checks whether a name means the owner called `name`. This is true if the names differ only
    /// in case and spacing, or if both names are in the same `[[owner]]` table.
    pub fn is_called<'a>(&'a self, name: &'a str) -> impl Fn(&str) -> bool + 'a {
        let tables: Vec<&Owner> =
            self.owners.iter().filter(|owner| owner.is_called(name)).collect();
        move |other| same_person(name, other) || tables.iter().any(|owner| owner.is_called(other))
    }

    /// Checks whether the person called `name` is or was an owner of the recommendation or of one of its actions.
    pub fn is_owned_by(&self, recommendation: &Recommendation, name: &str) -> bool {
        let amendments = recommendation.items().flat_map(ItemRef::amendments);
        let former = amendments.flat_map(Amendment::former_owners);
        let mut owners = recommendation.owners().into_iter().chain(former);
        owners.any(self.is_called(name))
    }

    /// Returns all ids of recommendations and actions, in the file's order.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        self.items().map(ItemRef::id)
    }

    /// Returns every recommendation and action, in the file's order.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        self.recommendations.iter().flat_map(|recommendation| recommendation.items())
    }

    /// Returns the latest day on which an entry of the plan became known. Amendments are ignored.
    pub fn newest_known(&self) -> Option<Day> {
        self.items().flat_map(ItemRef::dated).map(Dated::known_from).max()
    }

    /// Returns the latest day of recording that an entry or an amendment of the plan states.
    pub fn newest_recorded(&self) -> Option<Day> {
        let entries = self.items().flat_map(ItemRef::lists).flat_map(|(_, entries)| entries);
        entries.filter_map(Dated::recorded).max()
    }

    /// Returns the positions of all recommendations and actions, in the file's order.
    pub fn positions(&self) -> impl Iterator<Item = Position> {
        let recommendations = self.recommendations.iter().enumerate();
        recommendations.flat_map(|(index, recommendation)| {
            let actions = (0..recommendation.actions.len()).map(Some);
            std::iter::once(None).chain(actions).map(move |number| (index, number))
        })
    }

    /// Returns the recommendation or the action at this position.
    pub fn item(&self, (index, number): Position) -> ItemRef<'_> {
        let recommendation = &self.recommendations[index];
        ItemRef { recommendation, action: number.map(|number| &recommendation.actions[number]) }
    }
}
