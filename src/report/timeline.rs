//! The timeline as a picture: where each bar, mark, month and meeting stands on a drawing of fixed width.

use askama::Template;
use chrono::Datelike;

use super::{
    chart::{AGREED, DONE, LATE, MOVING, left_out},
    words,
};
use crate::{
    doc::{
        Figure, Key, Picture, scale,
        text::{cut, cut_after},
    },
    model::{Day, days_between},
    output::timeline::{heading, words_for},
    query::{Bar, Lane, MarkKind, Progress, Stroke, StrokeKind, Timeline},
};

/// No more is drawn than this.
const MOST_DRAWINGS: usize = 5;
/// A drawing has no more lines than this, so that it fits on a page.
const MOST_LINES: usize = 36;
/// More meetings have no lines, which would hide the bars.
const MOST_MEETING_LINES: usize = 40;
/// The width of a drawing, and where its time begins and ends.
const WIDTH: f64 = 720.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 28.0;
const LINE: f64 = 22.0;
/// So many columns of letters fit before the bars, and in the whole drawing in bold.
const NAME: usize = 30;
const HEADING: usize = 80;
/// So many dates stand above the bars without touching.
const MOST_TICKS: i64 = 8;

/// A timeline, or a part of a long one.
#[derive(Template)]
#[template(path = "timeline.svg")]
pub struct TimelinePicture {
    description: String,
    as_of_words: String,
    /// The right end of the bars.
    bottom: f64,
    /// Places in time and their words.
    ticks: Vec<(f64, String)>,
    meetings: Vec<f64>,
    as_of: f64,
    lines: Vec<TimelineLine>,
    /// The items that are not drawn, in words.
    note: Option<String>,
}

/// The name of an area, or a recommendation with its bar.
struct TimelineLine {
    y: f64,
    words: String,
    is_heading: bool,
    /// A fill, where it begins, and how long it is.
    strokes: Vec<(&'static str, f64, f64)>,
    /// A symbol and where it stands.
    marks: Vec<(&'static str, f64, f64)>,
    /// Words instead of a bar and where they begin.
    beside: Option<(f64, String)>,
}

/// A symbol around the point 0, 0, and its words.
type Symbol = (&'static str, &'static str);

const DEADLINE: Symbol = (r##"<path fill="#1b1b1b" d="M0-6L6 0L0 6L-6 0Z"/>"##, "date in force");
const ORIGINAL: Symbol = (
    r##"<path fill="#fff" stroke="#1b1b1b" stroke-width="1.2" d="M0-5L5 0L0 5L-5 0Z"/>"##,
    "date first agreed",
);
const REVISED: Symbol = (
    r##"<path fill="#fff" stroke="#1b1b1b" stroke-width="1.2" d="M0-3L3 0L0 3L-3 0Z"/>"##,
    "later date that was moved again",
);
const REVIEW: Symbol =
    (r##"<circle fill="#fff" stroke="#1b1b1b" stroke-width="1.2" r="4"/>"##, "review due");
const REQUESTED: Symbol = (
    r##"<path fill="#fff" stroke="#4d8fc4" stroke-width="1.5" stroke-dasharray="2 1.5" d="M0-6L6 0L0 6L-6 0Z"/>"##,
    "date requested",
);
const COMPLETE: Symbol =
    (r##"<path fill="none" stroke="#1b1b1b" stroke-width="2.5" d="M-5 1L-1 5L6-4"/>"##, "complete");
const ENDED: Symbol = (
    r##"<path fill="none" stroke="#1b1b1b" stroke-width="2.5" d="M-4-4L4 4M4-4L-4 4"/>"##,
    "superseded or not pursued",
);
const ENDLESS: Symbol = (r##"<path fill="#1b1b1b" d="M-3-6L6 0L-3 6Z"/>"##, "ongoing");
const MEETING: &str = r##"<path fill="#1b1b1b" d="M0-5L5 4H-5Z"/>"##;
const AS_OF: &str = r##"<path stroke="#b3261e" stroke-width="1.5" d="M0-7V7"/>"##;

impl TimelinePicture {
    /// The legend: the signs that are drawn, and their meaning.
    fn legend(&self) -> Vec<Key> {
        let strokes = || self.lines.iter().flat_map(|line| &line.strokes);
        let marks = || self.lines.iter().flat_map(|line| &line.marks);
        let fills = [
            (AGREED, "as first agreed"),
            (DONE, "as first agreed, complete"),
            (MOVING, "extended"),
            (LATE, "past its date"),
        ];
        let fills = fills.into_iter().filter(|(fill, _)| strokes().any(|(one, ..)| one == fill));
        let symbols = [DEADLINE, ORIGINAL, REVISED, REVIEW, REQUESTED, COMPLETE, ENDED, ENDLESS];
        let symbols =
            symbols.into_iter().filter(|(shape, _)| marks().any(|(one, ..)| one == shape));
        let meeting = self.meetings.first().map(|_| Key::new(MEETING, "meeting"));
        fills
            .map(|(fill, words)| Key::fill(fill, words))
            .chain(symbols.map(|(shape, words)| Key::new(shape, words)))
            .chain(meeting)
            .chain([Key::new(AS_OF, format!("as of {}", self.as_of_words))])
            .collect()
    }

    /// The meetings that have a line through the bars.
    fn meeting_lines(&self) -> &[f64] {
        if self.meetings.len() > MOST_MEETING_LINES { &[] } else { &self.meetings }
    }

    fn height(&self) -> f64 {
        self.bottom + LINE
    }

    pub fn figure(self) -> Figure {
        let (svg, height) = (self.to_string(), self.height());
        let legend = self.legend();
        let picture = Picture { description: self.description, width: WIDTH, height, svg };
        let (caption, bars) = ("Timeline", Vec::new());
        Figure { caption, legend, bars, picture: Some(picture), note: self.note }
    }
}

/// A bar, and the name of its area over the first.
type Entry<'t, 'v> = (Option<String>, &'t Bar<'v>);

/// The timeline in drawings that fit on a page each. Where not everything fits, what is open comes first.
pub fn pictures(timeline: &Timeline<'_>) -> Vec<TimelinePicture> {
    let mut all = entries(timeline, |_| true);
    if parts(&all).len() > MOST_DRAWINGS {
        all = entries(timeline, |bar| bar.row.is_open());
        all.extend(entries(timeline, |bar| !bar.row.is_open()));
    }
    let mut drawn = parts(&all);
    drawn.truncate(MOST_DRAWINGS);
    let rest = all.len() - drawn.iter().map(|part| part.len()).sum::<usize>();
    let axis = TimeAxis::new(timeline);
    let pictures = drawn.into_iter().map(|part| picture(part, timeline, &axis));
    let mut pictures: Vec<TimelinePicture> = pictures.collect();
    if let Some(last) = pictures.last_mut() {
        last.note = left_out(rest);
    }
    pictures
}

/// The bars that are wanted.
fn entries<'t, 'v>(
    timeline: &'t Timeline<'v>,
    is_wanted: impl Fn(&Bar<'v>) -> bool,
) -> Vec<Entry<'t, 'v>> {
    let of_lane = |lane: &'t Lane<'v>| {
        let mut title = heading(lane);
        let bars = lane.bars.iter().filter(|bar| is_wanted(bar));
        bars.map(|bar| (title.take(), bar)).collect::<Vec<_>>()
    };
    timeline.lanes.iter().flat_map(of_lane).collect()
}

/// Bars that fit on a page together; the name of an area takes a line of its own.
fn parts<T>(mut entries: &[(Option<String>, T)]) -> Vec<&[(Option<String>, T)]> {
    let mut parts = Vec::new();
    while !entries.is_empty() {
        let lines = entries.iter().scan(0, |lines, (title, _)| {
            *lines += 1 + usize::from(title.is_some());
            Some(*lines)
        });
        let (part, rest) = entries.split_at(lines.take_while(|lines| *lines <= MOST_LINES).count());
        parts.push(part);
        entries = rest;
    }
    parts
}

fn picture(entries: &[Entry<'_, '_>], timeline: &Timeline<'_>, axis: &TimeAxis) -> TimelinePicture {
    let mut lines = Vec::new();
    let mut y = TOP + LINE;
    for (title, bar) in entries {
        if let Some(title) = title {
            lines.push(TimelineLine {
                y,
                words: cut(title, HEADING, "…"),
                is_heading: true,
                strokes: Vec::new(),
                marks: Vec::new(),
                beside: None,
            });
            y += LINE;
        }
        lines.push(line(bar, y, timeline, axis));
        y += LINE;
    }
    let meetings = timeline.meetings.iter().map(|held| axis.x(held.meeting.date.last_day()));
    let (from, to) = (words::date(timeline.from.into()), words::date(timeline.to.into()));
    TimelinePicture {
        description: format!(
            "Timeline: bars from {from} to {to}; the table below has the same dates."
        ),
        as_of_words: words::date(timeline.as_of.into()),
        bottom: y - LINE / 2.0,
        ticks: axis.ticks(),
        meetings: meetings.collect(),
        as_of: axis.x(timeline.as_of),
        lines,
        note: None,
    }
}

fn line(bar: &Bar<'_>, y: f64, timeline: &Timeline<'_>, axis: &TimeAxis) -> TimelineLine {
    let on_bar = y - 4.5;
    let strokes = bar.strokes.iter().map(|stroke| {
        let (from, to) = (axis.x(stroke.from), stroke.to.map_or(RIGHT, |to| axis.x(to)));
        (fill(stroke, bar), from, (to - from).max(1.0))
    });
    let is_endless = bar.strokes.last().is_some_and(|stroke| stroke.to.is_none());
    let end = is_endless.then_some((ENDLESS.0, RIGHT, on_bar));
    let marks = bar.marks.iter().map(|mark| {
        // The outcome is above the bar, so that it hides no date.
        let ((symbol, _), y) = match mark.kind {
            MarkKind::RevisedDeadline => (REVISED, on_bar),
            MarkKind::OriginalDeadline => (ORIGINAL, on_bar),
            MarkKind::Review => (REVIEW, on_bar),
            MarkKind::Deadline => (DEADLINE, on_bar),
            MarkKind::RequestedDeadline => (REQUESTED, on_bar),
            MarkKind::Ended => (ENDED, on_bar - 8.0),
            MarkKind::Complete => (COMPLETE, on_bar - 8.0),
        };
        (symbol, axis.x(mark.at.last_day()), y)
    });
    let name = cut_after(&format!("{} ", bar.row.shown_id()), bar.row.name(), NAME, "…");
    let after_mark = if bar.marks.is_empty() { 0.0 } else { 10.0 };
    TimelineLine {
        y,
        words: cut(&name, NAME, "…"),
        is_heading: false,
        strokes: strokes.collect(),
        marks: end.into_iter().chain(marks).collect(),
        beside: words_for(bar, timeline).map(|words| (LEFT + after_mark, words)),
    }
}

fn fill(stroke: &Stroke, bar: &Bar<'_>) -> &'static str {
    match stroke.kind {
        StrokeKind::Agreed if bar.row.progress() == Progress::Complete => DONE,
        StrokeKind::Agreed => AGREED,
        StrokeKind::Extended => MOVING,
        StrokeKind::Overdue => LATE,
    }
}

/// The places of days.
struct TimeAxis {
    from: Day,
    to: Day,
}

impl TimeAxis {
    fn new(timeline: &Timeline<'_>) -> Self {
        Self { from: timeline.from, to: timeline.to }
    }

    /// The place of the end of a day; a day before the drawing is at its edge.
    fn x(&self, day: Day) -> f64 {
        let all = days_between(self.from, self.to).max(1) as f64;
        let days = days_between(self.from, day).clamp(0, all as i64) as f64;
        ((LEFT + (RIGHT - LEFT) * days / all) * 10.0).round() / 10.0
    }

    /// The first days of months, quarters or years, as many as there is room for.
    fn ticks(&self) -> Vec<(f64, String)> {
        let months = days_between(self.from, self.to) / 30;
        let step = scale::step(|step| months / i64::from(step) < MOST_TICKS);
        let months = scale::month(self.from)..=scale::month(self.to);
        let days = months.filter(|month| month.is_multiple_of(step)).filter_map(scale::first_day);
        let days = days.filter(|day| *day >= self.from);
        days.map(|day| (self.x(day), tick(day, step))).collect()
    }
}

/// `Jun 2003`; of whole years `2003`.
fn tick(day: Day, step: u32) -> String {
    if step.is_multiple_of(12) { day.year().to_string() } else { day.format("%b %Y").to_string() }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::{
        file::Reader,
        query::{Portfolio, Row, View},
    };

    const PLAN: &str = "[plan]\ntitle = \"Roofs\"\ndate = 2003-05-08\n";

    fn item(id: &str, timescale: &str, more: &str) -> String {
        format!(
            "[[recommendation]]\nid = \"{id}\"\ntext = \"Mend it.\"\ntimescale = \"{timescale}\"\n{more}\n"
        )
    }

    /// The drawings of a plan on 20 November 2003.
    fn drawn(plan: &str) -> Vec<TimelinePicture> {
        let as_of = "2003-11-20".parse().unwrap();
        let plan = Reader::default().decode(plan).map(|read| read.plan).ok().unwrap();
        let portfolio = Portfolio { as_of, views: vec![View::new(plan, as_of, 0, None)] };
        let rows: Vec<Row<'_>> = portfolio.recommendations().collect();
        pictures(&Timeline::new(&portfolio, &rows))
    }

    fn only(plan: &str) -> TimelinePicture {
        let mut pictures = drawn(plan);
        assert_eq!(pictures.len(), 1);
        pictures.remove(0)
    }

    fn legend(picture: &TimelinePicture) -> Vec<String> {
        picture.legend().into_iter().map(|key| key.words).collect()
    }

    #[test]
    fn work_without_a_bar_says_why_in_words() {
        let picture = only(&format!(
            "{PLAN}{}{}{}{}",
            item("1", "To be agreed", ""),
            item("2", "June 2003", "response = \"rejected\"\nresponse_text = \"Not ours.\""),
            item("3", "In place since January 2003", ""),
            item("4", "June 2003", ""),
        ));
        let words = picture.lines.iter().map(|line| line.beside.as_ref());
        let words: Vec<Option<&str>> = words.map(|words| Some(words?.1.as_str())).collect();
        assert_eq!(words, [Some("no date"), Some("rejected"), Some("since January 2003"), None]);
        let (at, ..) = picture.lines[2].marks[0];
        assert_eq!((at, picture.lines[2].marks[0].1), (COMPLETE.0, LEFT));
        assert!(picture.lines[2].beside.as_ref().unwrap().0 > LEFT);
        assert!(picture.render().unwrap().contains(">since January 2003</text>"));
    }

    #[test]
    fn the_legend_has_what_is_drawn_and_nothing_else() {
        let ongoing = only(&format!("{PLAN}{}", item("1", "Ongoing", "")));
        assert_eq!(legend(&ongoing), ["as first agreed", "ongoing", "as of 20 November 2003"]);
        assert_eq!(ongoing.lines[0].marks, [(ENDLESS.0, RIGHT, ongoing.lines[0].y - 4.5)]);
        let complete = "progress = [{ on = 2003-11-10, status = \"complete\" }]";
        let late = only(&format!(
            "{PLAN}[[meeting]]\ndate = 2003-11-20\n{}",
            item("1", "October 2003", complete)
        ));
        assert_eq!(
            legend(&late),
            [
                "as first agreed, complete",
                "past its date",
                "date in force",
                "complete",
                "meeting",
                "as of 20 November 2003"
            ]
        );
    }

    #[test]
    fn meetings_stand_under_the_bars_and_many_have_no_lines_through_them() {
        let plan = |meetings: usize| {
            let meetings = "[[meeting]]\ndate = 2003-11-20\n".repeat(meetings);
            only(&format!("{PLAN}{meetings}{}", item("1", "October 2003", ""))).render().unwrap()
        };
        let counts = |svg: &str| (svg.matches(MEETING).count(), svg.matches("dasharray").count());
        assert_eq!(counts(&plan(40)), (40, 40));
        assert_eq!(counts(&plan(41)), (41, 0));
    }

    #[test]
    fn what_does_not_fit_in_five_drawings_is_counted_and_open_work_goes_first() {
        let complete = "progress = [{ on = 2003-11-10, status = \"complete\" }]";
        let half = |more: &'static str| {
            (0..100).map(move |id| item(&format!("{}-{id}", more.len()), "2004", more))
        };
        let items: String = half(complete).chain(half("# open")).collect();
        let pictures = drawn(&format!("{PLAN}{items}"));
        let lines = pictures.iter().flat_map(|picture| &picture.lines);
        let fills: Vec<&str> = lines.map(|line| line.strokes[0].0).collect();
        assert_eq!(fills, [[AGREED; 100].as_slice(), &[DONE; 80]].concat());
        let notes: Vec<Option<&str>> = pictures.iter().map(|one| one.note.as_deref()).collect();
        let note = Some("20 more stand only in the table below.");
        assert_eq!(notes, [None, None, None, None, note]);
    }

    #[test]
    fn names_and_headings_are_cut_by_the_room_that_they_take() {
        let long = "漢字".repeat(200);
        let picture = only(&format!(
            "{PLAN}[[area]]\nid = \"a\"\ntitle = \"{long}\"\n{}",
            item("1", "2004", &format!("area = \"a\"\ntitle = \"{long}\""))
        ));
        let widths: Vec<usize> = picture.lines.iter().map(|line| line.words.width()).collect();
        assert_eq!(widths, [HEADING - 1, NAME - 1]);
        assert!(picture.lines[1].words.starts_with("1 漢字"));
    }

    #[test]
    fn the_words_over_the_bars_never_touch() {
        for from in ["2003-05-08", "1950-01-01", "1003-02-03", "0001-01-01"] {
            let from: Day = from.parse().unwrap();
            for days in
                (0..5000).map(|turn| turn * turn * turn).take_while(|days| *days < 2_900_000)
            {
                let to = from + chrono::Days::new(days);
                let ticks = TimeAxis { from, to }.ticks();
                for pair in ticks.windows(2) {
                    // A letter is less than 7 wide.
                    let width = pair[1].1.len() as f64 * 7.0;
                    assert!(pair[1].0 - pair[0].0 > width, "{from} {to}: {pair:?}");
                }
            }
        }
    }

    #[test]
    fn a_drawing_fits_on_a_page_with_the_names_of_its_areas() {
        let entry = |index: usize| (index.is_multiple_of(2).then(|| "Area".to_owned()), index);
        let entries: Vec<(Option<String>, usize)> = (0..50).map(entry).collect();
        let parts = parts(&entries);
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [24, 24, 2]);
        assert_eq!(parts.concat(), entries);
    }
}
