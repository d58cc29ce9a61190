//! All rules that a plan can break, each with its name, its kind and a description.

use super::vocabulary;

vocabulary! {
    /// The level of a rule, as set by a plan or on the command line.
    Level {
        Off = "off",
        Warning = "warning",
        Error = "error",
    }
}

vocabulary! {
    /// The severity of a finding, which reports a broken rule.
    Severity {
        Note = "note",
        Warning = "warning",
        Error = "error",
    }
}

impl Level {
    /// Returns the severity of findings at this level; `None` if the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The kind of a rule. For a rule whose level can be set, the kind holds the default level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// A rule about the format of the file. A breach is always an error, because the file is then not a valid plan.
    Format,
    /// A rule about the content of a valid plan, with its default level.
    Lint(Level),
    /// A rule about the changes since an earlier version of the plan, with its default level.
    HistoryRules(Level),
    /// A rule about due dates, which the command `plan overdue` checks.
    Due,
}

/// Declares all rules, each with its name, kind and description.
macro_rules! rules {
    ($($variant:ident $word:literal $kind:expr, $about:literal;)+) => {
        vocabulary! {
            /// A rule that a plan can break. The name of a rule never changes.
            Rule { $($variant = $word,)+ }
        }

        impl Rule {
            pub fn kind(self) -> RuleKind {
                match self { $(Self::$variant => $kind,)+ }
            }

            /// Returns the description of the rule.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)+ }
            }
        }
    };
}

use Level::{Error, Warning};
use RuleKind::{Due, Format, HistoryRules, Lint};

rules! {
    Syntax "syntax" Format, "This part of the file is not valid TOML.";
    NewerFormat "newer-format" Format, "The plan needs a newer version of `plan`.";
    ConflictMarker "conflict-marker" Format, "The file contains a git merge conflict that has not been resolved.";
    DuplicateKey "duplicate-key" Format, "A key or table is defined twice.";
    UnknownKey "unknown-key" Format, "A key is not part of the format.";
    MissingKey "missing-key" Format, "A required key is missing.";
    WrongType "wrong-type" Format, "A value has the wrong type.";
    EmptyText "empty-text" Format, "A value that must contain text is empty.";
    ControlCharacter "control-character" Format, "Text contains a control character, which could change what the terminal shows.";
    BadId "bad-id" Format, "An id contains spaces or other characters that are not allowed in an id.";
    BadDate "bad-date" Format, "A date is malformed or does not exist.";
    BadTimescale "bad-timescale" Format, "A timescale is not a date and has no `due`, or it has a `due` that cannot be read or is not needed.";
    UnknownWord "unknown-word" Format, "A status, response or result is not one of the allowed words.";
    DuplicateId "duplicate-id" Format, "An id is used twice.";
    ForeignAction "foreign-action" Format, "An action's id does not begin with the id of its recommendation.";
    UnknownArea "unknown-area" Format, "A recommendation names an area that the plan does not have.";
    UnknownPriority "unknown-priority" Format, "A priority is not one of the plan's priorities.";
    OutOfOrder "out-of-order" Format, "An entry is dated before an entry above it, and has no `recorded` date.";
    EndedWithoutNote "ended-without-note" Format, "Work is superseded or not pursued, and no note says why.";
    AnswerWhileAwaited "answer-while-awaited" Format, "A response has a date although it is still `awaited`.";
    MisplacedEntry "misplaced-entry" Format, "A recommendation was given a status of its own when one of its actions already had a status.";
    FinishedRevision "finished-revision" Format, "A timescale was revised to words such as `Complete`, which are not a due date.";
    MisplacedDecision "misplaced-decision" Format, "A decision was recorded without a request, or an extension was requested while another request was pending.";

    RejectedWithoutReason "rejected-without-reason" Lint(Warning),
        "A recommendation was not accepted, and no reason is given.";
    Undated "undated" Lint(Warning),
        "Open work has no due date yet.";
    UndatedWithoutReview "undated-without-review" Lint(Warning),
        "Ongoing work has no future review date.";
    CompleteWithoutEvidence "complete-without-evidence" Lint(Warning),
        "Work was marked complete without evidence. This is an error if `completion_needs_evidence` is set.";
    Unverified "unverified" Lint(Warning),
        "A recommendation is complete but not verified. Applies only if `closure_needs_verification` is set.";
    VerifiedByOwner "verified-by-owner" Lint(Error),
        "A recommendation was verified by one of its present or former owners.";
    ExtendedWithoutReason "extended-without-reason" Lint(Warning),
        "A due date was extended without a reason, and no later note gives one.";
    SerialExtension "serial-extension" Lint(Warning),
        "A due date was extended at least `serial_extensions` times.";
    UndecidedExtension "undecided-extension" Lint(Warning),
        "A due date was extended without a decision. Applies only if `extensions_need_decision` is set.";
    DeadlineBeforePlan "deadline-before-plan" Lint(Warning),
        "A due date had passed before the plan was published, or before the recommendation was made.";
    RevisedToPast "revised-to-past" Lint(Warning),
        "A due date was extended to a date that was already past.";
    MilestoneAfterDeadline "milestone-after-deadline" Lint(Warning),
        "An action is due later than its recommendation.";
    OngoingAction "ongoing-action" Lint(Warning),
        "An action is `Ongoing`, but its recommendation has a due date.";
    ImplausibleYear "implausible-year" Lint(Warning),
        "A date is more than fifty years away from the date of the recommendation.";
    EntryBeforePlan "entry-before-plan" Lint(Warning),
        "An entry is dated before the plan was published, or before the recommendation was made.";
    FutureEntry "future-entry" Lint(Error),
        "An entry is dated in the future. Does not apply if `future_entries` is set.";
    BackwardsWithoutNote "backwards-without-note" Lint(Error),
        "Progress went backwards, and no note says why.";
    Stale "stale" Lint(Warning),
        "Ongoing work has no update since the last meeting.";
    NoAction "no-action" Lint(Warning),
        "An accepted recommendation has no action, no owner and no progress.";
    NoOwner "no-owner" Lint(Warning),
        "An open action has no owner.";
    OwnerSpelling "owner-spelling" Lint(Warning),
        "The name of one owner is written in several ways.";
    UnknownOwner "unknown-owner" Lint(Warning),
        "An owner is not listed in `[[owner]]`. Applies only if the plan lists owners.";
    AmbiguousOwner "ambiguous-owner" Lint(Warning),
        "Two `[[owner]]` tables have the same name, so it is not clear which owner is meant.";
    WronglyDecoded "wrongly-decoded" Lint(Warning),
        "Text was read in the wrong encoding: `Ã©` instead of `é`.";
    DueTooLate "due-too-late" Lint(Warning),
        "A due date is further away than `[policy.max_days]` allows for the priority of the recommendation.";
    NoPriority "no-priority" Lint(Warning),
        "A recommendation has no priority, so it never makes `plan overdue` fail. Applies only if `fail_on` is set.";

    TextAltered "text-altered" HistoryRules(Error),
        "Published text was changed.";
    ResponseAltered "response-altered" HistoryRules(Error),
        "A published management response was changed.";
    TimescaleReplaced "timescale-replaced" HistoryRules(Error),
        "A published timescale was replaced instead of revised.";
    EntryAltered "entry-altered" HistoryRules(Error),
        "A past entry was changed or deleted.";
    Dropped "dropped" HistoryRules(Error),
        "A recommendation, an action or an area was removed.";
    IdReused "id-reused" HistoryRules(Error),
        "A published id was given to a different item.";
    Backdated "backdated" HistoryRules(Error),
        "A new entry or action is dated before the latest existing entry of its item, or a new action has no date.";
    RecordedLate "recorded-late" HistoryRules(Warning),
        "A new entry is dated before the latest entry already recorded anywhere in the plan, or a new meeting is dated before today.";
    Reopened "reopened" HistoryRules(Warning),
        "An action was added to a finished recommendation, which reopens it.";
    SameNewId "same-new-id" HistoryRules(Error),
        "Both branches added an item with the same id.";
    FieldChanged "field-changed" HistoryRules(Error),
        "An owner, area, priority, title, review or date was changed without an amendment, or the order of priorities was changed.";
    FieldAdded "field-added" HistoryRules(Warning),
        "A missing owner, title or response text of a published item was filled in without an amendment.";
    Amended "amended" HistoryRules(Warning),
        "A published value was changed by an amendment that records the old value, or an amendment changes nothing. A change of an owner, priority, area, title or review is reported only as a note.";
    MeetingChanged "meeting-changed" HistoryRules(Error),
        "A past meeting was removed or moved to another date.";
    OverdueUndated "overdue-undated" HistoryRules(Error),
        "Overdue work was given a timescale without a due date.";
    RecordedAfterDeadline "recorded-after-deadline" HistoryRules(Warning),
        "A new entry is dated before the due date but was recorded after it, or an amendment moved a due date that had passed.";
    PolicyLoosened "policy-loosened" HistoryRules(Warning),
        "The plan's policy became less strict.";
    Vanished "vanished" HistoryRules(Error),
        "A plan that existed in the earlier version is not among the plans being checked.";
    NotCompared "not-compared" HistoryRules(Error),
        "No earlier version of the plan is valid, so nothing could be compared.";

    Overdue "overdue" Due, "Open work is past its due date.";
    FallingDue "falling-due" Due, "A due date is near.";
}

impl Rule {
    /// Checks whether a plan and the command line may set the level of this rule.
    pub fn can_be_set(self) -> bool {
        matches!(self.kind(), Lint(_) | HistoryRules(_))
    }

    /// Checks whether this rule protects the records of earlier versions of the plan. If the earlier and the present
    /// version set different levels for such a rule, the stricter level applies. A change to the plan therefore cannot
    /// switch the rule off.
    pub fn is_history_rule(self) -> bool {
        matches!(self.kind(), HistoryRules(_))
            || matches!(self, Self::BackwardsWithoutNote | Self::VerifiedByOwner)
    }

    /// Returns the default level of the rule.
    pub fn usual_level(self) -> Level {
        match self.kind() {
            Format | Due => Error,
            Lint(level) | HistoryRules(level) => level,
        }
    }
}
