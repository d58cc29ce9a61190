//! Writes a document as Markdown. All text that could be read as markup is escaped.

use super::{
    Block, Detail, Line, Medium, Piece, Table,
    escape::{escape, escape_letters},
    quote::{Quote, quotes},
};

/// Returns the blocks as Markdown, with an empty line between two blocks.
pub fn print(blocks: &[Block]) -> String {
    blocks.iter().filter_map(block).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> Option<String> {
    Some(match block {
        Block::Heading(level, words) => format!("{} {}\n", "#".repeat(*level), line(words)),
        Block::Paragraph(words) | Block::Hanging(_, _, words) => {
            format!("{}\n", line(words))
        }
        Block::Numbered(number, words) => format!("{number}. {}\n", line(words)),
        Block::Items(items) => {
            let numbered = items.iter().zip(1..);
            numbered.map(|(words, number)| format!("{number}. {}\n", line(words))).collect()
        }
        Block::Quoted(text) | Block::Text(text) => quotations(text).trim_start().to_owned(),
        Block::Details(facts) => facts.iter().map(detail).collect(),
        Block::Bullets(items) => items.iter().map(|words| format!("- {}\n", line(words))).collect(),
        Block::Table(table) => self::table(table),
        Block::On(Medium::Paper, block) => return self::block(block),
        Block::Gap
        | Block::Rule
        | Block::Line(_)
        | Block::Figure(_)
        | Block::Drawing(_)
        | Block::On(Medium::Screen, _) => return None,
    })
}

fn detail(detail: &Detail) -> String {
    if detail.only_on == Some(Medium::Screen) {
        return String::new();
    }
    let mut text = match detail.name {
        "" => format!("  - {}", line(&detail.words)),
        name => format!("- **{name}:** {}", line(&detail.words)),
    };
    for note in &detail.notes {
        let note = quotations(note);
        let begin = match note.trim().contains('\n') {
            true => "\n\n  ",
            false if text.ends_with('.') => " ",
            false => ". ",
        };
        let indented = note.trim().replace('\n', "\n  ").replace("\n  \n", "\n\n");
        text.push_str(&format!("{begin}{indented}"));
    }
    text.push('\n');
    text.extend(detail.entries.iter().map(|entry| format!("  - {}\n", escape(entry))));
    text
}

/// Returns a quoted text as Markdown. An empty line precedes each paragraph and each list.
fn quotations(text: &str) -> String {
    let line = |quote: Quote| match quote.is_item {
        true => {
            let gap = if quote.is_first { "\n" } else { "" };
            format!("{gap}{}- {}\n", "  ".repeat(quote.depth), quote.markdown())
        }
        false => format!("\n{}\n", quote.markdown()),
    };
    quotes(text).into_iter().map(line).collect()
}

/// Returns a table as Markdown. The caption comes first, if the table has one.
pub fn table(table: &Table) -> String {
    let rules = table.columns.iter().map(|column| if column.is_number { "---:" } else { "---" });
    let (caption, rule) = match table.caption.0.as_slice() {
        [] => (String::new(), table_row(rules.map(str::to_owned))),
        _ => {
            let rules: Vec<&str> = rules.collect();
            (format!("**{}**\n\n", line(&table.caption)), format!("|{}|\n", rules.join("|")))
        }
    };
    let head = table_row(table.columns.iter().map(|column| column.heading.to_string()));
    let rows = table.rows.iter().map(|row| table_row(row.iter().map(line)));
    caption + &head + &rule + &rows.collect::<String>()
}

fn table_row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// Returns a line as Markdown, with a space between deleted text and added text.
pub fn line(line: &Line) -> String {
    let mut text = String::new();
    for piece in &line.0 {
        match piece {
            Piece::Words(words) | Piece::Styled(_, words) => text.push_str(&escape_letters(words)),
            Piece::Strong(words) => text.push_str(&format!("**{}**", escape_letters(words))),
            Piece::Datum(datum) => text.push_str(&escape(&datum.shown)),
            Piece::Break => text.push(' '),
            Piece::Gone(words) => text.push_str(&format!("~~{}~~", escape(words))),
            Piece::New(words) => {
                let gap = if text.ends_with("~~") { " " } else { "" };
                text.push_str(&format!("{gap}**{}**", escape(words)));
            }
        }
    }
    text
}
