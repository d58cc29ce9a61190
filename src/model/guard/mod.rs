//! What may not happen quietly between two versions of a plan: published words and past entries stay,
//! ids keep their meaning, and news is not dated before what was known already.

mod entries;
mod policy;

use std::collections::{HashMap, HashSet};

use similar::{Algorithm, DiffTag, TextDiff, capture_diff_slices};

use super::{
    Action, Day, Finding, Id, Place, Plan, Recommendation, Rule, Text, Timescale, Word, fold,
    paragraphs, progress::Dated,
};
use entries::Lists;

/// Below this likeness a text is not a new wording of another but something else.
const SAME_THING: f32 = 0.4;

/// Everything in `present` that was done quietly to the plan `earlier`.
pub fn quiet_changes(earlier: &Plan<'_>, present: &Plan<'_>) -> Vec<Finding> {
    let mut guard = Guard {
        newest: newest(earlier),
        found: Vec::new(),
    };
    guard.identity(earlier, present);
    guard.areas(earlier, present);
    guard.policy(&earlier.policy, &present.policy);
    guard.recommendations(earlier, present);
    guard.found
}

/// Ids that `present` and `theirs` have both added since `earlier`, for different things.
pub fn same_new_ids(earlier: &Plan<'_>, present: &Plan<'_>, theirs: &Plan<'_>) -> Vec<Finding> {
    let old: HashSet<&str> = earlier.ids().map(Id::as_str).collect();
    let added: HashMap<&str, &str> = items(theirs)
        .filter(|(_, id, _)| !old.contains(id))
        .map(|(_, id, text)| (id, text))
        .collect();
    let ours = items(present).filter(|(_, id, _)| !old.contains(id));
    ours.filter_map(|(place, id, text)| {
        let other = added.get(id)?;
        (words(other) != words(text)).then(|| {
            Finding::new(
                Rule::SameNewId,
                place.key("id"),
                format!("the new id `{id}` was given on the other side too"),
            )
            .label("another item there")
            .help(format!(
                "give yours the next free id; there `{id}` is “{}”",
                beginning(other)
            ))
        })
    })
    .collect()
}

/// Every recommendation and action: its place, id and text.
fn items<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = (Place, &'p str, &'p str)> {
    let recommendations = plan.recommendations.iter().enumerate();
    recommendations.flat_map(|(index, of)| {
        let actions = of.actions.iter().enumerate();
        let actions = actions.map(move |(number, action)| {
            let place = Place::action(index, number);
            (place, action.id.as_str(), action.text.as_ref())
        });
        std::iter::once((
            Place::recommendation(index),
            of.id.as_str(),
            of.text.as_ref(),
        ))
        .chain(actions)
    })
}

/// The words of a text, however they are laid out.
fn words(text: &str) -> Vec<String> {
    paragraphs(text)
}

fn beginning(text: &str) -> String {
    const LETTERS: usize = 60;
    let text = fold(text);
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// From 0 for two texts without a word in common to 1 for the same words.
fn likeness(one: &str, other: &str) -> f32 {
    let (one, other): (Vec<&str>, Vec<&str>) = (
        one.split_whitespace().collect(),
        other.split_whitespace().collect(),
    );
    TextDiff::from_slices(&one, &other).ratio()
}

/// The first words that differ: `“a year” became “a month”`.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        old.split_whitespace().collect(),
        new.split_whitespace().collect(),
    );
    let first = capture_diff_slices(Algorithm::Myers, &old, &new)
        .into_iter()
        .find(|op| op.tag() != DiffTag::Equal);
    let Some(first) = first else {
        return "has other paragraphs".to_owned();
    };
    let told = |words: &[&str]| beginning(&words.join(" "));
    let (gone, come) = (&old[first.old_range()], &new[first.new_range()]);
    match first.tag() {
        DiffTag::Delete => format!("“{}” is gone", told(gone)),
        DiffTag::Insert => format!("“{}” is new", told(come)),
        _ => format!("“{}” became “{}”", told(gone), told(come)),
    }
}

fn same(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(words) == other.map(words)
}

/// The day of the newest entry of all.
fn newest(plan: &Plan<'_>) -> Option<Day> {
    plan.recommendations.iter().filter_map(newest_of).max()
}

fn newest_of(of: &Recommendation<'_>) -> Option<Day> {
    let actions = of.actions.iter().filter_map(newest_of_action);
    let own = last(&of.revisions)
        .into_iter()
        .chain(last(&of.verification));
    actions.chain(own).max()
}

fn newest_of_action(action: &Action<'_>) -> Option<Day> {
    last(&action.progress)
        .into_iter()
        .chain(last(&action.revisions))
        .max()
}

fn last<T: Dated>(entries: &[T]) -> Option<Day> {
    entries.last().map(Dated::on)
}

struct Guard {
    /// The newest entry of the earlier version.
    newest: Option<Day>,
    found: Vec<Finding>,
}

impl Guard {
    fn identity(&mut self, earlier: &Plan<'_>, present: &Plan<'_>) {
        let place = |key| Place::default().key("plan").key(key);
        let texts = [
            ("title", Some(&earlier.title), Some(&present.title)),
            ("body", earlier.body.as_ref(), present.body.as_ref()),
            (
                "committee",
                earlier.committee.as_ref(),
                present.committee.as_ref(),
            ),
            ("report", earlier.report.as_ref(), present.report.as_ref()),
            ("by", earlier.by.as_ref(), present.by.as_ref()),
            ("author", earlier.author.as_ref(), present.author.as_ref()),
            (
                "summary",
                earlier.summary.as_ref(),
                present.summary.as_ref(),
            ),
        ];
        for (key, old, new) in texts {
            let what = format!("the plan's `{key}`");
            self.text(&what, old, new, &place(key), &place(key));
        }
        if earlier.date != present.date {
            self.found.push(
                Finding::new(
                    Rule::TextAltered,
                    place("date"),
                    format!(
                        "the plan was published on {}, not on {}",
                        earlier.date, present.date
                    ),
                )
                .label("another day")
                .earlier(place("date"), "was this")
                .help("put the published day back"),
            );
        }
        for (index, old) in earlier.sections.iter().enumerate() {
            let found = present
                .sections
                .iter()
                .position(|new| new.heading == old.heading);
            let what = format!("the section “{}”", fold(&old.heading));
            let at = |index: usize| place("section").index(index).key("text");
            match found {
                Some(new) => {
                    let text = &present.sections[new].text;
                    self.text(&what, Some(&old.text), Some(text), &at(index), &at(new));
                }
                None => self.text(&what, Some(&old.text), None, &at(index), &place("section")),
            }
        }
    }

    /// A published text; one that was not there may be added.
    fn text(
        &mut self,
        what: &str,
        old: Option<&Text<'_>>,
        new: Option<&Text<'_>>,
        earlier: &Place,
        place: &Place,
    ) {
        let (Some(old), new) = (old, new) else {
            return;
        };
        if !same(Some(old), new.map(AsRef::as_ref)) {
            let (done, label) = match new {
                Some(new) => ("reads differently", difference(old, new)),
                None => ("is gone", "was published".to_owned()),
            };
            self.found.push(
                Finding::new(Rule::TextAltered, *place, format!("{what} {done}"))
                    .label(label)
                    .earlier(*earlier, "as published")
                    .help("put the published words back; what is new goes into a note or a recommendation of its own"),
            );
        }
    }

    fn areas(&mut self, earlier: &Plan<'_>, present: &Plan<'_>) {
        for (index, old) in earlier.areas.iter().enumerate() {
            let new = present.areas.iter().position(|new| new.id == old.id);
            match new {
                Some(new) => self.text(
                    &format!("the title of area {}", old.id),
                    Some(&old.title),
                    Some(&present.areas[new].title),
                    &Place::area(index).key("title"),
                    &Place::area(new).key("title"),
                ),
                None => {
                    let what = format!("area {}", old.id);
                    self.dropped(
                        &what,
                        Place::area(index).key("id"),
                        Place::default().key("area"),
                        None,
                    );
                }
            }
        }
    }

    fn dropped(&mut self, what: &str, earlier: Place, place: Place, renamed: Option<String>) {
        let (title, help) = match renamed {
            Some(new) => (
                format!("{what} now has the id `{new}`"),
                "put the old id back: ids are never renumbered".to_owned(),
            ),
            None => (
                format!("{what} is no longer in the plan"),
                "put it back; what was given up stays, marked `not-pursued` or `superseded` with a note".to_owned(),
            ),
        };
        self.found.push(
            Finding::new(Rule::Dropped, place, title)
                .label("it stood near here")
                .earlier(earlier, "was here")
                .help(help),
        );
    }

    fn recommendations(&mut self, earlier: &Plan<'_>, present: &Plan<'_>) {
        let positions = |plan: &Plan<'_>| -> HashMap<String, usize> {
            let ids = plan.recommendations.iter().enumerate();
            ids.map(|(index, of)| (of.id.to_string(), index)).collect()
        };
        let (old_ids, new_ids) = (positions(earlier), positions(present));
        let mut added: HashMap<Vec<String>, &Id<'_>> = HashMap::new();
        for of in &present.recommendations {
            if !old_ids.contains_key(of.id.as_str()) {
                added.insert(words(&of.text), &of.id);
            }
        }
        let mut near = None;
        for (index, old) in earlier.recommendations.iter().enumerate() {
            let place = Place::recommendation(index);
            let Some(at) = new_ids.get(old.id.as_str()) else {
                let near = near.map_or_else(Place::default, Place::recommendation);
                let renamed = added.get(&words(&old.text)).map(ToString::to_string);
                let what = format!("recommendation {}", old.id);
                self.dropped(&what, place.key("id"), near.key("id"), renamed);
                continue;
            };
            near = Some(*at);
            self.recommendation(
                old,
                &present.recommendations[*at],
                &place,
                &Place::recommendation(*at),
            );
        }
        let known: HashSet<&str> = earlier
            .recommendations
            .iter()
            .map(|of| of.id.as_str())
            .collect();
        for (index, new) in present.recommendations.iter().enumerate() {
            if !known.contains(new.id.as_str()) {
                self.new_item(new, &Place::recommendation(index));
            }
        }
    }

    /// The entries of a recommendation that was not there before.
    fn new_item(&mut self, new: &Recommendation<'_>, place: &Place) {
        let what = format!("recommendation {}", new.id);
        self.entries(&Lists::of_new(
            &what,
            &new.verification,
            (*place).key("verification"),
        ));
        for (number, action) in new.actions.iter().enumerate() {
            self.new_action(action, (*place).key("action").index(number));
        }
    }

    fn new_action(&mut self, action: &Action<'_>, place: Place) {
        let what = format!("action {}", action.id);
        self.entries(&Lists::of_new(
            &what,
            &action.progress,
            place.key("progress"),
        ));
    }

    fn recommendation(
        &mut self,
        old: &Recommendation<'_>,
        new: &Recommendation<'_>,
        earlier: &Place,
        place: &Place,
    ) {
        let what = format!("recommendation {}", old.id);
        let at = |key| ((*earlier).key(key), (*place).key(key));
        if !self.meaning(&what, &old.text, &new.text, at("text"), at("id")) {
            return;
        }
        self.response(old, new, earlier, place);
        let (old_timescale, new_timescale) = (old.timescale.as_ref(), new.timescale.as_ref());
        self.timescale(&what, old_timescale, new_timescale, at("timescale"));
        if old.priority != new.priority {
            let shown = |priority: &Option<Text<'_>>| {
                priority
                    .as_ref()
                    .map_or("none".to_owned(), |word| format!("`{word}`"))
            };
            let (earlier, place) = at("priority");
            self.found.push(
                Finding::new(
                    Rule::PriorityChanged,
                    place,
                    format!(
                        "the priority of {what} was {} and is {}",
                        shown(&old.priority),
                        shown(&new.priority)
                    ),
                )
                .label("another priority")
                .earlier(earlier, "before")
                .help("say why in the change's description"),
            );
        }
        let newest = newest_of(old);
        self.entries(&Lists {
            what: &what,
            earlier: &old.revisions,
            present: &new.revisions,
            places: at("revisions"),
            newest,
        });
        self.entries(&Lists {
            what: &what,
            earlier: &old.verification,
            present: &new.verification,
            places: at("verification"),
            newest,
        });
        self.actions(old, new, earlier, place);
    }

    fn response(
        &mut self,
        old: &Recommendation<'_>,
        new: &Recommendation<'_>,
        earlier: &Place,
        place: &Place,
    ) {
        let text = old.response_text.as_deref();
        let key = if old.response != new.response {
            "response"
        } else if text.is_some() && !same(text, new.response_text.as_deref()) {
            "response_text"
        } else {
            return;
        };
        let id = &old.id;
        let title = match key {
            "response" => format!(
                "the response to recommendation {id} was `{}` and is `{}`",
                old.response.word(),
                new.response.word()
            ),
            _ => format!("the response to recommendation {id} reads differently"),
        };
        self.found.push(
            Finding::new(Rule::ResponseAltered, (*place).key(key), title)
                .label("is not what was published")
                .earlier((*earlier).key(key), "was this")
                .help("put the published response back; a new decision belongs in a new report"),
        );
    }

    fn actions(
        &mut self,
        old: &Recommendation<'_>,
        new: &Recommendation<'_>,
        earlier: &Place,
        place: &Place,
    ) {
        let positions: HashMap<&str, usize> = new
            .actions
            .iter()
            .enumerate()
            .map(|(at, action)| (action.id.as_str(), at))
            .collect();
        let known: HashSet<&str> = old
            .actions
            .iter()
            .map(|action| action.id.as_str())
            .collect();
        let added = || {
            new.actions
                .iter()
                .filter(|action| !known.contains(action.id.as_str()))
        };
        let at = |place: &Place, index: usize| (*place).key("action").index(index);
        let mut near = (*place).key("id");
        for (index, action) in old.actions.iter().enumerate() {
            let earlier = at(earlier, index);
            let Some(number) = positions.get(action.id.as_str()) else {
                let text = words(&action.text);
                let renamed = added().find(|new| words(&new.text) == text);
                let renamed = renamed.map(|new| new.id.to_string());
                let what = format!("action {}", action.id);
                self.dropped(&what, earlier.key("id"), near, renamed);
                continue;
            };
            let place = at(place, *number);
            near = place.key("id");
            self.action(action, &new.actions[*number], &earlier, &place);
        }
        for (number, action) in new.actions.iter().enumerate() {
            if !known.contains(action.id.as_str()) {
                self.new_action(action, at(place, number));
            }
        }
    }

    fn action(&mut self, old: &Action<'_>, new: &Action<'_>, earlier: &Place, place: &Place) {
        let what = format!("action {}", old.id);
        let at = |key| ((*earlier).key(key), (*place).key(key));
        if !self.meaning(&what, &old.text, &new.text, at("text"), at("id")) {
            return;
        }
        let (old_timescale, new_timescale) = (old.timescale.as_ref(), new.timescale.as_ref());
        self.timescale(&what, old_timescale, new_timescale, at("timescale"));
        let newest = newest_of_action(old);
        self.entries(&Lists {
            what: &what,
            earlier: &old.progress,
            present: &new.progress,
            places: at("progress"),
            newest,
        });
        self.entries(&Lists {
            what: &what,
            earlier: &old.revisions,
            present: &new.revisions,
            places: at("revisions"),
            newest,
        });
    }

    /// Whether an id still means the same thing; its text may read differently.
    fn meaning(
        &mut self,
        what: &str,
        old: &Text<'_>,
        new: &Text<'_>,
        (earlier, place): (Place, Place),
        (earlier_id, id): (Place, Place),
    ) -> bool {
        if words(old) == words(new) {
            return true;
        }
        if likeness(old, new) >= SAME_THING {
            self.text(
                &format!("the text of {what}"),
                Some(old),
                Some(new),
                &earlier,
                &place,
            );
            return true;
        }
        self.found.push(
            Finding::new(
                Rule::IdReused,
                id,
                format!("{what} is something else than before"),
            )
            .label("an id keeps its meaning")
            .earlier(earlier_id, format!("was “{}”", beginning(old)))
            .help("put the published text back, and give the new item the next free id"),
        );
        false
    }

    fn timescale(
        &mut self,
        what: &str,
        old: Option<&Timescale<'_>>,
        new: Option<&Timescale<'_>>,
        (earlier, place): (Place, Place),
    ) {
        let wording = |timescale: Option<&Timescale<'_>>| timescale.map(|of| fold(&of.wording));
        let (before, now) = (wording(old), wording(new));
        if before == now {
            return;
        }
        let title = match (&before, &now) {
            (Some(before), Some(now)) => {
                format!("the timescale of {what} was “{before}” and is “{now}”")
            }
            (Some(before), None) => format!("the timescale of {what}, “{before}”, is gone"),
            _ => format!("{what} was given a timescale of its own"),
        };
        let finding = Finding::new(Rule::TimescaleReplaced, place, title)
            .label("replaced, not revised")
            .help("put the published timescale back and agree the new one: plan extend ID TIMESCALE --reason WHY");
        self.found.push(match before {
            Some(_) => finding.earlier(earlier, "was agreed"),
            None => finding,
        });
    }
}
