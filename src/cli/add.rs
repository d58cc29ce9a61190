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
    /// Add an area, which is a heading for recommendations
    Area(AddAreaArgs),
    /// Add a recommendation with the next free id
    Recommendation(AddRecommendationArgs),
    /// Add an action to a recommendation, with the next free id
    Action(AddActionArgs),
    /// Add meetings at which progress is reviewed
    Meeting(AddMeetingArgs),
}

/// The flag for the date of a new item.
#[derive(Debug, Args)]
pub struct MadeArgs {
    /// Day from which the item counts, if later than the plan's date [default: the as-of day, once the plan is in use]
    #[arg(short = 'd', long, alias = "on", value_name = "DATE", value_parser = parse_day, allow_hyphen_values = true)]
    pub date: Option<When>,
}

#[derive(Debug, Args)]
pub struct AddAreaArgs {
    /// Heading of the area, as published
    #[arg(value_name = "TITLE")]
    pub title: String,

    /// Id of the area [default: the words of its title]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("due", |due| due.requires("timescale")))]
pub struct AddRecommendationArgs {
    /// Text of the recommendation, word for word; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub text: String,

    /// Agreed timescale in the words of the report [default: still to be agreed]
    #[arg(long, value_name = "TIMESCALE")]
    pub timescale: Option<String>,

    #[command(flatten)]
    pub meaning: DueArgs,

    #[command(flatten)]
    pub date: MadeArgs,

    /// Short text for lists
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Area of the recommendation, by its id
    #[arg(short = 'a', long, value_name = "ID")]
    pub area: Option<String>,

    /// Priority of the recommendation, one of the plan's
    #[arg(short = 'p', long, value_name = "PRIORITY")]
    pub priority: Option<String>,

    /// Owner of the recommendation; repeat the flag for several
    #[arg(short = 'w', long, value_name = "WHO")]
    pub owner: Vec<String>,

    /// Management's response
    #[arg(long, value_name = "RESPONSE", value_parser = words::<Response>(), default_value = "accepted")]
    pub response: Response,

    /// Management's response in its own words; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub response_text: Option<String>,

    /// Id of the recommendation [default: the next in the plan's pattern]
    #[arg(long, value_name = "ID", value_parser = |id: &str| Id::parse(id))]
    pub id: Option<Id>,

    #[command(flatten)]
    pub write: WriteArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("due", |due| due.requires("timescale")))]
pub struct AddActionArgs {
    /// Id of the recommendation
    #[arg(value_name = "ID")]
    pub recommendation: String,

    /// Text of the action; `-` reads standard input
    #[arg(long, value_name = "TEXT")]
    pub text: String,

    /// Owner of the action; repeat the flag for several
    #[arg(short = 'w', long, value_name = "WHO")]
    pub owner: Vec<String>,

    /// Timescale of the action, if different from the recommendation's
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
    /// Dates of the meetings: days or months
    #[arg(value_name = "DATE", required = true, value_parser = parse_meeting)]
    pub dates: Vec<When>,

    /// Title of the meetings
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    #[command(flatten)]
    pub write: WriteArgs,
}
