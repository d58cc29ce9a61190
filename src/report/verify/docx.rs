//! Reads the passages of a Word file. The place of a passage is the number of its paragraph or table row.

use super::{
    passages::{Grid, GridRow, Kind, Paper, Passage, Picture, paragraphs},
    words::normal,
};
use crate::{doc::docx, model::Keyword as _};

/// Reads a report that is a Word file.
///
/// # Errors
/// Fails if the bytes are not a Word file, or if the file is broken.
pub fn read(bytes: &[u8]) -> anyhow::Result<Paper> {
    let file = docx::read(bytes)?;
    let mut paper = Paper { properties: file.description, ..Paper::default() };
    let titles = file.title.iter().flat_map(|title| paragraphs(1, Kind::Repetition, title));
    paper.passages.extend(titles);
    let (mut place, mut places) = (1, Vec::new());
    for passage in file.passages {
        places.push(place);
        let (kind, words) = match passage {
            docx::Passage::Table(rows) => {
                paper.passages.push(table(rows, &mut place));
                continue;
            }
            docx::Passage::Paragraph(style, words)
                if style == "title" || style.starts_with("heading") =>
            {
                (Kind::Heading, words)
            }
            docx::Passage::Paragraph(_, words) | docx::Passage::Margin(words) => {
                (Kind::Paragraph, words)
            }
        };
        paper.passages.extend(paragraphs(place, kind, &words));
        place += 1;
    }
    let place = |after: usize| places.get(after).or(places.last()).copied().unwrap_or(1);
    for docx::Hidden { after, why, words } in file.hidden {
        paper.faults.push((place(after), format!("{}: “{}”", why.word(), normal(&words))));
    }
    for docx::Shown { after, words, svg, dots, .. } in file.pictures {
        let source = svg.unwrap_or_default();
        paper.pictures.push(Picture { place: place(after), words, source, dots });
    }
    Ok(paper)
}

/// Builds a table from its rows, the first of which has the headings. `place` is the position of the first row in the
/// file; the number of rows is added to it.
fn table(rows: Vec<Vec<String>>, place: &mut usize) -> Passage {
    let begin = *place;
    let mut rows = rows.into_iter().map(|row| {
        *place += 1;
        let cells = row.iter().map(|cell| normal(cell)).collect();
        GridRow { place: *place - 1, cells }
    });
    let columns = rows.next().unwrap_or_default().cells;
    let rows = rows.collect();
    Passage::table(begin, Grid { columns, rows })
}
