//! The published plan: its title and date, areas, meetings, recommendations and actions.

use std::sync::Arc;

use super::{
    Amendment, Day, Extra, Id, KeyValue, Owners, Period, Policy, ProgressEntry, Revision,
    Timescale, Verdict, Verification,
    entries::seen_on,
    keys::{self, amended, entries, freely, never, published, record},
    keyword::{one_of, vocabulary, word_meant},
    text::same_person,
};

/// The maximum value of the plan's key `format`.
pub const MOST_FORMAT: u32 = 1000;

record! {
    /// A whole plan, as decoded from the file. The first fields are the keys of the table `[plan]`.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Plan as "`[plan]`" {
        /// The format version, if the plan needs a newer version of `plan`.
        pub format: Option<u32> = freely("Format").within(1, MOST_FORMAT),
        /// The day on which the plan was published.
        pub date: Day = never("Date"),
        /// The title of the report.
        pub title: String = never("Title"),
        /// The organisation that owns the plan.
        pub body: Option<String> = never("Body"),
        /// The committee that receives the reports.
        pub committee: Option<String> = never("Committee"),
        /// The number of the report.
        pub report: Option<String> = never("Report"),
        /// The person or post that submitted the report.
        pub by: Option<String> = never("By"),
        /// The author of the report.
        pub author: Option<String> = never("Author"),
        /// A summary of the report.
        pub summary: Option<String> = never("Summary"),
        /// The other sections of the report, in its order.
        pub sections: Vec<Section> as "section" = never("Sections"),
        /// The user's own keys.
        pub extra: Extra = freely("Extra"),
    }
    beside {
        /// The settings of the plan, from the table `[policy]`.
        pub policy: Policy,
        /// The headings of the report under which recommendations were made.
        pub areas: Vec<Area>,
        /// The owners that have a table `[[owner]]`.
        pub owners: Vec<Owner>,
        /// The committee meetings at which progress is reviewed.
        pub meetings: Vec<Meeting>,
        /// The recommendations. Each is behind an [`Arc`], so that versions of a plan can share an unchanged
        /// recommendation.
        pub recommendations: Vec<Arc<Recommendation>>,
    }
}

// If a single value must represent the table `[plan]`, the value is its date, because a timescale such as `within six
// months` counts from this date.
keys::one_table!(Plan, |plan| Some(KeyValue::Day(plan.date)));

record! {
    /// A section of the report that is not about recommendations, with its original text.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Section as "`[[plan.section]]`" {
        /// The heading of the section.
        pub heading: String = never("Heading"),
        /// The text of the section.
        pub text: String = never("Text").long(),
    }
}

record! {
    /// A heading of the report under which recommendations were made.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Area as "`[[area]]`" {
        /// The id that recommendations give as `area`.
        pub id: String = never("Id").like("\"short-name\""),
        /// The heading, as in the report.
        pub title: String = never("Title"),
    }
}

record! {
    /// A person or post that owns recommendations or actions.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Owner as "`[[owner]]`" {
        /// The name that items give as `owner`.
        pub name: String = freely("Name"),
        /// The email address for messages.
        pub email: Option<String> = freely("Email"),
        /// Other spellings and former names.
        pub also: Vec<String> = freely("Also"),
    }
}

impl Owner {
    /// Returns the owner's name, followed by the other spellings and former names.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        std::iter::once(&self.name).chain(&self.also).map(String::as_str)
    }

    /// Checks whether `name` is one of the owner's names.
    pub fn is_called(&self, name: &str) -> bool {
        self.names().any(|known| same_person(known, name))
    }
}

record! {
    /// A committee meeting at which progress is reviewed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Meeting as "`[[meeting]]`" {
        /// A day or a month.
        pub date: Period = freely("Date"),
        /// The title of the meeting.
        pub title: Option<String> = freely("Title"),
    }
}

vocabulary! {
    /// The response of management to a recommendation.
    #[derive(Default)]
    Response {
        #[default]
        Accepted = "accepted",
        PartiallyAccepted = "partially-accepted",
        Rejected = "rejected",
        /// Management has not responded yet.
        Awaited = "awaited",
    }
}

record! {
    /// A recommendation of the auditors with the response of management.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Recommendation as "`[[recommendation]]`" {
        /// The id, which never changes.
        pub id: Id = never("Id").a_name(),
        /// The printed number, if the id is different: `037/23`.
        pub reference: Option<String> as "ref" = amended("Reference").a_name().shown(),
        /// The day the recommendation was made, if later than the plan's date.
        pub date: Option<Day> = published("Date"),
        /// A short text for lists.
        pub title: Option<String> = amended("Title").searched(),
        /// The id of the area.
        pub area: Option<String> = amended("Area"),
        /// One of the plan's priorities.
        pub priority: Option<String> = amended("Priority"),
        /// The owner of the recommendation, and of actions without an owner.
        pub owner: Owners = amended("Owner").searched(),
        /// The text, word for word as in the report.
        pub text: String = published("Text").searched().long(),
        /// Management's response.
        pub response: Response [else Response::Accepted] = published("Response").answer(),
        /// The day of the response, if later than the plan's date. Until then the response was pending.
        pub response_on: Option<Day> = never("Responded on").answer(),
        /// Management's response in its own words.
        pub response_text: Option<String> = never("Response text").answer().searched().long(),
        /// The original timescale, in the agreed words. Without it, a date is still to be agreed.
        pub timescale: Option<Timescale> [and due] [from date]
            = published("Timescale").answer(),
        /// The date of the next review, for work without a due date.
        pub review: Option<Period> = amended("Review").shown(),
        /// Extensions and requests for them, oldest first.
        pub revisions: Vec<Revision> = entries("Revisions"),
        /// Updates, oldest first. They have a status only if there are no actions.
        pub progress: Vec<ProgressEntry> = entries("Progress"),
        /// Independent verifications, oldest first.
        pub verification: Vec<Verification> = entries("Verification"),
        /// Corrections, each with the old value, oldest first.
        pub amendments: Vec<Amendment> = entries("Amendments"),
        /// The actions of the recommendation.
        pub actions: Vec<Action> as "action" = entries("Actions"),
        /// The user's own keys.
        pub extra: Extra = freely("Extra"),
    }
}

impl Recommendation {
    /// Creates an accepted recommendation with only an id and a text.
    pub fn new(id: Id, text: String) -> Self {
        Self { id, text, ..Self::default() }
    }

    /// Returns the latest verification on or before `day`.
    pub fn verification_on(&self, day: Day) -> Option<&Verification> {
        seen_on(&self.verification, day).next_back()
    }

    /// Returns the date of the latest verification on or before `day` if this verification failed. Returns `None` if it
    /// succeeded, or if there is no verification.
    pub fn refusal_on(&self, day: Day) -> Option<Day> {
        let refused = self.verification_on(day);
        refused.filter(|entry| entry.result == Verdict::Refused).map(|entry| entry.on)
    }

    /// Checks whether the recommendation is verified on `day`. Its latest verification must confirm the work, and no
    /// later entry or action may have reopened the recommendation.
    pub fn is_verified_on(&self, day: Day) -> bool {
        let Some(verified) = self.verification_on(day) else { return false };
        let opens = |entry: &ProgressEntry| {
            entry.on > verified.on && entry.status.is_some_and(|status| !status.has_ended())
        };
        let was_added = |action: &Action| action.date.is_some_and(|date| date > verified.on);
        let opened = self.entries_on(day).any(opens) || self.actions_on(day).any(was_added);
        verified.result == Verdict::Verified && !opened
    }

    /// Returns the actions that were added on or before `day`.
    pub fn actions_on(&self, day: Day) -> impl Iterator<Item = &Action> + Clone {
        self.actions.iter().filter(move |action| action.is_there_on(day))
    }

    /// Returns the title of the recommendation or, if it has no title, its text.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.text)
    }
}

record! {
    /// One measure with which management answers a recommendation.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Action as "`[[recommendation.action]]`" {
        /// The id: the recommendation's id with a number or letter, such as `5.1`, `5a` or `5(b)`.
        pub id: Id = never("Id").a_name().like("\"5.1\""),
        /// The printed number, if the id is different: `5, second part`.
        pub reference: Option<String> as "ref" = amended("Reference").a_name().shown(),
        /// The day the action was added, if later than the recommendation.
        pub date: Option<Day> = published("Date"),
        /// The owner of the action.
        pub owner: Owners = amended("Owner").searched(),
        /// The text, word for word as in the report.
        pub text: String = published("Text").searched().long(),
        /// The timescale of the action, if different from the recommendation's.
        pub timescale: Option<Timescale> [and due] [from date] = published("Timescale"),
        /// Extensions and requests for them, oldest first.
        pub revisions: Vec<Revision> = entries("Revisions"),
        /// Updates, oldest first.
        pub progress: Vec<ProgressEntry> = entries("Progress"),
        /// Corrections, each with the old value, oldest first.
        pub amendments: Vec<Amendment> = entries("Amendments"),
        /// The user's own keys.
        pub extra: Extra = freely("Extra"),
    }
}

impl Action {
    /// Creates an action with only an id and a text.
    pub fn new(id: Id, text: String) -> Self {
        Self { id, text, ..Self::default() }
    }

    /// Checks whether the action was added on or before `day`.
    pub fn is_there_on(&self, day: Day) -> bool {
        self.date.is_none_or(|date| date <= day)
    }
}

impl Plan {
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// Returns the id of the area that the user means by the text `typed`, which may be the area's id or title.
    pub fn area_meant(&self, typed: &str) -> Option<&str> {
        let ids = self.areas.iter().map(|area| area.id.as_str());
        word_meant(typed, ids).or_else(|| {
            let title = word_meant(typed, self.areas.iter().map(|area| area.title.as_str()))?;
            let area = self.areas.iter().find(|area| area.title == title);
            area.map(|area| area.id.as_str())
        })
    }

    /// Returns a help line about the unknown area `id`; `None` if the plan has an area with this id.
    pub fn unknown_area(&self, id: &str) -> Option<String> {
        let known = self.areas.iter().map(|area| area.id.as_str());
        self.area(id).is_none().then(|| one_of("area", id, known))
    }

    /// Returns the latest meeting that ended before `day`.
    pub fn last_meeting(&self, day: Day) -> Option<&Meeting> {
        self.meetings
            .iter()
            .filter(|meeting| meeting.date.has_passed(day))
            .max_by_key(|meeting| meeting.date.last_day())
    }

    /// Returns the day after which entries are new to the committee. This is the day before the last meeting or, if
    /// only the month of this meeting is known, the last day of this month. The result is never before the plan's date.
    pub fn since_last_meeting(&self, day: Day) -> Day {
        let begin = self.last_meeting(day).map(|meeting| match meeting.date {
            Period::Day(held) => held.pred_opt().unwrap_or(held),
            Period::Month(_) | Period::Year(_) => meeting.date.last_day(),
        });
        begin.unwrap_or(self.date).max(self.date)
    }

    /// Returns the earliest meeting that ends on or after `day`.
    pub fn next_meeting(&self, day: Day) -> Option<&Meeting> {
        self.meetings
            .iter()
            .filter(|meeting| !meeting.date.has_passed(day))
            .min_by_key(|meeting| meeting.date.last_day())
    }
}
