//! Every rule that a plan can break, under its stable name: what it asks for, and how much it weighs.

use super::vocabulary;

vocabulary! {
    /// How much a lint weighs, as a plan or a command line sets it.
    Level {
        Off = "off",
        Warning = "warning",
        Error = "error",
    }
}

vocabulary! {
    /// How bad it is that something was found.
    Severity {
        Note = "note",
        Warning = "warning",
        Error = "error",
    }
}

impl Level {
    /// How bad it is what a rule of this level finds; `None` where it is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// What kind of rule it is, and the level it has where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// Without it the file is no plan: always an error.
    Format,
    /// About the plan as it stands in the file.
    Lint(Level),
    /// About what has become of the plan since an earlier version.
    HistoryRules(Level),
    /// What `overdue` finds.
    Due,
}

/// Declares the rules: a name, a kind and a sentence each, in one place.
macro_rules! rules {
    ($($variant:ident $word:literal $kind:expr, $about:literal;)+) => {
        vocabulary! {
            /// A rule, by its stable name.
            Rule { $($variant = $word,)+ }
        }

        impl Rule {
            pub fn kind(self) -> RuleKind {
                match self { $(Self::$variant => $kind,)+ }
            }

            /// What breaks it, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)+ }
            }
        }
    };
}

use Level::{Error, Warning};
use RuleKind::{Due, Format, HistoryRules, Lint};

rules! {
    Syntax "syntax" Format, "The file is not TOML here.";
    NewerFormat "newer-format" Format, "The plan needs a newer program.";
    ConflictMarker "conflict-marker" Format, "Git left a conflict that nobody resolved.";
    DuplicateKey "duplicate-key" Format, "A key or table stands twice.";
    UnknownKey "unknown-key" Format, "A key is not one of the format's.";
    MissingKey "missing-key" Format, "A key that is needed is not there.";
    WrongType "wrong-type" Format, "A value is of the wrong type.";
    EmptyText "empty-text" Format, "A text says nothing.";
    ControlCharacter "control-character" Format, "A text holds a character that steers a terminal.";
    BadId "bad-id" Format, "An id cannot be typed as one word.";
    BadDate "bad-date" Format, "A date is not one, or not in the calendar.";
    BadTimescale "bad-timescale" Format, "A timescale cannot be read and no `due` says what it means, or `due` has no such words beside it.";
    UnknownWord "unknown-word" Format, "A status, response or result is not one of its words.";
    DuplicateId "duplicate-id" Format, "An id is used twice.";
    ForeignAction "foreign-action" Format, "An action's id does not begin with its recommendation's.";
    UnknownArea "unknown-area" Format, "An area is named that the plan does not have.";
    UnknownPriority "unknown-priority" Format, "A priority is named that the plan does not have.";
    OutOfOrder "out-of-order" Format, "An entry is dated before the one above it.";
    EndedWithoutNote "ended-without-note" Format, "Work was superseded or given up without saying why.";
    AnswerWhileAwaited "answer-while-awaited" Format, "A response is awaited and has the day of an answer.";
    MisplacedEntry "misplaced-entry" Format, "A recommendation has an entry of its own after its actions have theirs.";
    FinishedRevision "finished-revision" Format, "A timescale was revised to words that are no deadline.";
    MisplacedDecision "misplaced-decision" Format, "A decision answers no request, or a request is made while one is open.";

    RejectedWithoutReason "rejected-without-reason" Lint(Warning),
        "A recommendation was rejected without saying why.";
    Undated "undated" Lint(Warning),
        "Open work has no date yet.";
    UndatedWithoutReview "undated-without-review" Lint(Warning),
        "Open work has no end, and no review of it lies ahead.";
    CompleteWithoutEvidence "complete-without-evidence" Lint(Warning),
        "An action was reported complete and nothing shows it. An error where `completion_needs_evidence`.";
    Unverified "unverified" Lint(Warning),
        "A recommendation is complete and nobody independent has confirmed it. Only where `closure_needs_verification`.";
    VerifiedByOwner "verified-by-owner" Lint(Error),
        "Whoever owns a recommendation or one of its actions, or did so before, also verified it.";
    ExtendedWithoutReason "extended-without-reason" Lint(Warning),
        "A deadline was moved later, and neither the revision nor a later note says why.";
    SerialExtension "serial-extension" Lint(Warning),
        "A deadline was moved later again and again: `serial_extensions` times or more.";
    UndecidedExtension "undecided-extension" Lint(Warning),
        "A later deadline is in force that nobody decided. Only where `extensions_need_decision`.";
    DeadlineBeforePlan "deadline-before-plan" Lint(Warning),
        "A deadline of open work had passed when the plan was published, or its recommendation made.";
    RevisedToPast "revised-to-past" Lint(Warning),
        "The deadline in force had passed when it was agreed.";
    MilestoneAfterDeadline "milestone-after-deadline" Lint(Warning),
        "An action is due after the recommendation that it is part of.";
    ImplausibleYear "implausible-year" Lint(Warning),
        "A date lies more than twenty years from the plan's own.";
    EntryBeforePlan "entry-before-plan" Lint(Warning),
        "An entry on open work is dated before the plan was published, or its recommendation made.";
    FutureEntry "future-entry" Lint(Error),
        "An entry is dated later than today. Not where `future_entries`.";
    BackwardsWithoutNote "backwards-without-note" Lint(Error),
        "Progress went backwards and nobody said why.";
    Stale "stale" Lint(Warning),
        "Open work without an end has not been heard of since before the last meeting.";
    NoAction "no-action" Lint(Warning),
        "An accepted recommendation has no action, no owner and no progress.";
    NoOwner "no-owner" Lint(Warning),
        "Nobody is named for an open action.";
    NoPriority "no-priority" Lint(Warning),
        "A recommendation has no priority. Only where `fail_on`, which would pass it over.";

    TextAltered "text-altered" HistoryRules(Error),
        "A published text reads differently.";
    ResponseAltered "response-altered" HistoryRules(Error),
        "Management's published response is another.";
    TimescaleReplaced "timescale-replaced" HistoryRules(Error),
        "A published timescale was replaced instead of revised.";
    EntryAltered "entry-altered" HistoryRules(Error),
        "A past entry, revision or verification was changed or deleted.";
    Dropped "dropped" HistoryRules(Error),
        "A recommendation, an action or an area is no longer there.";
    IdReused "id-reused" HistoryRules(Error),
        "A published id now means something else.";
    Backdated "backdated" HistoryRules(Error),
        "A new entry is dated before the newest one already recorded for the same item.";
    RecordedLate "recorded-late" HistoryRules(Warning),
        "A new entry is dated before the newest one already recorded anywhere in the plan, or a new meeting before today.";
    SameNewId "same-new-id" HistoryRules(Error),
        "Both sides have added something under the same id.";
    FieldChanged "field-changed" HistoryRules(Error),
        "An owner, area, priority, title or review is another than before without an amendment, or the day of a recommendation or the order of priorities is.";
    FieldAdded "field-added" HistoryRules(Warning),
        "Something published has a value that it had not, and no amendment says so: an owner, a title, words of the response.";
    Amended "amended" HistoryRules(Warning),
        "A published word is another, and an amendment keeps what it was: a note for an owner, priority, area, title or review. Or an amendment changes nothing.";
    MeetingChanged "meeting-changed" HistoryRules(Error),
        "A meeting that was held is gone or has another date.";
    OverdueUndated "overdue-undated" HistoryRules(Error),
        "Overdue work was given a timescale without a deadline.";
    RecordedAfterDeadline "recorded-after-deadline" HistoryRules(Warning),
        "A new entry is dated in time and was recorded when the deadline had passed, or an amendment moved that deadline.";
    PolicyLoosened "policy-loosened" HistoryRules(Warning),
        "The plan's own policy now lets pass what it did not.";
    Vanished "vanished" HistoryRules(Error),
        "A plan that was there is not among those that are checked.";
    NotCompared "not-compared" HistoryRules(Error),
        "The plan never was valid before, so there was nothing to compare with.";

    Overdue "overdue" Due, "A deadline has passed and the work has not ended.";
    FallingDue "falling-due" Due, "A deadline is near.";
}

impl Rule {
    /// Whether a plan and a command line may set its level.
    pub fn can_be_set(self) -> bool {
        matches!(self.kind(), Lint(_) | HistoryRules(_))
    }

    /// Whether it is about what may not be done quietly: then a change cannot turn it off for itself.
    pub fn is_history_rule(self) -> bool {
        matches!(self.kind(), HistoryRules(_))
            || matches!(self, Self::BackwardsWithoutNote | Self::VerifiedByOwner)
    }

    /// The level where nothing else is said.
    pub fn usual_level(self) -> Level {
        match self.kind() {
            Format | Due => Error,
            Lint(level) | HistoryRules(level) => level,
        }
    }
}
