//! Prints a burn-up, which shows the number of recommendations on each day, as a chart or as a table.

use anstyle::Style;

use super::{fact_value::FactValue, words::counted};
use crate::{
    doc::{
        Block, Column, Doc, Fit, Medium, Screen, Table,
        style::{DONE, FAINT, LATE, PLAIN, paint},
        text::capitalised,
    },
    history::Gap,
    model::{Day, to_single_line},
    query::{Point, Portfolio, Tally, View, sampled_days},
};

/// The answer of `plan burnup`: the days of a period with the counts of recommendations on each day.
pub struct Burnup<'a> {
    pub portfolio: &'a Portfolio,
    pub view: &'a View,
    pub from: Day,
    pub to: Day,
    /// True if the counts come from the versions of the plan in git; false if they come from the dates of the entries.
    pub is_of_git: bool,
    /// The days, oldest first, each with its counts of recommendations.
    pub points: Vec<Point>,
    pub gaps: Vec<Gap>,
}

impl Burnup<'_> {
    /// Returns the word that names the source of the counts in JSON.
    pub fn source(&self) -> &'static str {
        if self.is_of_git { "git" } else { "entries" }
    }

    /// Returns the heading of the chart: the period and the source of the counts.
    pub fn heading(&self) -> String {
        let source = if self.is_of_git {
            "as recorded up to each day"
        } else {
            "based on the dates of the entries"
        };
        format!("Recommendations from {} to {}, {source}", self.from, self.to)
    }

    /// Returns the counts of the last day that has counts; `None` if no day has counts.
    pub fn last(&self) -> Option<Tally> {
        self.points.iter().rev().find_map(|point| point.tally)
    }

    /// Returns the largest total of recommendations on a single day.
    pub fn most(&self) -> usize {
        let tallies = self.points.iter().filter_map(|point| point.tally);
        tallies.map(|tally| tally.total).max().unwrap_or(0)
    }

    /// Returns a sentence about each gap, which is a period without counts. If there are many gaps, the last sentence
    /// gives only the number of the other gaps.
    pub fn gaps_in_words(&self) -> Vec<String> {
        let shown = self.gaps.iter().take(MOST_GAPS).map(|gap| {
            let why = to_single_line(&gap.why);
            format!("No data from {} to {}: {why}.", gap.from, gap.to)
        });
        let more = self.gaps.len().saturating_sub(MOST_GAPS);
        let more = (more > 0).then(|| format!("… and {}.", counted(more, "more gap", "more gaps")));
        shown.chain(more).collect()
    }
}

/// A field of a day: the name of the field in JSON and CSV, and a function that returns the value of the field.
pub type PointFact = (&'static str, for<'p> fn(&'p Point) -> FactValue<'p>);

/// The fields of a day, in the order of JSON and CSV.
pub const POINT_FACTS: [PointFact; 7] = [
    ("day", |point| point.day.into()),
    ("commit", |point| point.commit.as_deref().into()),
    ("total", |point| point.tally.map(|tally| tally.total).into()),
    ("complete", |point| point.tally.map(|tally| tally.complete).into()),
    ("ended", |point| point.tally.map(|tally| tally.ended()).into()),
    ("open", |point| point.tally.map(|tally| tally.open).into()),
    ("overdue", |point| point.tally.map(|tally| tally.overdue).into()),
];

/// A part of the chart, which shows one kind of recommendation, such as the completed ones. On each day, the parts are
/// stacked.
pub struct BurnupPart {
    pub name: &'static str,
    pub count: fn(&Tally) -> usize,
    glyph: &'static str,
    style: Style,
}

const ENDED: &str = "ended but not complete";

pub const PARTS: [BurnupPart; 4] = [
    BurnupPart { name: "complete", count: |tally| tally.complete, glyph: "█", style: DONE },
    BurnupPart { name: "overdue", count: |tally| tally.overdue, glyph: "▒", style: LATE },
    BurnupPart {
        name: "open, not overdue",
        count: |tally| tally.open - tally.overdue,
        glyph: "░",
        style: PLAIN,
    },
    BurnupPart { name: ENDED, count: |tally| tally.ended(), glyph: "·", style: FAINT },
];

/// Returns the parts of the chart for the legend. The part “ended but not complete” is left out if `tally` has no such
/// recommendation.
pub fn parts_with(tally: &Tally) -> impl Iterator<Item = &'static BurnupPart> {
    PARTS.iter().filter(|part| part.name != ENDED || tally.ended() > 0)
}

const MOST_GAPS: usize = 5;
const USUAL_WIDTH: usize = 80;
const MOST_WIDTH: usize = 200;
const MOST_HEIGHT: usize = 12;
/// The number of columns at the left of the chart for the numbers and the axis.
const MARGIN: usize = 8;

/// Returns the number of days that fit into a chart on this screen. Each day takes one column.
pub fn columns(screen: Screen) -> usize {
    screen.width.unwrap_or(USUAL_WIDTH).min(MOST_WIDTH) - MARGIN
}

/// Builds the answer of `plan burnup`: a chart for a screen, and a table with one row per day for other formats.
pub fn document(burnup: &Burnup<'_>, screen: Screen) -> Doc {
    let mut doc = Doc::default();
    doc.heading(2, to_single_line(&burnup.view.plan.title));
    doc.say(burnup.heading());
    doc.on(Medium::Screen, Block::Drawing(chart(burnup, screen)));
    doc.on(Medium::Screen, Block::Paragraph(legend(burnup.last()).into()));
    doc.on(Medium::Paper, Block::Table(table(burnup)));
    for gap in burnup.gaps_in_words() {
        doc.say(gap);
    }
    doc
}

/// Draws the chart with one column of characters per day.
fn chart(burnup: &Burnup<'_>, screen: Screen) -> String {
    let mut text = "\n".to_owned();
    let days = sampled_days(burnup.from, burnup.to, columns(screen));
    let tallies: Vec<Option<Tally>> = days.iter().map(|day| tally(burnup, *day)).collect();
    let most = burnup.most();
    let height = most.clamp(1, MOST_HEIGHT);
    for level in (1..=height).rev() {
        let number = if level == height || level == height.div_ceil(2) {
            (level * most).div_ceil(height).to_string()
        } else {
            String::new()
        };
        let cells: String = tallies.iter().map(|tally| cell(*tally, level, height, most)).collect();
        text.push_str(format!("{number:>5} │{cells}").trim_end());
        text.push('\n');
    }
    text.push_str(&format!("    0 └{}\n", "─".repeat(days.len())));
    text + &format!("       {}\n\n", dates(&days))
}

fn tally(burnup: &Burnup<'_>, day: Day) -> Option<Tally> {
    let found = burnup.points.binary_search_by_key(&day, |point| point.day).ok()?;
    burnup.points[found].tally
}

/// Returns the coloured character for a cell of the chart, or a space if the cell is empty.
fn cell(tally: Option<Tally>, level: usize, height: usize, most: usize) -> String {
    let Some(tally) = tally else { return " ".to_owned() };
    let mut top = 0;
    for part in &PARTS {
        top += (part.count)(&tally);
        if (2 * level - 1) * most < 2 * height * top {
            return paint(part.style, part.glyph);
        }
    }
    " ".to_owned()
}

/// Returns the line of dates below the chart.
fn dates(days: &[Day]) -> String {
    const WIDTH: usize = 10;
    const STEP: usize = 20;
    let last = days.len().saturating_sub(WIDTH);
    let mut text = String::new();
    let mut column = 0;
    while column + STEP <= last {
        text.push_str(&format!("{:<STEP$}", days[column].to_string()));
        column += STEP;
    }
    if column + WIDTH < last || column == 0 {
        text.push_str(&format!("{:<WIDTH$}", days[column].to_string()));
        column += WIDTH;
    }
    let end = days.last().filter(|end| **end != days[0]).map(Day::to_string).unwrap_or_default();
    let gap = last.saturating_sub(column);
    format!("{text}{}{end}", " ".repeat(gap)).trim_end().to_owned()
}

fn legend(last: Option<Tally>) -> String {
    let Some(tally) = last else { return "There is no data for this period.".to_owned() };
    let parts = parts_with(&tally);
    let parts = parts.map(|part| format!("{} {} {}", part.glyph, (part.count)(&tally), part.name));
    format!("{}; {} in all", parts.collect::<Vec<_>>().join("   "), tally.total)
}

fn table(burnup: &Burnup<'_>) -> Table {
    let facts = || POINT_FACTS.iter().filter(|(name, _)| *name != "commit");
    let row = |point: &Point| facts().map(|(_, value)| value(point).words().into()).collect();
    let columns = facts().map(|(name, _)| {
        Column::new(capitalised(if *name == "ended" { ENDED } else { name }), Fit::Always)
    });
    Table::new(columns.collect::<Vec<_>>(), burnup.points.iter().map(row).collect())
}
