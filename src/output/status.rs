//! Prints `plan status` on a screen: the completed, overdue and upcoming items at a glance.

mod attention;
mod paper;

use anstream::adapter::strip_str;
use unicode_width::UnicodeWidthStr;

use super::{GivenFiles, row_style::of_colour, words};
use crate::{
    doc::{
        Block, Column, Doc, Fit, Line, Piece, Screen, Table, absent,
        style::{DONE, FAINT, LATE, MOVING, PLAIN},
        text::{capitalised, cut},
    },
    model::{Colour, Day, Keyword, Period, Timing, to_single_line},
    query::{Counts, Group, GroupBy, Portfolio, Progress, Row, falling_due, overdue},
};
use attention::Shown;
pub use paper::{on_paper, summary};

/// The default, the minimum and the maximum width of a progress bar, in columns.
const USUAL_BAR: usize = 17;
const LEAST_BAR: usize = 10;
const MOST_BAR: usize = 40;
/// The minimum width of the words beside a progress bar, in columns.
const LEAST_BREAKDOWN: usize = 30;
/// The maximum number of lines that the whole answer takes on a screen.
const SCREEN_LINES: usize = 23;
/// The usual number of groups, such as areas, in the table of groups.
const USUAL_GROUPS: usize = 5;
/// The limits of a paragraph that lists groups: the maximum number of lines, the maximum width of a title in columns,
/// and the maximum number of groups.
const GROUP_LINES: usize = 4;
const GROUP_COLUMNS: usize = 36;
const MOST_IN_WORDS: usize = 24;
const USUAL_AHEAD: usize = 3;

/// Returns the answer of `plan status` for a screen. If the answer is too long for the screen, its texts are shortened.
pub fn page(portfolio: &Portfolio, by: GroupBy, given: &GivenFiles, screen: Screen) -> String {
    let mut page = StatusPage::new(portfolio, by, given, screen);
    page.text().unwrap_or_else(|| {
        page.is_tight = true;
        page.text().unwrap_or_default()
    })
}

struct StatusPage<'a> {
    portfolio: &'a Portfolio,
    by: GroupBy,
    given: &'a GivenFiles,
    screen: Screen,
    /// True if texts are cut to one line, so that more rows fit on the screen.
    is_tight: bool,
    recommendations: Vec<Row<'a>>,
    counts: Counts,
    action_counts: Counts,
    groups: Vec<Group<'a>>,
    overdue: Vec<Row<'a>>,
    /// The rows due soon or, if there are none, the rows with the next due date.
    ahead: Vec<Row<'a>>,
    waiting: Vec<Row<'a>>,
    escalated: Vec<Row<'a>>,
}

impl<'a> StatusPage<'a> {
    fn new(portfolio: &'a Portfolio, by: GroupBy, given: &'a GivenFiles, screen: Screen) -> Self {
        let mut groups = portfolio.groups(by);
        let is_of_plans = by == GroupBy::Plan && portfolio.single().is_none();
        if !is_of_plans && groups.iter().all(|group| group.id.is_none()) {
            groups.clear();
        }
        Group::sort(&mut groups, by);
        let mut ahead = falling_due(portfolio.rows(false), Day::MAX);
        let due = |row: &Row<'_>| row.deadline().map(Period::last_day);
        let (timing, next) =
            ahead.first().map_or((None, None), |first| (first.own.timing, due(first)));
        ahead.retain(|row| match timing {
            Some(Timing::DueSoon) => row.own.timing == timing,
            _ => due(row) == next,
        });
        Self {
            portfolio,
            by,
            given,
            screen,
            is_tight: false,
            recommendations: portfolio.recommendations().collect(),
            counts: portfolio.counts(),
            action_counts: portfolio.action_counts(),
            groups,
            overdue: overdue(portfolio.rows(false)),
            ahead,
            waiting: portfolio.waiting(),
            escalated: portfolio.escalated(),
        }
    }

    /// Returns the text of the page. Returns `None` if `is_tight` is false and the screen is too small for the most
    /// important rows.
    fn text(&self) -> Option<String> {
        let mut doc = self.heading();
        if self.counts.total == 0 {
            doc.say(self.given.in_commands(words::EMPTY));
            return Some(self.screen.print(&doc));
        }
        self.progress(&mut doc);
        self.colours(&mut doc);
        self.overdue(&mut doc);
        let [before, mut after] = [doc, self.waiting(false)].map(|doc| self.screen.print(&doc));
        let taken = |after: &str| height(&before, self.screen) + height(after, self.screen);
        let (mut shown, mut in_table, mut room) = self.shares(taken(&after));
        if self.is_tight && shown.overdue < self.overdue.len() {
            after = self.screen.print(&self.waiting(true));
            (shown, in_table, room) = self.shares(taken(&after));
        }
        let is_whole = shown.overdue == self.overdue.len()
            && in_table >= self.groups.len().min(USUAL_GROUPS)
            && shown.ahead >= self.ahead.len().min(1);
        let groups = match in_table {
            0 => self.groups_in_words(room),
            shown => self.groups(shown),
        };
        let [deadlines, groups] =
            [self.deadlines(shown), groups].map(|doc| self.screen.print(&doc));
        (is_whole || self.is_tight).then(|| before + &deadlines + &after + &groups)
    }

    /// Divides the lines of the screen among the rows and the groups. `taken` lines are already in use. Returns the
    /// rows to show, the number of groups in a table, and the number of lines for a paragraph about groups.
    fn shares(&self, taken: usize) -> (Shown, usize, usize) {
        let [overdue, ahead, groups] = [self.overdue.len(), self.ahead.len(), self.groups.len()];
        let mut room = Room(SCREEN_LINES.saturating_sub(taken));
        if self.screen.width.is_none() {
            return (Shown { overdue, ahead, is_ahead_counted: true }, groups, 0);
        }
        // The rows need two more lines: a blank line and the headings.
        let late = room.take(overdue, overdue, 2, 1);
        let is_ahead_counted = late == overdue && room.0 > 0;
        let ahead = if is_ahead_counted { ahead } else { 0 };
        let count = usize::from(ahead > 0);
        room.0 = room.0.saturating_sub(count);
        let left = room.0;
        let mut in_table = room.take(groups, USUAL_GROUPS, 2, USUAL_GROUPS);
        // If there is no table of groups, the lines that were reserved for this table are available again.
        room.0 = if in_table == 0 { left } else { room.0 };
        let in_words = if in_table == 0 && groups > 0 { left.min(GROUP_LINES) } else { 0 };
        room.0 += count;
        room.0 -= in_words;
        let most_ahead = if groups == 0 { ahead } else { USUAL_AHEAD };
        let next = room.take(ahead, most_ahead, if late > 0 { 1 } else { 2 }, 1);
        if in_table > 0 && in_table < groups {
            // If only one group would be left out, it is shown in the line that would otherwise report the omission.
            let more = in_table + room.0;
            in_table = if more + 1 >= groups { groups } else { more };
        }
        (Shown { overdue: late, ahead: next, is_ahead_counted }, in_table, in_words + room.0)
    }

    /// Returns the text, which is cut to one line if `is_tight` is true.
    fn on_one_line(&self, text: &str) -> String {
        match self.screen.width.filter(|_| self.is_tight) {
            Some(width) => cut(text, width, "…"),
            None => text.to_owned(),
        }
    }

    /// Builds the heading of the page, with the title of the plan and the as-of day.
    fn heading(&self) -> Doc {
        let (title, identity) = match self.portfolio.single() {
            Some(view) => (view.plan.title.clone(), words::identity(view)),
            None => {
                let plans = words::counted(self.portfolio.views.len(), "plan", "plans");
                (plans, format!("As of {}", self.portfolio.as_of))
            }
        };
        let mut doc = Doc::default();
        doc.heading(1, self.on_one_line(&title));
        doc.say(self.on_one_line(&identity));
        doc.gap();
        doc
    }

    /// Adds a line with the numbers of overdue and of open recommendations.
    fn overdue(&self, doc: &mut Doc) {
        let counts = &self.counts;
        doc.line(match counts.timing(Timing::Overdue) {
            0 => Line::styled(DONE, "Nothing is overdue."),
            overdue => {
                let digits = self.digits();
                let line =
                    format!("{:<15}  {overdue:>digits$}  of {} open", "Overdue", counts.open);
                Line::styled(LATE, line)
            }
        });
    }

    /// Returns the number of digits in the largest count, for the alignment of all counts.
    fn digits(&self) -> usize {
        self.counts.total.max(self.action_counts.total).to_string().len()
    }

    /// Adds a progress bar for recommendations and another for actions. If `is_tight` is true, only the first bar is
    /// shown.
    fn progress(&self, doc: &mut Doc) {
        let mut lines = vec![("Recommendations", &self.counts), ("Actions", &self.action_counts)];
        lines.truncate(if self.is_tight { 1 } else { lines.len() });
        lines.retain(|(_, counts)| counts.total > 0);
        let digits = self.digits();
        let widest = lines.iter().map(|(_, counts)| breakdown(counts).len()).max().unwrap_or(0);
        let beside_bar = "Recommendations".len() + 2 + digits + 2 + 2 + widest;
        let room = self.screen.width.map_or(USUAL_BAR, |width| width.saturating_sub(beside_bar));
        let columns = if room < LEAST_BAR { USUAL_BAR } else { room.min(MOST_BAR) };
        for (name, counts) in &lines {
            let line = Line::from(format!("{name:<15}  {:>digits$}  ", counts.total));
            let with_bar = line.clone().and(bar(counts, columns)).and("  ");
            let (hang, words) = (with_bar.width(), breakdown(counts));
            let is_wide = self.screen.width.is_none_or(|width| width >= hang + LEAST_BREAKDOWN);
            match (room >= LEAST_BAR, is_wide && !self.is_tight) {
                (true, _) => doc.line(with_bar.and(words)),
                (false, true) => doc.0.push(Block::Hanging(with_bar, hang, words.into())),
                (false, false) if self.is_tight => {
                    doc.0.push(Block::Hanging(line, 2, words.into()));
                }
                (false, false) => {
                    doc.line(line.and(bar(counts, columns)));
                    doc.0.push(Block::Hanging("  ".into(), 2, words.into()));
                }
            }
        }
    }

    /// Adds the number of recommendations of each RAG colour, if the plan defines such colours.
    fn colours(&self, doc: &mut Doc) {
        let rules = words::colours(&self.recommendations);
        if rules.is_empty() {
            return;
        }
        let mut line = Line::from(format!("{:<15}  ", "RAG"));
        for (index, colour) in Colour::ALL.iter().enumerate() {
            let words = format!("{} {}", self.counts.colour(*colour), colour.word());
            let gap = if index > 0 { ", " } else { "" };
            line = line.and(gap).and(Line::styled(of_colour(*colour), words));
        }
        doc.line(line);
        let rules = rules.into_iter().filter(|_| !self.is_tight);
        doc.0.extend(rules.map(|rule| Block::Hanging("  ".into(), 2, rule.into())));
    }

    /// Builds a table of the first `shown` groups, and a line with the number of the other groups.
    fn groups(&self, shown: usize) -> Doc {
        let mut doc = Doc::default();
        doc.gap();
        doc.table(group_table(self.by, &self.groups[..shown]));
        let left = self.groups.len() - shown;
        if left > 0 {
            doc.line(self.given.in_commands(&format!("{left} more: {}", self.groups_command())));
        }
        doc
    }

    /// Lists as many groups in a paragraph as fit into `room` lines.
    fn groups_in_words(&self, room: usize) -> Doc {
        let groups = &self.groups;
        let label = format!("By {}: ", self.by.word());
        let doc = |most: usize| {
            let mut words: Vec<String> =
                (0..most).map(|index| self.in_words(&groups[index], index == 0)).collect();
            if most < groups.len() {
                let left = format!("{} more: {}", groups.len() - most, self.groups_command());
                words.push(self.given.in_commands(&left));
            }
            Doc(vec![Block::Hanging(label.clone().into(), 2, words.join(" · ").into())])
        };
        let mut docs = (0..=groups.len().min(MOST_IN_WORDS)).rev().map(doc);
        let fits = |doc: &Doc| height(&self.screen.print(doc), self.screen) <= room;
        if groups.is_empty() { Doc::default() } else { docs.find(fits).unwrap_or_default() }
    }

    /// Describes a group, such as `Budget 2 overdue of 4 open`. Only the first group has the long form; later groups
    /// have the form `Budget 2 of 4`.
    fn in_words(&self, group: &Group<'_>, is_first: bool) -> String {
        let title = cut(&group_title(group, self.by), GROUP_COLUMNS, "…");
        match (group.counts.timing(Timing::Overdue), group.counts.open) {
            (_, 0) => format!("{title} none open"),
            (0, open) => format!("{title} {open} open"),
            (overdue, open) if is_first => format!("{title} {overdue} overdue of {open} open"),
            (overdue, open) => format!("{title} {overdue} of {open}"),
        }
    }

    fn groups_command(&self) -> String {
        format!("plan status --by {} --format csv", self.by.word())
    }
}

fn group_title(group: &Group<'_>, by: GroupBy) -> String {
    group.title.map_or_else(|| format!("(no {})", by.word()), to_single_line)
}

/// The number of free lines on the screen.
struct Room(usize);

impl Room {
    /// Takes free lines for the rows, and for the `first` lines above these rows. There are `all` rows, of which at
    /// most `most` get a line. Returns the number of rows that get a line, or 0 if fewer than `least` rows fit.
    fn take(&mut self, all: usize, most: usize, first: usize, least: usize) -> usize {
        // If only one row would be left out, it is shown in the line that would otherwise report the omission.
        let most = if all == most + 1 { all } else { most };
        let whole = all.min(most);
        let count = usize::from(all > most);
        let shown = match self.0.checked_sub(first + count) {
            Some(room) if room >= whole => whole,
            // One line is kept to report the number of omitted rows.
            Some(room) => room.saturating_sub(1 - count),
            None => 0,
        };
        let shown = if shown < least.min(all) { 0 } else { shown };
        let headings = if shown > 0 { first } else { 0 };
        self.0 = self.0.saturating_sub(headings + shown + usize::from(shown < all));
        shown
    }
}

/// Returns the number of lines that a text takes on the screen.
fn height(text: &str, screen: Screen) -> usize {
    let of_line = |line: &str| match screen.width {
        // A text never has more columns than bytes, so a line of at most `width` bytes fits without measuring.
        Some(width) if line.len() > width => {
            strip_str(line).to_string().width().div_ceil(width.max(1)).max(1)
        }
        _ => 1,
    };
    text.lines().map(of_line).sum()
}

/// Draws a progress bar with different characters for items that are complete, in progress, not started, or ended
/// without completion. The total must be above zero.
fn bar(counts: &Counts, width: usize) -> Line {
    let sum =
        |kinds: &[Progress]| -> usize { kinds.iter().map(|kind| counts.progress(*kind)).sum() };
    let parts = [
        ("█", DONE, sum(&[Progress::Complete])),
        ("▒", MOVING, sum(&[Progress::InProgress])),
        ("░", FAINT, sum(&[Progress::NotStarted])),
        ("·", FAINT, sum(&[Progress::Superseded, Progress::NotPursued, Progress::Rejected])),
    ];
    let end = |count: usize| (count * width + counts.total / 2) / counts.total;
    let mut before = 0;
    let pieces = parts.map(|(block, style, count)| {
        let length = end(before + count) - end(before);
        before += count;
        Piece::Styled(style, block.repeat(length))
    });
    Line(pieces.to_vec())
}

fn breakdown(counts: &Counts) -> String {
    let counted = words::progress_counts(counts).into_iter().filter(|(_, count)| *count > 0);
    let words = counted.map(|(words, count)| match counts.unverified {
        unverified @ 1.. if words == words::spoken(Progress::Complete) => {
            format!("{count} {words} ({unverified} unverified)")
        }
        _ => format!("{count} {words}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Builds a table with one line per group. Each line shows the counts and the next due date of the group.
fn group_table(by: GroupBy, groups: &[Group<'_>]) -> Table {
    let columns = [
        Column::new(capitalised(by.word()), Fit::Words),
        Column::number("Overdue", Fit::Always),
        Column::number("Open", Fit::Always),
        Column::number("Complete", Fit::Dropped(1)),
        Column::number("Total", Fit::Dropped(1)),
        Column::new("Next due", Fit::Dropped(2)),
    ];
    let row = |group: &Group<'_>| {
        let Group { counts, next, .. } = group;
        let overdue = counts.timing(Timing::Overdue);
        let style = if overdue > 0 { LATE } else { PLAIN };
        let next = next.map_or_else(absent, |next| next.to_string());
        let others = [counts.open, counts.progress(Progress::Complete), counts.total];
        let [open, complete, total] = others.map(|count| Line::from(count.to_string()));
        let overdue = Line::styled(style, overdue.to_string());
        vec![group_title(group, by).into(), overdue, open, complete, total, next.into()]
    };
    Table::new(columns, groups.iter().map(row).collect())
}
