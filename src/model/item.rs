//! The common view of recommendations and actions.

use super::{
    Action, AmendKey, Amendment, Dated, Day, Extra, Id, Key, KeyValue, Plan, ProgressEntry,
    Recommendation, Record, Revision, Timescale, Verification,
};

/// A recommendation, or one of its actions.
#[derive(Debug, Clone, Copy)]
pub struct ItemRef<'p> {
    /// The whole: the recommendation itself, or the one that the action belongs to.
    pub recommendation: &'p Recommendation,
    pub action: Option<&'p Action>,
}

/// The position of a recommendation in its plan; of an action, also its position there.
pub type Position = (usize, Option<usize>);

impl<'p> ItemRef<'p> {
    pub fn id(self) -> &'p Id {
        self.action.map_or(&self.recommendation.id, |action| &action.id)
    }

    pub fn text(self) -> &'p str {
        self.action.map_or(&self.recommendation.text, |action| &action.text)
    }

    /// The words for a list: of a recommendation its title, where it has one.
    pub fn name(self) -> &'p str {
        self.action.map_or_else(|| self.recommendation.name(), |action| &action.text)
    }

    /// The keys that it can have.
    pub fn keys(self) -> &'static [Key] {
        self.action.map_or(Recommendation::KEYS, |_| Action::KEYS)
    }

    /// Its value under each key.
    pub fn values(self) -> Vec<(&'static Key, Option<KeyValue<'p>>)> {
        self.action.map_or_else(|| self.recommendation.values(), Record::values)
    }

    /// Its value under a key.
    pub fn value(self, key: &Key) -> Option<KeyValue<'p>> {
        self.values().into_iter().find(|(known, _)| *known == key)?.1
    }

    /// Its value under a key that may be amended, or that of one of its entries.
    pub fn amendable(self, AmendKey(key, entry): AmendKey) -> Option<KeyValue<'p>> {
        match entry {
            None => self.value(key),
            Some(("progress", index)) => self.progress().get(index)?.value(key),
            Some(("revisions", index)) => self.revisions().get(index)?.value(key),
            Some((_, index)) => self.verification().get(index)?.value(key),
        }
    }

    /// How many entries a list of it has.
    pub fn count(self, list: &str) -> usize {
        match list {
            "progress" => self.progress().len(),
            "revisions" => self.revisions().len(),
            _ => self.verification().len(),
        }
    }

    /// Who is named for it, and not for its whole or its actions.
    pub fn own_owners(self) -> &'p [String] {
        self.action.map_or(&self.recommendation.owner, |action| &action.owner)
    }

    /// Who answers for it: of a recommendation, everyone named for it and its actions; of an action without an
    /// owner, its recommendation's.
    pub fn owners(self) -> Vec<&'p str> {
        match self.action {
            Some(action) => {
                self.recommendation.owners_of(action).iter().map(String::as_str).collect()
            }
            None => self.recommendation.owners(),
        }
    }

    /// Its own date.
    pub fn date(self) -> Option<Day> {
        self.action.map_or(self.recommendation.date, |action| action.date)
    }

    /// The day from which it counts: its own date, or that of its recommendation, or that of the plan, published on that
    /// day.
    pub fn made_on(self, published: Day) -> Day {
        self.dates().fold(published, Day::max)
    }

    /// Says whether it was made later than `day`: then nothing counts or lists it yet.
    pub fn is_later_than(self, day: Day) -> bool {
        self.dates().any(|date| date > day)
    }

    fn dates(self) -> impl Iterator<Item = Day> {
        self.recommendation.date.into_iter().chain(self.date())
    }

    /// The keys of the user's own.
    pub fn extra(self) -> &'p Extra {
        self.action.map_or(&self.recommendation.extra, |action| &action.extra)
    }

    /// The timescale first agreed for it, and not for its whole.
    pub fn own_timescale(self) -> Option<&'p Timescale> {
        match self.action {
            Some(action) => action.timescale.as_ref(),
            None => self.recommendation.timescale.as_ref(),
        }
    }

    /// The timescale first agreed: of an action without one, its recommendation's.
    pub fn original_timescale(self) -> Option<&'p Timescale> {
        self.own_timescale().or(self.recommendation.timescale.as_ref())
    }

    pub fn revisions(self) -> &'p [Revision] {
        self.action.map_or(&self.recommendation.revisions, |action| &action.revisions)
    }

    pub fn progress(self) -> &'p [ProgressEntry] {
        self.action.map_or(&self.recommendation.progress, |action| &action.progress)
    }

    /// An action is not verified by itself.
    pub fn verification(self) -> &'p [Verification] {
        self.action.map_or(&self.recommendation.verification, |_| &[])
    }

    /// The newest day among its entries without amendments, and among those of its actions.
    pub fn newest_entry(self) -> Option<Day> {
        let newest = |item: ItemRef<'p>| {
            let days = item.dated().map(Dated::on);
            days.max()
        };
        match self.action {
            Some(_) => newest(self),
            None => self.recommendation.items().filter_map(newest).max(),
        }
    }

    /// Its own entries without amendments.
    fn dated(self) -> impl Iterator<Item = &'p dyn Dated> {
        let progress = self.progress().iter().map(|entry| entry as &dyn Dated);
        let revisions = self.revisions().iter().map(|entry| entry as &dyn Dated);
        let verification = self.verification().iter().map(|entry| entry as &dyn Dated);
        progress.chain(revisions).chain(verification)
    }

    pub fn amendments(self) -> &'p [Amendment] {
        self.action.map_or(&self.recommendation.amendments, |action| &action.amendments)
    }
}

impl Recommendation {
    /// The whole, without its actions.
    pub fn item(&self) -> ItemRef<'_> {
        ItemRef { recommendation: self, action: None }
    }

    /// One of its actions.
    pub fn item_of<'p>(&'p self, action: &'p Action) -> ItemRef<'p> {
        ItemRef { recommendation: self, action: Some(action) }
    }

    /// The whole and its actions.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        std::iter::once(self.item()).chain(self.actions.iter().map(|action| self.item_of(action)))
    }
}

impl Plan {
    /// Every recommendation and action, in the file's order.
    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        self.recommendations.iter().flat_map(|recommendation| recommendation.items())
    }

    /// The newest day on which the plan knew of something by its entries without amendments.
    pub fn newest_known(&self) -> Option<Day> {
        self.items().flat_map(ItemRef::dated).map(Dated::known_from).max()
    }

    /// The newest day of recording that an entry names.
    pub fn newest_recorded(&self) -> Option<Day> {
        let amendments = self.items().flat_map(ItemRef::amendments).filter_map(Dated::recorded);
        self.items().flat_map(ItemRef::dated).filter_map(Dated::recorded).chain(amendments).max()
    }

    /// The positions of every recommendation and action, in the file's order.
    pub fn positions(&self) -> impl Iterator<Item = Position> {
        let recommendations = self.recommendations.iter().enumerate();
        recommendations.flat_map(|(index, recommendation)| {
            let actions = (0..recommendation.actions.len()).map(Some);
            std::iter::once(None).chain(actions).map(move |number| (index, number))
        })
    }

    /// The recommendation or action at a position.
    pub fn item(&self, (index, number): Position) -> ItemRef<'_> {
        let recommendation = &self.recommendations[index];
        ItemRef { recommendation, action: number.map(|number| &recommendation.actions[number]) }
    }
}
