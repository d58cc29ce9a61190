//! Part A: what the committee is asked to note, agree and decide.

use super::{Block, Part, clerk::Clerk, line, question::Which};

/// Part A.
pub fn part(clerk: &Clerk<'_, '_>) -> Part {
    let mut asked =
        vec![line!["note the progress against the ", clerk.recommendations(Which::Total)]];
    if clerk.count(Which::Overdue) > 0 {
        asked.push(line![
            "note that ",
            clerk.named(Which::Overdue, "is overdue", "are overdue"),
            ", and consider the reasons given"
        ]);
    }
    if clerk.count(Which::Extended) > 0 {
        let extensions = clerk.nouns(Which::Extended, "extension", "extensions");
        asked.push(line!["note the ", extensions, " agreed ", clerk.since(), " (Table C)"]);
    }
    if clerk.count(Which::NotVerified) > 0 {
        asked.push(line![
            "note that ",
            clerk.named(Which::NotVerified, "is", "are"),
            " reported as complete and ",
            if clerk.count(Which::NotVerified) == 1 { "has" } else { "have" },
            " not been independently verified"
        ]);
    }
    let blocks = match asked.len() {
        1 => vec![Block::Paragraph(match clerk.count(Which::Total) {
            0 => line!["That the report be noted."],
            _ => line![
                "That the progress against the ",
                clerk.recommendations(Which::Total),
                " be noted."
            ],
        })],
        count => {
            let ends = (1..=count).map(|number| match count - number {
                0 => ".",
                1 => "; and",
                _ => ";",
            });
            let items = asked.into_iter().zip(ends).map(|(item, end)| line![item, end]);
            vec![Block::Paragraph(line!["That members:"]), Block::Items(items.collect())]
        }
    };
    Part::new("A. Recommendations", blocks)
}
