//! Draws a timeline for a screen: the labels of the months or years, a bar per item, a mark for the as-of day, and a
//! legend.

mod scale;

use anstyle::Style;

use self::scale::{Label, Scale};
use super::words;
use crate::{
    doc::{
        Column, Fit, Line, Piece, Screen, Table,
        style::{DONE, FAINT, LATE, PLAIN, SOON, STALE, STRONG, paint},
        text::{self, cut, wrap},
    },
    model::to_single_line,
    query::{Bar, Lane, Mark, MarkKind, StrokeKind, Timeline},
};

/// The width of the drawing in columns if the output is not a screen.
const USUAL_WIDTH: usize = 120;
/// The minimum and the maximum width of the text beside the bars, in columns.
const LEAST_WORDS: usize = 14;
const MOST_WORDS: usize = 44;
/// The minimum width of the chart in columns.
const LEAST_CHART: usize = 12;
/// The number of spaces between the ids, the texts and the bars.
const GAP: usize = 2;
/// A placeholder for a space at which a line must not break.
const JOINED: &str = "_";
/// If there are more bars than this number, the labels of the axis are repeated below the bars.
const MANY_BARS: usize = 24;

/// A character of the drawing, in Unicode and in ASCII.
type Glyph = [char; 2];

const AGREED: Glyph = ['━', '='];
const EXTENDED: Glyph = ['╌', '-'];
const OVERDUE: Glyph = ['×', 'x'];
const EARLIER: Glyph = ['◇', 'o'];
const REVIEW: Glyph = ['○', '@'];
const DEADLINE: Glyph = ['◆', '*'];
const REQUESTED: Glyph = ['?', '?'];
const COMPLETE: Glyph = ['✔', 'v'];
const ENDED: Glyph = ['■', '#'];
const ENDLESS: Glyph = ['→', '>'];
const MEETING: Glyph = ['▲', '^'];
const AS_OF: Glyph = ['┊', '|'];

/// Draws the timeline for a screen. If `ascii` is true, the drawing has only ASCII characters.
pub fn chart(timeline: &Timeline<'_>, ascii: bool, screen: Screen) -> String {
    if timeline.lanes.is_empty() {
        return "Nothing matches.\n".to_owned();
    }
    let drawing = TimelineChart::new(timeline, ascii, screen.width.unwrap_or(USUAL_WIDTH));
    drawing.table() + &drawing.legend()
}

struct TimelineChart<'a> {
    timeline: &'a Timeline<'a>,
    /// True if only ASCII characters may be drawn.
    ascii: bool,
    scale: Scale,
    /// The width of the whole drawing, in columns.
    width: usize,
    /// The width of the text beside the bars, in columns.
    words: usize,
}

/// One line of a chart: the character in each column, with its style.
struct ChartLine(Vec<(char, Style)>);

impl<'a> TimelineChart<'a> {
    fn new(timeline: &'a Timeline<'a>, ascii: bool, width: usize) -> Self {
        let bars = || timeline.lanes.iter().flat_map(|lane| &lane.bars);
        let ids = bars().map(|bar| bar.row.id().as_str()).map(text::width).max().unwrap_or(0);
        let words =
            bars().map(|bar| text::width(&to_single_line(bar.row.name()))).max().unwrap_or(0);
        let wanted = words.min((width / 3).clamp(LEAST_WORDS, MOST_WORDS));
        let room = |words| width.saturating_sub(ids + words + 2 * GAP);
        let scale = Scale::fit(timeline.from, timeline.to, room(wanted).max(LEAST_CHART));
        Self { timeline, ascii, words: room(scale.width()).max(wanted), scale, width }
    }

    fn glyph(&self, glyph: Glyph) -> char {
        glyph[usize::from(self.ascii)]
    }

    /// Returns the characters at the end of a shortened text.
    fn cut(&self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }

    /// Draws the labels of the axis, the bars, and the lines below the bars.
    fn table(&self) -> String {
        let axis = self.scale.labels();
        let mut rows: Vec<Vec<Line>> = axis.iter().map(|labels| self.labels(labels)).collect();
        let mut headings = Vec::new();
        for lane in &self.timeline.lanes {
            let line = rows.len() + headings.len();
            headings.extend(heading(lane).map(|heading| (line, self.heading(&heading))));
            rows.extend(lane.bars.iter().map(|bar| self.row(bar)));
        }
        let bars: usize = self.timeline.lanes.iter().map(|lane| lane.bars.len()).sum();
        if bars > MANY_BARS {
            rows.extend(axis.iter().rev().map(|labels| self.labels(labels)));
        }
        rows.extend(self.under());
        let columns = [Fit::Always, Fit::Words, Fit::Always].map(|fit| Column::new("", fit));
        let table = Table::new(columns, rows).on_screen(self.screen());
        let mut headings = headings.iter().peekable();
        let mut lines: Vec<&str> = Vec::new();
        for line in table.lines() {
            let here = headings.next_if(|(index, _)| *index == lines.len());
            lines.extend(here.map(|(_, heading)| heading.as_str()));
            lines.push(line);
        }
        lines.join("\n") + "\n"
    }

    fn screen(&self) -> Screen {
        Screen { width: Some(self.width), has_links: false }
    }

    fn heading(&self, heading: &str) -> String {
        paint(STRONG, &cut(heading, self.width, self.cut()))
    }

    fn labels(&self, labels: &[Label]) -> Vec<Line> {
        let text =
            labels.iter().fold(String::new(), |line, (at, words)| format!("{line:at$}{words}"));
        vec![Line::default(), Line::default(), Line::styled(FAINT, text)]
    }

    fn row(&self, bar: &Bar<'_>) -> Vec<Line> {
        let id = Line::styled(STRONG, bar.row.id().as_str());
        vec![id, cut(bar.row.name(), self.words, self.cut()).into(), self.bar(bar).line()]
    }

    fn bar(&self, bar: &Bar<'_>) -> ChartLine {
        let last = self.scale.width() - 1;
        let mut line = ChartLine(vec![(' ', PLAIN); last + 1]);
        for stroke in &bar.strokes {
            let to = stroke.to.map_or(last, |to| self.scale.column(to));
            line.0[self.scale.column(stroke.from)..=to].fill(self.stroke(stroke.kind, bar));
        }
        line.0[self.scale.column(self.timeline.as_of)] = (self.glyph(AS_OF), FAINT);
        if bar.strokes.last().is_some_and(|stroke| stroke.to.is_none()) {
            line.0[last] = (self.glyph(ENDLESS), PLAIN);
        }
        for mark in &bar.marks {
            line.0[self.scale.column(mark.at.last_day())] = self.mark(mark.kind);
        }
        if let Some(words) = words_for(bar, self.timeline) {
            self.write_words(&mut line, &words, bar.marks.last());
        }
        line
    }

    fn write_words(&self, line: &mut ChartLine, words: &str, mark: Option<&Mark>) {
        let column = mark.map_or(0, |mark| self.scale.column(mark.at.last_day()) + 2);
        let room = line.0.len().saturating_sub(column);
        for (cell, letter) in
            line.0.iter_mut().skip(column).zip(cut(words, room, self.cut()).chars())
        {
            *cell = (letter, FAINT);
        }
    }

    fn stroke(&self, kind: StrokeKind, bar: &Bar<'_>) -> (char, Style) {
        let usual = if bar.row.is_open() { PLAIN } else { DONE };
        match kind {
            StrokeKind::Agreed => (self.glyph(AGREED), usual),
            StrokeKind::Extended => {
                (self.glyph(EXTENDED), if bar.row.is_open() { SOON } else { usual })
            }
            StrokeKind::Overdue => (self.glyph(OVERDUE), LATE),
        }
    }

    fn mark(&self, kind: MarkKind) -> (char, Style) {
        match kind {
            MarkKind::RevisedDeadline | MarkKind::OriginalDeadline => (self.glyph(EARLIER), PLAIN),
            MarkKind::Review => (self.glyph(REVIEW), STALE),
            MarkKind::Deadline => (self.glyph(DEADLINE), STRONG),
            MarkKind::RequestedDeadline => (self.glyph(REQUESTED), SOON),
            MarkKind::Ended => (self.glyph(ENDED), FAINT),
            MarkKind::Complete => (self.glyph(COMPLETE), DONE),
        }
    }

    /// Draws the two lines below the bars, which mark the meetings and the as-of day.
    fn under(&self) -> Vec<Vec<Line>> {
        let as_of = self.scale.column(self.timeline.as_of);
        let mut line = ChartLine(vec![(' ', PLAIN); self.scale.width()]);
        line.0[as_of] = (self.glyph(AS_OF), FAINT);
        for held in &self.timeline.meetings {
            line.0[self.scale.column(held.meeting.date.last_day())] = (self.glyph(MEETING), PLAIN);
        }
        let words = format!("as of {}", self.timeline.as_of);
        let room = self.scale.width().saturating_sub(words.len());
        let at = as_of.saturating_sub(words.len() / 2).min(room);
        let row = |line: Line| vec![Line::default(), Line::default(), line];
        let words = Line::from(" ".repeat(at)).and(Line::styled(FAINT, words));
        vec![row(line.line()), row(words)]
    }

    /// Returns the legend: the characters that occur in the drawing, each with its meaning.
    fn legend(&self) -> String {
        let bars = || self.timeline.lanes.iter().flat_map(|lane| &lane.bars);
        let strokes = || bars().flat_map(|bar| &bar.strokes);
        let stroked = |kind| strokes().any(|stroke| stroke.kind == kind);
        let marked = |kinds: &[MarkKind]| {
            bars().flat_map(|bar| &bar.marks).any(|mark| kinds.contains(&mark.kind))
        };
        let earlier = [MarkKind::RevisedDeadline, MarkKind::OriginalDeadline];
        let entries = [
            (DEADLINE, "due", marked(&[MarkKind::Deadline])),
            (EARLIER, "earlier due date", marked(&earlier)),
            (REVIEW, "review due", marked(&[MarkKind::Review])),
            (REQUESTED, "requested", marked(&[MarkKind::RequestedDeadline])),
            (EXTENDED, "extended", stroked(StrokeKind::Extended)),
            (OVERDUE, "overdue", stroked(StrokeKind::Overdue)),
            (COMPLETE, "complete", marked(&[MarkKind::Complete])),
            (ENDED, "superseded or not pursued", marked(&[MarkKind::Ended])),
            (ENDLESS, "ongoing", strokes().any(|stroke| stroke.to.is_none())),
            (MEETING, "meeting", !self.timeline.meetings.is_empty()),
        ];
        let shown = entries.into_iter().filter(|(_, _, is_drawn)| *is_drawn);
        // A line of the legend must not break inside an entry.
        let entries = shown
            .map(|(glyph, words, _)| format!("{} {words}", self.glyph(glyph)).replace(' ', JOINED));
        let entries: Vec<String> = entries.collect();
        let text = wrap(&entries.join(&format!("{JOINED} ")), self.screen(), "", "");
        let lines = text.lines().map(|line| line.trim_end_matches(JOINED).replace(JOINED, " "));
        lines.fold("\n".to_owned(), |text, line| text + &line + "\n")
    }
}

impl ChartLine {
    /// Returns the line as pieces of text. Each piece has one style.
    fn line(&self) -> Line {
        let runs = self.0.chunk_by(|one, other| one.1 == other.1);
        let glyphs = |run: &[(char, Style)]| run.iter().map(|(glyph, _)| *glyph).collect();
        Line(runs.map(|run| Piece::Styled(run[0].1, glyphs(run))).collect())
    }
}

/// Returns the words to write in place of the bar of an item; `None` if the bar is drawn.
pub fn words_for(bar: &Bar<'_>, timeline: &Timeline<'_>) -> Option<String> {
    match bar.marks.last() {
        _ if !bar.strokes.is_empty() => None,
        None => Some(words::timing(&bar.row)),
        Some(Mark { kind: MarkKind::Complete, at }) if at.last_day() < timeline.from => {
            Some(format!("since {at}"))
        }
        Some(_) => None,
    }
}

/// Returns the heading above a group of bars: the name of the plan, and the title of the area or `No area`. Returns
/// `None` if there is only one plan and this plan has no areas.
pub fn heading(lane: &Lane<'_>) -> Option<String> {
    let names = lane.plan.into_iter().chain(lane.area.map(|area| area.title.as_str()));
    let names = names.chain(lane.is_rest.then_some("No area"));
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| names.join(": "))
}
