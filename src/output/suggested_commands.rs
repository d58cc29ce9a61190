//! Repeats the given `--file` flags in every command that the program proposes.

use std::path::{Path, PathBuf};

use crate::model::shell_word;

/// The values of `--file` on the command line.
#[derive(Debug, Clone, Default)]
pub struct GivenFiles(pub Vec<PathBuf>);

impl GivenFiles {
    /// Returns a value with only the file `path`. If the user gave no `--file`, the value is empty.
    pub fn or(&self, path: &Path) -> Self {
        if self.0.is_empty() { Self::default() } else { Self(vec![path.to_path_buf()]) }
    }

    /// Adds the given files as `-f PATH` to each proposed command in the text. A proposed command begins with `plan`,
    /// and stands either in backquotes or after a colon.
    pub fn in_commands(&self, text: &str) -> String {
        let mut flags = String::new();
        for path in &self.0 {
            flags.push_str(&format!("-f {} ", shell_word(&path.display().to_string())));
        }
        let proposed = |text: &str, before: &str, after: char| {
            let start = format!("{before}plan ");
            let mut parts = text.split(&start);
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |told, part| {
                let (command, rest) = part.split_at(part.find(after).unwrap_or(part.len()));
                let mut is_quoted = false;
                let words = command.split(' ').map(|word| {
                    let told = if is_quoted { word.to_owned() } else { with_brackets(word) };
                    is_quoted ^= word.matches(['\'', '"']).count() % 2 == 1;
                    told
                });
                let words: Vec<String> = words.collect();
                told + &start + &flags + &words.join(" ") + rest
            })
        };
        proposed(&proposed(text, "`", '`'), ": ", ';')
    }
}

/// Quotes a word of a command for the shell if the word is an id with brackets.
fn with_brackets(word: &str) -> String {
    let is_id = word.starts_with(char::is_alphanumeric) && word.contains('(');
    if is_id { shell_word(word) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::GivenFiles;

    #[test]
    fn proposed_commands_and_nothing_else_repeat_the_files() {
        let given = GivenFiles(vec!["a/plan.toml".into(), "it's here".into()]);
        let proposed = given.in_commands("the plan says `plan list`; if not: plan show 5");
        let flags = r"-f a/plan.toml -f 'it'\''s here'";
        let expected = format!("the plan says `plan {flags} list`; if not: plan {flags} show 5");
        assert_eq!(proposed, expected);
        let none = GivenFiles::default();
        assert_eq!(none.in_commands("`plan list`"), "`plan list`");
    }

    #[test]
    fn proposed_commands_quote_ids_with_brackets() {
        let none = GivenFiles::default();
        assert_eq!(
            none.in_commands("see `plan show 5(b)` (5(b)), or: plan note 5(b) \"…\"; then 5(b)"),
            "see `plan show '5(b)'` (5(b)), or: plan note '5(b)' \"…\"; then 5(b)"
        );
        let quoted = "change it: plan amend 5 owner 'The Head(s) of Works'";
        assert_eq!(none.in_commands(quoted), quoted);
    }
}
