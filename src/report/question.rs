//! A question about plans and a period, with a short text form that stays the same in later releases.

use std::{fmt, str::FromStr};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::{
    model::{Day, Keyword, vocabulary},
    query::GroupBy,
};

/// The question that a figure or a quoted word of a paper answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// `as-of`: a date or a word of the paper's frame.
    Frame(Frame),
    /// `plans`: how many plans there are.
    Plans,
    /// `rule escalate`, of one of several plans `rule escalate hospital`: a rule of a plan, in words.
    Rule(RuleKind, Option<String>),
    /// `day 2003-06-30`: a day of which something is told.
    Day(Day),
    /// `count overdue area best-value-reviews`: how many recommendations.
    Count(RowSelection, Group),
    /// `count-on 2003-06-30 complete`: how many by the plan's own dates on another day.
    CountOn(Day, RowSelection),
    /// `known-on 2003-06-30 complete`: how many as the plan was known to git on that day.
    KnownOn(Day, RowSelection),
    /// `share complete`: how many of every hundred.
    Share(RowSelection, Group),
    /// `list overdue`: their ids.
    List(RowSelection),
    /// `plan title`, of one of several plans `plan title hospital`.
    Plan(PlanField, Option<String>),
    /// `section 3 text`: a part of the report around a plan, counted from 1.
    Section(usize, SectionField),
    /// `title area best-value-reviews`: of an area, an owner, a priority or a plan.
    Title(GroupBy, String),
    /// `5 timescale`: a fact of a recommendation or an action.
    Item(String, ItemField),
    /// `5 revision 1 reason`: of an entry, counted from 1, oldest first.
    Entry(String, EntryKind, usize, EntryField),
}

/// The recommendations that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    All,
    /// Those of one area, owner, priority or plan; `None` gathers those of no such.
    By(GroupBy, Option<String>),
}

vocabulary! {
    /// The frame of a paper: what it is about.
    Frame {
        AsOf = "as-of",
        /// The meeting or the day that the period begins after.
        Since = "since",
        /// The last day before the period.
        Begin = "begin",
        MeetingDate = "meeting-date",
        MeetingTitle = "meeting-title",
        NextMeeting = "next-meeting",
    }
}

vocabulary! {
    /// The recommendations that are counted.
    RowSelection {
        Total = "total",
        Open = "open",
        Complete = "complete",
        /// Begun, without what is only ongoing.
        InProgress = "in-progress",
        /// Without an end, and nobody has reported on it.
        Unreported = "unreported",
        NotStarted = "not-started",
        Superseded = "superseded",
        NotPursued = "not-pursued",
        Rejected = "rejected",
        Overdue = "overdue",
        /// Complete by its owner's word alone.
        NotVerified = "not-verified",
        /// Open and due by the end of the next meeting.
        DueNext = "due-next",
        /// Past its date by no more than the plan's days of grace.
        InGrace = "in-grace",
        /// No date is agreed yet.
        Undated = "undated",
        /// Without an end.
        Ongoing = "ongoing",
        /// To be looked at again by now, or soon.
        ReviewDue = "review-due",
        AtRisk = "at-risk",
        /// Management has not answered yet.
        Awaited = "awaited",
        /// Brought before the committee by the plan's rule.
        Escalated = "escalated",
        Red = "red",
        Amber = "amber",
        Green = "green",
        /// Live, in a plan that does not say what colours mean.
        Uncoloured = "uncoloured",
        /// Complete, and open until somebody verifies it.
        Unverified = "unverified",
        /// A later date was asked for and nobody has decided, of the whole or of an action.
        Requested = "requested",
        Unowned = "unowned",
        /// Nothing was heard since before the last meeting.
        Silent = "silent",
        /// The date was moved, or has passed.
        Slipped = "slipped",
        OpenBefore = "open-before",
        Added = "added",
        Reopened = "reopened",
        /// Closed in the period.
        Closed = "closed",
        /// Completed in the period.
        Completed = "completed",
        /// An extension was agreed in the period, of the whole or of an action.
        Extended = "extended",
        /// A first date was agreed in the period, of the whole or of an action.
        Dated = "dated",
        /// An extension in force of open work that nobody decided, where the plan asks for a decision.
        Undecided = "undecided",
        /// Confirmed by somebody in the period.
        Verified = "verified",
        /// Somebody looked in the period and did not confirm it.
        VerificationRefused = "verification-refused",
        /// The date passed in the period.
        NewlyOverdue = "newly-overdue",
        /// Open, and nothing was recorded in the period.
        Untouched = "untouched",
        /// A later date that was asked for was refused.
        RequestRefused = "request-refused",
        /// No longer in the plan.
        Dropped = "dropped",
        /// Something from before the period was recorded in it.
        RecordedLate = "recorded-late",
        /// Something from before the period was changed or deleted in it.
        Altered = "altered",
    }
}

vocabulary! {
    /// A rule of a plan that a paper prints.
    RuleKind {
        /// The meaning of red, amber and green.
        Rag = "rag",
        /// The escalated recommendations.
        Escalate = "escalate",
        /// How many days past its date work is not overdue yet.
        Grace = "grace",
    }
}

vocabulary! {
    /// A word of a plan's head.
    PlanField {
        Title = "title",
        Body = "body",
        Committee = "committee",
        Report = "report",
        Date = "date",
        By = "by",
        Author = "author",
    }
}

vocabulary! {
    SectionField {
        Heading = "heading",
        Text = "text",
    }
}

vocabulary! {
    /// A fact of a recommendation or an action.
    ItemField {
        Id = "id",
        /// The words for a list.
        Name = "name",
        Text = "text",
        Owner = "owner",
        Timescale = "timescale",
        FirstTimescale = "first-timescale",
        Progress = "progress",
        Extensions = "extensions",
        /// Somebody's judgement of whether it will be in time.
        Outlook = "outlook",
        Colour = "colour",
        /// Why it is brought before the committee.
        Escalation = "escalation",
        /// From the date first agreed to the one in force.
        DaysMoved = "days-moved",
        /// Past the date in force; of finished work, when it was finished.
        DaysLate = "days-late",
        /// The same without regard to its actions.
        DaysLateOwn = "days-late-own",
        /// Before it.
        DaysLeft = "days-left",
        DaysLateFirst = "days-late-first",
        /// The actions behind its timing, and who answers for them.
        Behind = "behind",
        BehindOwner = "behind-owner",
        /// The last word on what is still to be done, as a table has room for.
        LastWord = "last-word",
        Finished = "finished",
        Evidence = "evidence",
        /// The words of its completion, as a table has room for.
        CompletionNote = "completion-note",
        Response = "response",
        ResponseText = "response-text",
        /// Why it was superseded, not pursued or rejected.
        WhyEnded = "why-ended",
    }
}

vocabulary! {
    EntryKind {
        Progress = "progress",
        Revision = "revision",
        Verification = "verification",
    }
}

vocabulary! {
    EntryField {
        On = "on",
        /// The status, the new timescale or the verdict.
        Content = "what",
        By = "by",
        /// Of a revision: requested, agreed or refused, where that is said.
        Decision = "decision",
        /// The note of progress or a verification, the reason of a revision.
        Why = "why",
        Evidence = "evidence",
    }
}

/// The characters that a name may not hold in the text form, which is an attribute between blanks.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'/').remove(b':');

/// A name as one word of plain letters.
pub fn encode(name: &str) -> String {
    utf8_percent_encode(name, ENCODED).to_string().replace("--", "-%2D")
}

/// The name that [`encode`] wrote.
pub fn decode(word: &str) -> Option<String> {
    percent_decode_str(word).decode_utf8().ok().map(String::from)
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(frame) => f.write_str(frame.word()),
            Self::Plans => f.write_str("plans"),
            Self::Rule(kind, None) => write!(f, "rule {}", kind.word()),
            Self::Rule(kind, Some(plan)) => write!(f, "rule {} {}", kind.word(), encode(plan)),
            Self::Day(day) => write!(f, "day {day}"),
            Self::Count(which, group) => write!(f, "count {}{group}", which.word()),
            Self::CountOn(day, which) => write!(f, "count-on {day} {}", which.word()),
            Self::KnownOn(day, which) => write!(f, "known-on {day} {}", which.word()),
            Self::Share(which, group) => write!(f, "share {}{group}", which.word()),
            Self::List(which) => write!(f, "list {}", which.word()),
            Self::Plan(field, None) => write!(f, "plan {}", field.word()),
            Self::Plan(field, Some(plan)) => write!(f, "plan {} {}", field.word(), encode(plan)),
            Self::Section(number, field) => write!(f, "section {number} {}", field.word()),
            Self::Title(by, name) => write!(f, "title {} {}", by.word(), encode(name)),
            Self::Item(item, field) => write!(f, "{} {}", encode(item), field.word()),
            Self::Entry(item, kind, number, field) => {
                write!(f, "{} {} {number} {}", encode(item), kind.word(), field.word())
            }
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::By(by, None) => write!(f, " {}", by.word()),
            Self::By(by, Some(name)) => write!(f, " {} {}", by.word(), encode(name)),
        }
    }
}

/// Why some text is no [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAQuestion;

impl FromStr for Question {
    type Err = NotAQuestion;

    fn from_str(text: &str) -> Result<Self, NotAQuestion> {
        parse(&text.split(' ').collect::<Vec<_>>()).ok_or(NotAQuestion)
    }
}

fn parse(words: &[&str]) -> Option<Question> {
    Some(match *words {
        ["plans"] => Question::Plans,
        ["rule", kind] => Question::Rule(RuleKind::from_word(kind)?, None),
        ["rule", kind, plan] => Question::Rule(RuleKind::from_word(kind)?, Some(decode(plan)?)),
        ["day", day] => Question::Day(day.parse().ok()?),
        [frame] => Question::Frame(Frame::from_word(frame)?),
        ["count", which, ref rest @ ..] => {
            Question::Count(RowSelection::from_word(which)?, group(rest)?)
        }
        ["share", which, ref rest @ ..] => {
            Question::Share(RowSelection::from_word(which)?, group(rest)?)
        }
        ["count-on", day, which] => {
            Question::CountOn(day.parse().ok()?, RowSelection::from_word(which)?)
        }
        ["known-on", day, which] => {
            Question::KnownOn(day.parse().ok()?, RowSelection::from_word(which)?)
        }
        ["list", which] => Question::List(RowSelection::from_word(which)?),
        ["plan", field] => Question::Plan(PlanField::from_word(field)?, None),
        ["plan", field, plan] => Question::Plan(PlanField::from_word(field)?, Some(decode(plan)?)),
        ["section", number, field] => {
            Question::Section(number.parse().ok()?, SectionField::from_word(field)?)
        }
        ["title", by, name] => Question::Title(GroupBy::from_word(by)?, decode(name)?),
        [id, field] => Question::Item(decode(id)?, ItemField::from_word(field)?),
        [id, kind, number, field] => Question::Entry(
            decode(id)?,
            EntryKind::from_word(kind)?,
            number.parse().ok()?,
            EntryField::from_word(field)?,
        ),
        _ => return None,
    })
}

fn group(words: &[&str]) -> Option<Group> {
    Some(match *words {
        [] => Group::All,
        [by] => Group::By(GroupBy::from_word(by)?, None),
        [by, name] => Group::By(GroupBy::from_word(by)?, Some(decode(name)?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_reads_back_from_its_text_form() {
        for text in [
            "as-of",
            "plans",
            "rule escalate",
            "rule rag estates",
            "day 2003-06-30",
            "count complete",
            "count-on 2003-06-30 complete",
            "known-on 2003-06-30 overdue",
            "count overdue area best-value-reviews",
            "count total owner",
            "share complete owner Internal%20Consultancy%20Group",
            "list not-verified",
            "plan title",
            "plan title estates",
            "section 3 text",
            "title area review-activity",
            "5 text",
            "estates/5.1 progress 2 why",
            "5 revision 1 what",
            "estates/037/23%28a%29 progress 1 on",
        ] {
            let question: Question = text.parse().unwrap();
            assert_eq!(question.to_string(), text);
        }
    }

    #[test]
    fn a_name_of_any_letters_becomes_one_harmless_word() {
        let question = Question::Count(
            RowSelection::Total,
            Group::By(GroupBy::Owner, Some("a --> \"b\" <c> & é".to_owned())),
        );
        let text = question.to_string();
        assert!(!text.contains(['<', '>', '"', '&', '\'']) && !text.contains("--"), "{text}");
        assert_eq!(text.parse(), Ok(question));
    }

    #[test]
    fn what_is_no_question_is_refused() {
        for text in
            ["", "count", "count everything", "5", "5 weather", "5 revision x on", "%FF text"]
        {
            assert_eq!(text.parse::<Question>(), Err(NotAQuestion), "{text}");
        }
    }
}
