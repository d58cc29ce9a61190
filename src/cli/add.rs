//! The flags of `plan add`.

use clap::{Args, Subcommand};

use super::{
    values::{parse_day, parse_meeting, words},
    write::{DueArgs, WriteArgs},
};
use crate::model::{Id, Response, When};

#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(subcommand)]
    pub what: AddWhat,
}

#[derive(Debug, Subcommand)]
pub enum AddWhat {
    /// An area: a heading for recommendations
    Area(AddAreaArgs),
    /// A recommendation, with the next free id
    Recommendation(AddRecommendationArgs),
    /// An action of a recommendation, with the next free id
    Action(AddActionArgs),
    /// A meeting at which progress is looked at
    Meeting(AddMeetingArgs),
}

/// The flag for the day from which a new item counts.
#[derive(Debug, Args)]
pub struct MadeArgs {
    /// The day from which it counts, if later than the plan's [default: the as-of day, once the plan is in use]
    #[arg(short = 'd', long, alias = "on", value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub date: Option<When>,
}

#[derive(Debug, Args)]
pub struct AddAreaArgs {
    /// Its heading, as it was published
    #[arg(value_name = "TITLE")]
    pub title: String,

    /// Its id [default: the words of its title]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("due", |due| due.requires("timescale")))]
pub struct AddRecommendationArgs {
    /// The recommendation, word for word; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub text: String,

    /// The agreed timescale, in the words of the report; without it a date is still to be agreed
    #[arg(long, value_name = "TIMESCALE")]
    pub timescale: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    #[command(flatten)]
    pub date: MadeArgs,

    /// A short text for lists
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Its area, by its id
    #[arg(short = 'a', long, value_name = "ID")]
    pub area: Option<String>,

    /// One of the plan's priorities
    #[arg(short = 'p', long, value_name = "PRIORITY")]
    pub priority: Option<String>,

    /// Owner of the whole; may be given several times
    #[arg(short = 'w', long, value_name = "WHO")]
    pub owner: Vec<String>,

    /// Management's response
    #[arg(long, value_name = "RESPONSE", value_parser = words::<Response>(), default_value = "accepted")]
    pub response: Response,

    /// Management's response in its own words; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub response_text: Option<String>,

    /// Its id [default: the next in the plan's pattern]
    #[arg(long, value_name = "ID", value_parser = |id: &str| Id::parse(id))]
    pub id: Option<Id>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("due", |due| due.requires("timescale")))]
pub struct AddActionArgs {
    /// The recommendation it answers
    #[arg(value_name = "ID")]
    pub recommendation: String,

    /// The action to take; `-` reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub text: String,

    /// Owner; may be given several times
    #[arg(short = 'w', long, value_name = "WHO")]
    pub owner: Vec<String>,

    /// A timescale of its own, where it has one
    #[arg(long, value_name = "TIMESCALE")]
    pub timescale: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    #[command(flatten)]
    pub date: MadeArgs,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
pub struct AddMeetingArgs {
    /// Days or months, each of a meeting
    #[arg(value_name = "DATE", required = true, value_parser = parse_meeting)]
    pub dates: Vec<When>,

    /// The title of the meetings
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,
}
