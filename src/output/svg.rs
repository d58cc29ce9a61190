//! SVG: charts that stand by themselves in a page or a paper.

use std::fmt::Write as _;

use super::{Answer, Burnup, Format, Kind, Screen, burnup::PARTS, formats::not_printed, printable};
use crate::{
    model::{Day, days_between, fold},
    query::{Point, Tally},
};

/// The format for charts.
pub struct Svg;

impl Format for Svg {
    fn name(&self) -> &'static str {
        "svg"
    }

    fn kinds(&self) -> &'static [Kind] {
        &[Kind::Burnup]
    }

    fn columns(&self, _: Screen) -> Option<usize> {
        Some(DAYS)
    }

    fn print(&self, answer: &Answer<'_>, _: Screen) -> anyhow::Result<String> {
        match answer {
            Answer::Burnup(burnup) => Ok(chart(burnup)),
            other => Err(not_printed(self, other)),
        }
    }
}

/// So many days are drawn.
const DAYS: usize = 180;
const WIDTH: i64 = 720;
/// Between two lines of words.
const LINE: i64 = 16;
/// The edges of the chart itself.
const LEFT: i64 = 48;
const RIGHT: i64 = 704;
const TOP: i64 = 64;
const BOTTOM: i64 = 320;
/// The fills of the parts; they differ without colours too.
const FILLS: [&str; 4] = ["#1f6f4a", "url(#overdue)", "#cfd8dc", "#eceff1"];

/// Text as XML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in printable(&fold(text)).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// The burn-up of a plan.
pub fn chart(burnup: &Burnup<'_>) -> String {
    let (title, heading) = (escape(&burnup.view.plan.title), escape(&burnup.heading()));
    let gaps = burnup.gaps_in_words();
    let under = BOTTOM + 3 * LINE;
    let height = under + LINE * gaps.len() as i64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"title desc\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"desc\">{heading}. {} {}</desc>\n\
         <defs><pattern id=\"overdue\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"6\" height=\"6\" fill=\"#f3c6c0\"/>\
         <path d=\"M0 6L6 0\" stroke=\"#b3261e\" stroke-width=\"2\"/></pattern></defs>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escape(&summary(burnup)),
        escape(&gaps.join(" ")),
    );
    text(&mut svg, LEFT, 24, "start", &heading);
    let scale = Scale { from: burnup.from, to: burnup.to, most: burnup.most().max(1) };
    for (index, fill) in FILLS.iter().enumerate() {
        for run in burnup.points.split(|point| point.tally.is_none()) {
            area(&mut svg, &scale, run, index, fill);
        }
    }
    axes(&mut svg, &scale);
    legend(&mut svg, burnup.last().unwrap_or_default());
    for (index, gap) in gaps.iter().enumerate() {
        text(&mut svg, LEFT, under + LINE * index as i64, "start", &escape(gap));
    }
    svg.push_str("</svg>\n");
    svg
}

/// The newest numbers in a sentence.
fn summary(burnup: &Burnup<'_>) -> String {
    let tally = burnup.last().unwrap_or_default();
    let Tally { total, complete, overdue, .. } = tally;
    format!("On {}: {complete} of {total} complete, {overdue} overdue.", burnup.to)
}

/// From days and numbers to places.
struct Scale {
    from: Day,
    to: Day,
    most: usize,
}

impl Scale {
    fn x(&self, day: Day) -> i64 {
        let span = days_between(self.from, self.to).max(1);
        LEFT + (RIGHT - LEFT) * days_between(self.from, day) / span
    }

    fn y(&self, count: usize) -> i64 {
        BOTTOM - (BOTTOM - TOP) * count as i64 / self.most as i64
    }
}

/// One part of days that follow each other, above the parts below it.
fn area(svg: &mut String, scale: &Scale, run: &[Point], part: usize, fill: &str) {
    let sums = run.iter().filter_map(|point| {
        let tally = point.tally?;
        let count = |part: &super::burnup::Part| (part.count)(&tally);
        let below: usize = PARTS[..part].iter().map(count).sum();
        Some((scale.x(point.day), below, below + count(&PARTS[part])))
    });
    let sums: Vec<(i64, usize, usize)> = sums.collect();
    if sums.iter().all(|(_, below, above)| below == above) {
        return;
    }
    let mut path = String::new();
    let edge = |path: &mut String, x: i64, count: usize| {
        let step = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{step}{x} {}", scale.y(count));
    };
    // A number holds until the next day that is drawn.
    for (index, (x, _, above)) in sums.iter().enumerate() {
        edge(&mut path, *x, *above);
        edge(&mut path, sums.get(index + 1).map_or(*x, |next| next.0), *above);
    }
    for (index, (x, below, _)) in sums.iter().enumerate().rev() {
        edge(&mut path, sums.get(index + 1).map_or(*x, |next| next.0), *below);
        edge(&mut path, *x, *below);
    }
    let _ = writeln!(svg, "<path d=\"{path}Z\" fill=\"{fill}\"/>");
}

fn axes(svg: &mut String, scale: &Scale) {
    let _ = writeln!(
        svg,
        "<path d=\"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}\" fill=\"none\" stroke=\"#37474f\"/>"
    );
    for count in [0, scale.most.div_ceil(2), scale.most] {
        text(svg, LEFT - 6, scale.y(count) + 4, "end", &count.to_string());
    }
    let middle = scale.from + chrono::Days::new(days_between(scale.from, scale.to) as u64 / 2);
    for (day, anchor) in [(scale.from, "start"), (middle, "middle"), (scale.to, "end")] {
        text(svg, scale.x(day), BOTTOM + LINE, anchor, &day.to_string());
    }
}

fn legend(svg: &mut String, tally: Tally) {
    let mut x = LEFT;
    for (part, fill) in PARTS.iter().zip(FILLS) {
        let words = format!("{} {}", (part.count)(&tally), part.name);
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"38\" width=\"12\" height=\"12\" fill=\"{fill}\" stroke=\"#37474f\"/>"
        );
        text(svg, x + 18, 48, "start", &words);
        x += 40 + 7 * words.len() as i64;
    }
}

/// Text that is XML already.
fn text(svg: &mut String, x: i64, y: i64, anchor: &str, words: &str) {
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>");
}
