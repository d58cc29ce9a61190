//! Draws the timeline as pictures of fixed width. Computes the positions of the bars, marks, months and meetings.

mod axis;
mod drawing;

use axis::TimeAxis;
use drawing::{
    AGREED, COMPLETE, DEADLINE, DONE, ENDED, ENDLESS, LATE, LEFT, LINE, MOVING, ORIGINAL,
    REQUESTED, REVIEW, REVISED, RIGHT, TOP, TimelineLine, TimelinePicture,
};

use super::words;
use crate::{
    doc::{
        absent,
        text::{cut, cut_after},
    },
    model::to_single_line,
    output::timeline::{heading, words_for},
    query::{Bar, Lane, MarkKind, Progress, Stroke, StrokeKind, Timeline},
};

/// The maximum number of drawings in a report.
const MOST_DRAWINGS: usize = 5;
/// The maximum number of lines in a drawing, so that the drawing fits on a page.
const MOST_LINES: usize = 36;
/// The maximum display widths of the name before a bar and of a heading. Most characters have the width 1.
const NAME: usize = 30;
const HEADING: usize = 80;

/// A bar and, for the first bar of an area, the name of the area.
type NamedBar<'t, 'v> = (Option<String>, &'t Bar<'v>);

/// Draws the timeline in pictures that each fit on a page. If not all items fit into the report, the open items are
/// drawn first.
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
    noted(drawn.into_iter().map(|part| picture(part, timeline, &axis)), rest)
}

/// Returns the pictures. If `rest` items are not drawn, the last picture gets a sentence that says how many.
fn noted(pictures: impl Iterator<Item = TimelinePicture>, rest: usize) -> Vec<TimelinePicture> {
    let mut pictures: Vec<TimelinePicture> = pictures.collect();
    if let Some(last) = pictures.last_mut().filter(|_| rest > 0) {
        last.note = Some(format!("{rest} more {}", words::plural(rest, "{is|are} not shown.")));
    }
    pictures
}

/// Draws the timeline with one bar for each area. A bar extends to the last due date in the area, and is red from the
/// first missed due date on.
pub fn pictures_by_area(timeline: &Timeline<'_>) -> Vec<TimelinePicture> {
    let axis = TimeAxis::new(timeline);
    let lanes: Vec<&Lane<'_>> = timeline.lanes.iter().collect();
    let parts = lanes.chunks(MOST_LINES).take(MOST_DRAWINGS);
    let pictures = parts.map(|part| {
        let lines = part
            .iter()
            .zip(0..)
            .map(|(lane, row)| area_line(lane, TOP + LINE * f64::from(row + 1), timeline, &axis));
        let areas = part.iter().map(|lane| area_words(lane)).collect::<Vec<_>>().join("; ");
        let picture = framed(lines.collect(), areas, timeline, &axis);
        TimelinePicture { is_by_area: true, ..picture }
    });
    noted(pictures, lanes.len().saturating_sub(MOST_LINES * MOST_DRAWINGS))
}

/// Returns the name of the area to which a lane of the timeline belongs.
fn area_name(lane: &Lane<'_>) -> String {
    heading(lane).unwrap_or_else(|| "All".to_owned())
}

/// Describes a lane of the timeline in words, such as `Companies: 3 open, 1 overdue`.
fn area_words(lane: &Lane<'_>) -> String {
    let open = lane.bars.iter().filter(|bar| bar.row.is_open()).count();
    let overdue = lane.bars.iter().filter(|bar| bar.row.is_overdue()).count();
    format!("{}: {open} open, {overdue} overdue", area_name(lane))
}

fn area_line(lane: &Lane<'_>, y: f64, timeline: &Timeline<'_>, axis: &TimeAxis) -> TimelineLine {
    let strokes = || lane.bars.iter().flat_map(|bar| &bar.strokes);
    let is_endless = strokes().any(|stroke| stroke.to.is_none());
    let last = strokes().filter_map(|stroke| stroke.to).max().filter(|_| !is_endless);
    let first = strokes().map(|stroke| stroke.from).min();
    let missed = strokes().filter(|stroke| stroke.kind == StrokeKind::Overdue);
    let missed = missed.map(|stroke| stroke.from).min();
    let whole = first.map(|first| axis.stroke(AGREED, first, last));
    let late = missed.map(|missed| axis.stroke(LATE, missed, Some(timeline.as_of)));
    TimelineLine {
        y,
        words: cut(&area_name(lane), NAME, "…"),
        strokes: whole.into_iter().chain(late).collect(),
        marks: is_endless.then_some((ENDLESS.0, RIGHT, y - 4.5)).into_iter().collect(),
        ..TimelineLine::default()
    }
}

/// Returns the bars for which `is_wanted` is true. The first bar of each area comes with the name of the area.
fn entries<'t, 'v>(
    timeline: &'t Timeline<'v>,
    is_wanted: impl Fn(&Bar<'v>) -> bool,
) -> Vec<NamedBar<'t, 'v>> {
    let of_lane = |lane: &'t Lane<'v>| {
        let mut title = heading(lane);
        let bars = lane.bars.iter().filter(|bar| is_wanted(bar));
        bars.map(|bar| (title.take(), bar)).collect::<Vec<_>>()
    };
    timeline.lanes.iter().flat_map(of_lane).collect()
}

/// Splits the bars into parts that each fit on a page. A bar takes one line, and so does the name of an area.
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

fn picture(
    entries: &[NamedBar<'_, '_>],
    timeline: &Timeline<'_>,
    axis: &TimeAxis,
) -> TimelinePicture {
    let mut lines = Vec::new();
    let mut y = TOP + LINE;
    for (title, bar) in entries {
        if let Some(title) = title {
            let words = cut(title, HEADING, "…");
            lines.push(TimelineLine { y, words, is_heading: true, ..TimelineLine::default() });
            y += LINE;
        }
        lines.push(line(bar, y, timeline, axis));
        y += LINE;
    }
    let dates = entries.iter().map(|(_, bar)| {
        let date = bar.row.own.timescale().map_or_else(absent, |timescale| timescale.words());
        format!("{}: {}", bar.row.shown_id(), to_single_line(&date))
    });
    framed(lines, dates.collect::<Vec<_>>().join("; "), timeline, axis)
}

/// Creates a picture from the lines of a drawing. `said` describes these lines in words.
fn framed(
    lines: Vec<TimelineLine>,
    said: String,
    timeline: &Timeline<'_>,
    axis: &TimeAxis,
) -> TimelinePicture {
    let meetings = timeline.meetings.iter().map(|held| axis.x(held.meeting.date.last_day()));
    let (from, to) = (words::date(timeline.from.into()), words::date(timeline.to.into()));
    TimelinePicture {
        description: format!("Timeline from {from} to {to}. {said}."),
        as_of_words: words::date(timeline.as_of.into()),
        bottom: lines.last().map_or(TOP, |last| last.y) + LINE / 2.0,
        ticks: axis.ticks(),
        meetings: meetings.collect(),
        as_of: axis.x(timeline.as_of),
        lines,
        note: None,
        is_by_area: false,
    }
}

fn line(bar: &Bar<'_>, y: f64, timeline: &Timeline<'_>, axis: &TimeAxis) -> TimelineLine {
    let on_bar = y - 4.5;
    let strokes = bar.strokes.iter();
    let strokes = strokes.map(|stroke| axis.stroke(fill(stroke, bar), stroke.from, stroke.to));
    let is_endless = bar.strokes.last().is_some_and(|stroke| stroke.to.is_none());
    let end = is_endless.then_some((ENDLESS.0, RIGHT, on_bar));
    let marks = bar.marks.iter().map(|mark| {
        // The marks for the end of an item are drawn above the bar, so that they do not hide the marks for due dates.
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
        strokes: strokes.collect(),
        marks: end.into_iter().chain(marks).collect(),
        beside: words_for(bar, timeline).map(|words| (LEFT + after_mark, words)),
        ..TimelineLine::default()
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

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use askama::Template as _;

    use super::{drawing::MEETING, *};
    use crate::{
        file::Reader,
        model::Day,
        query::{Portfolio, Row, View},
    };

    const PLAN: &str = "[plan]\ntitle = \"Roofs\"\ndate = 2003-05-08\n";

    fn item(id: &str, timescale: &str, more: &str) -> String {
        format!(
            "[[recommendation]]\nid = \"{id}\"\ntext = \"Mend it.\"\ntimescale = \"{timescale}\"\n{more}\n"
        )
    }

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
        assert_eq!(
            words,
            [Some("no date"), Some("not accepted"), Some("since January 2003"), None]
        );
        let (at, ..) = picture.lines[2].marks[0];
        assert_eq!((at, picture.lines[2].marks[0].1), (COMPLETE.0, LEFT));
        assert!(picture.lines[2].beside.as_ref().unwrap().0 > LEFT);
        assert!(picture.render().unwrap().contains(">since January 2003</text>"));
    }

    #[test]
    fn the_legend_has_what_is_drawn_and_nothing_else() {
        let ongoing = only(&format!("{PLAN}{}", item("1", "Ongoing", "")));
        assert_eq!(
            legend(&ongoing),
            ["until the original due date", "ongoing", "as of 20 November 2003"]
        );
        assert_eq!(ongoing.lines[0].marks, [(ENDLESS.0, RIGHT, ongoing.lines[0].y - 4.5)]);
        let complete = "progress = [{ on = 2003-11-10, status = \"complete\" }]";
        let late = only(&format!(
            "{PLAN}[[meeting]]\ndate = 2003-11-20\n{}",
            item("1", "October 2003", complete)
        ));
        assert_eq!(
            legend(&late),
            [
                "until the original due date (work complete)",
                "overdue",
                "due date",
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
        let note = Some("20 more are not shown.");
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
                    // A character is less than 7 pixels wide.
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
