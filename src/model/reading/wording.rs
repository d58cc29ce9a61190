//! Reads the words around the dates in the wording of a timescale. These words show whether a date is a due date, a
//! start date or a completion date.

use super::{
    super::{Day, NotAPeriod, Period, Term},
    Due, NotATimescale,
    dates::{NO_YEAR, date_at},
    found::Found,
    lengths::{from_lengths, previous},
    numeric::{DayOrder, day_order},
    words::{Word, is_in, words},
};

/// The maximum number of dates that are read from a wording. Any further dates are ignored.
const MOST_DATES: usize = 8;

/// The words that may appear beside a date without changing its meaning.
const PLAIN: &str = "by end in during within on at until till through to be due date dates deadline target \
    targeted completion expected anticipated estimated planned proposed scheduled latest later than implement \
    implementation calendar year yr month week ending approx approximately circa around about c revised now new \
    original provisional provisionally tentative tentatively est eta for with as is will have been should deliver \
    delivery courant agreed between months a an monday mon tuesday tue tues wednesday wed thursday thu thurs friday fri saturday \
    sat sunday sun eod cob";
const BEGINS: &str = "commence commences commenced commencing commencement start starts started starting begin \
    begins began begun beginning launch launches launched launching kick kickoff from since earliest after onwards \
    onward effective";
const DONE: &str = "complete completed implemented done closed finished delivered achieved resolved actioned \
    discharged place";
const NOT_DONE: &str = "not partially partly part yet incomplete";
const AHEAD: &str =
    "to will be expected anticipated estimated due planned target targeted scheduled aim should";
const UPDATE: &str = "update updates updated details review reviews reviewed progress consultation consult report reported";
const ENDLESS: &str = "ongoing going continuous continuously continuing continual continually continue continues \
    thereafter permanent permanently rolling recurring recurrent regular regularly routine annually annual yearly \
    monthly quarterly weekly daily fortnightly biannual biannually business usual bau throughout";
const UNDATED: &str = "tba tbc tbd confirmed determined decided advised arranged set known applicable na n nil none \
    unknown pending not no yet agreed";
const SOON: &str =
    "asap soon possible practicable reasonably urgent urgently promptly opportunity earliest as";
const NOW: &str = "immediately immediate effect once forthwith straight away straightaway publication upon report plan issue";

/// Returns the reason why a wording is not accepted as a timescale, with the possible meanings of the wording. `order`
/// is the order of the day and the month in numeric dates. It is used only if the wording itself does not show this
/// order.
pub fn meaning(wording: &str, order: DayOrder) -> NotATimescale {
    let words = words(wording);
    let order = match day_order(wording) {
        DayOrder::Unknown if words.is_day_first => DayOrder::DayFirst,
        DayOrder::Unknown => order,
        own => own,
    };
    match Scan::of(&words.list, order) {
        Err(reason) => NotATimescale::Impossible(reason),
        Ok(scan) => match scan.found.as_slice() {
            [] => scan.without_date(&words.list),
            [found] if found.periods.len() > 1 && scan.says("between") => {
                let last = found.periods.last().copied().into_iter().collect();
                scan.with_date(&Found { periods: last, why: "", months: found.months })
            }
            [found] => scan.with_date(found),
            [.., last] if scan.is_range => scan.with_date(last),
            _ => scan.with_dates(),
        },
    }
}

/// The dates of a wording, and the words around the dates.
struct Scan {
    found: Vec<Found>,
    rest: Vec<String>,
    /// True if the wording has exactly two dates, with only a dash or a word such as `until` between them.
    is_range: bool,
    /// True if the wording has a month, a season, a quarter or a half-year without a year.
    has_unit: bool,
}

/// Returns the result for a wording with one likely meaning, which the user must confirm.
fn likely(term: Term) -> NotATimescale {
    NotATimescale::Likely(Due::Term(term))
}

/// Returns the result for a wording with several possible meanings, or with one meaning that is not likely. The user
/// must choose.
fn ask(terms: impl IntoIterator<Item = Term>, why: &'static str) -> NotATimescale {
    NotATimescale::Ambiguous { why, dues: terms.into_iter().map(Due::Term).collect() }
}

impl Scan {
    fn of(words: &[Word], order: DayOrder) -> Result<Self, NotAPeriod> {
        let mut scan =
            Self { found: Vec::new(), rest: Vec::new(), is_range: false, has_unit: false };
        let mut at = 0;
        let mut between: Vec<&Word> = Vec::new();
        while let Some(word) = words.get(at) {
            if let Some(date) = date_at(&words[at..], order) {
                let (found, length) = date?;
                scan.is_range = scan.found.len() == 1 && is_until(&between);
                if scan.found.len() < MOST_DATES {
                    scan.found.push(found);
                }
                between.clear();
                at += length;
                continue;
            }
            between.push(word);
            scan.add(word);
            at += 1;
        }
        scan.join_phrases();
        Ok(scan)
    }

    fn add(&mut self, word: &Word) {
        match word {
            Word::Other(other) => self.rest.push(other.clone()),
            Word::Number(value, _) => self.rest.push(value.to_string()),
            Word::Month(_) | Word::Season(_) | Word::Part(_) | Word::Fiscal => self.has_unit = true,
            Word::Sign('%' | '$' | '£' | '€' | '+' | '<' | '>') => {
                self.rest.push("%".to_owned())
            }
            Word::Link | Word::Sign(_) => {}
        }
    }

    /// Replaces each phrase that would be misread word by word: `no later than` becomes `by`.
    fn join_phrases(&mut self) {
        const PHRASES: [(&str, &str); 16] = [
            (" no later than ", " by "),
            (" not later than ", " by "),
            (" no earlier than ", " from "),
            (" not earlier than ", " from "),
            (" no sooner than ", " from "),
            (" not before ", " from "),
            (" as of ", " "),
            (" prior to ", " before "),
            (" ahead ", " before "),
            (" in advance ", " before "),
            (" week commencing ", " weekof "),
            (" week beginning ", " weekof "),
            (" w c ", " weekof "),
            (" wc ", " weekof "),
            (" w e ", " week "),
            (" further notice ", " ongoing "),
        ];
        let mut said = format!(" {} ", self.rest.join(" "));
        for (phrase, word) in PHRASES {
            if said.contains(phrase) {
                said = said.replace(phrase, word);
            }
        }
        self.rest = said.split_whitespace().map(str::to_owned).collect();
    }

    fn says(&self, list: &str) -> bool {
        self.rest.iter().any(|word| is_in(list, word))
    }

    /// Checks whether each word in `rest` is in at least one of these lists of words.
    fn says_only(&self, lists: &[&str]) -> bool {
        self.rest.iter().all(|word| lists.iter().any(|list| is_in(list, word)))
    }

    /// Returns the possible meanings of a wording with one date.
    fn with_date(&self, found: &Found) -> NotATimescale {
        let is_endless = self.says(ENDLESS);
        let is_done = self.says(DONE) && !self.says(NOT_DONE);
        match found.periods[..] {
            [] => return NotATimescale::Unknown { why: found.why },
            [Period::Day(day)] if self.says("weekof") => return week_of(day),
            _ => {}
        }
        match () {
            () if self.says(UPDATE) => {
                let other = if is_endless { Term::Ongoing } else { Term::ToBeAgreed };
                ask(by(found).chain([other]), "perhaps the date of an update, not a due date")
            }
            () if is_done && !self.says(AHEAD) => self.done(found),
            () if is_endless && self.says("since from") => likely(Term::Ongoing),
            () if is_endless => ask(by(found).chain([Term::Ongoing]), "a date, then ongoing"),
            () if self.says(BEGINS) => {
                ask(by(found).chain([Term::Ongoing]), "a start date, not an end date")
            }
            () if self.says("before") => {
                let before = found.periods.first().and_then(|period| previous(*period));
                let terms = before.map(Term::By).into_iter().chain(by(found));
                ask(terms, "before the date, or on the date?")
            }
            () if !self.says_only(&[PLAIN, DONE]) => self.among_others(found),
            () => self.plain(found),
        }
    }

    /// Returns the possible meanings of a date beside words that do not change its meaning.
    fn plain(&self, found: &Found) -> NotATimescale {
        match found.periods[..] {
            [Period::Year(year)] if self.says("by") && !self.says("end") => {
                let years = previous(Period::Year(year)).into_iter().chain([Period::Year(year)]);
                ask(years.map(Term::By), "before the year, or in the year?")
            }
            [period] if found.why.is_empty() => likely(Term::By(period)),
            _ => ask(by(found), found.why),
        }
    }

    /// Returns the possible meanings of a date beside words that may change its meaning.
    fn among_others(&self, found: &Found) -> NotATimescale {
        if found.months == 12 && found.why.is_empty() {
            return NotATimescale::Unknown { why: "not a date" };
        }
        ask(by(found).chain([Term::ToBeAgreed]), "a date among other words")
    }

    /// Returns the possible meanings of a date beside a word such as `completed`. The date is a date of completion;
    /// with a word such as `by`, it may be a due date.
    fn done(&self, found: &Found) -> NotATimescale {
        let since = || found.periods.iter().copied().map(Term::InPlaceSince);
        match found.periods[..] {
            _ if self.says("by before") => {
                if self.says_only(&["complete", PLAIN]) {
                    return self.plain(found);
                }
                ask(by(found).chain(since()), "a date of completion or a due date?")
            }
            [period] => likely(Term::InPlaceSince(period)),
            _ => ask(since(), found.why),
        }
    }

    /// Returns the possible meanings of a wording with several dates.
    fn with_dates(&self) -> NotATimescale {
        let mut periods: Vec<Period> = Vec::new();
        for period in self.found.iter().flat_map(|found| &found.periods) {
            if !periods.contains(period) {
                periods.push(*period);
            }
        }
        periods.sort_by_key(|period| (period.last_day(), period.first_day()));
        let endless =
            self.says("ongoing continuous continuously thereafter").then_some(Term::Ongoing);
        match periods[..] {
            [] => NotATimescale::Unknown { why: NO_YEAR },
            _ => ask(periods.into_iter().map(Term::By).chain(endless), "several dates"),
        }
    }

    /// Returns the possible meanings of a wording without a date.
    fn without_date(&self, words: &[Word]) -> NotATimescale {
        let is_all = |list: &str| self.says(list) && self.says_only(&[list, PLAIN]);
        if self.says("every each per") {
            return likely(Term::Ongoing);
        }
        if let Some(found) = from_lengths(words, &self.rest) {
            return found;
        }
        let is_sign = |word: &Word| matches!(word, Word::Sign('-' | '?'));
        match () {
            () if !words.is_empty() && words.iter().all(is_sign) => likely(Term::ToBeAgreed),
            () if self.has_unit && self.says_only(&[PLAIN, "1 2 3 4"]) => {
                NotATimescale::Unknown { why: NO_YEAR }
            }
            () if self.says("year") && self.says_only(&["by the end of year"]) => {
                NotATimescale::Unknown { why: NO_YEAR }
            }
            () if is_all(NOW)
                && self.says("immediately immediate once forthwith straight straightaway") =>
            {
                NotATimescale::Likely(Due::AT_ONCE)
            }
            () if self.says(ENDLESS) && self.says_only(&[ENDLESS, NOW, PLAIN, "and"]) => {
                likely(Term::Ongoing)
            }
            () if is_all(SOON)
                && self.says("asap possible practicable urgent urgently opportunity") =>
            {
                ask([Term::ToBeAgreed], "no date")
            }
            () if is_all(UNDATED) => likely(Term::ToBeAgreed),
            () if self.says("tba tbc tbd") => ask([Term::ToBeAgreed], "no date"),
            () if self.says(DONE) && self.says_only(&[DONE, "in fully already"]) => {
                likely(Term::Complete)
            }
            () => NotATimescale::Unknown { why: "not a date" },
        }
    }
}

/// Returns the due dates that a date may mean.
fn by(found: &Found) -> impl Iterator<Item = Term> {
    found.periods.iter().copied().map(Term::By)
}

/// Checks whether the words between two dates are only a dash, or only a word such as `until`.
fn is_until(between: &[&Word]) -> bool {
    matches!(between, [Word::Sign('-')])
        || matches!(between, [Word::Other(word)] if is_in("to until till through", word))
}

/// Proposes two due dates for a week that begins on `day`: the end of the working week, and the end of the whole week.
fn week_of(day: Day) -> NotATimescale {
    let days = [4, 6].map(|days| day.checked_add_days(chrono::Days::new(days)));
    let days = days.into_iter().flatten().map(|day| Term::By(Period::Day(day)));
    ask(days, "the first day of a week")
}
