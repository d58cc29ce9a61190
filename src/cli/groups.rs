//! The groups of commands in the help of the whole program.

use std::fmt::Write as _;

/// The name of each group, and its first command in the order of declaration.
const GROUPS: [(&str, &str); 6] = [
    ("Look", "status"),
    ("Record", "add"),
    ("Check", "check"),
    ("History", "diff"),
    ("Report", "report"),
    ("Set up", "init"),
];

/// Returns the name of the group that begins with this command.
pub fn group(first: &str) -> Option<&'static str> {
    GROUPS.into_iter().find(|(_, command)| *command == first).map(|(name, _)| name)
}

/// Arranges the commands in the help of the whole program in groups. Other help texts stay unchanged.
pub fn in_groups(help: &str) -> String {
    const HEADING: &str = "Commands:";
    let Some((before, rest)) = help.split_once(HEADING) else {
        return help.to_owned();
    };
    // The heading is surrounded by style codes.
    let (before, begin) = before.rsplit_once('\n').unwrap_or(("", before));
    let (end, commands) = rest.split_once('\n').unwrap_or((rest, ""));
    let is_whole =
        |text: &str| text.lines().next().and_then(command).is_some_and(|it| it == "status");
    if !is_whole(commands) {
        return help.to_owned();
    }
    let mut grouped = before.to_owned();
    for line in commands.lines() {
        if let Some(name) = command(line).and_then(group) {
            let _ = write!(grouped, "\n{begin}{name}:{end}\n");
        }
        grouped.push_str(line);
        grouped.push('\n');
    }
    grouped
}

/// Returns the command at the beginning of a line of help.
fn command(line: &str) -> Option<&str> {
    let is_of_name = |letter: &char| letter.is_ascii_lowercase() || *letter == '-';
    let line = line.strip_prefix("  ")?;
    // A style code may precede the name.
    let line =
        line.strip_prefix('\u{1b}').and_then(|line| line.split_once('m')).map_or(line, |it| it.1);
    let length = line.chars().take_while(is_of_name).count();
    (length > 0).then(|| &line[..length])
}
