//! The plans that this run was given, repeated in every command that it proposes.

use std::path::{Path, PathBuf};

use super::printable;

/// The values of `--file` on the command line.
#[derive(Debug, Clone, Default)]
pub struct GivenFiles(pub Vec<PathBuf>);

impl GivenFiles {
    /// Only `path`, where any file was given.
    pub fn or(&self, path: &Path) -> Self {
        if self.0.is_empty() { Self::default() } else { Self(vec![path.to_path_buf()]) }
    }

    /// A text with `-f PATH` in the commands that it proposes: they stand in backquotes or after a colon.
    pub fn in_commands(&self, text: &str) -> String {
        let mut flags = String::new();
        for path in &self.0 {
            flags.push_str(&format!("-f {} ", quoted(&printable(&path.display().to_string()))));
        }
        let proposed = |text: String, before: &str| {
            text.replace(&format!("{before}plan "), &format!("{before}plan {flags}"))
        };
        proposed(proposed(text.to_owned(), "`"), ": ")
    }
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "_-./,=@%+".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
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
}
