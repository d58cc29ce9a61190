//! The groups in which the help of the whole program lists the commands.

use std::fmt::Write as _;

/// The name of each group and its first command. A group ends before the first command of the next group.
const GROUPS: [(&str, &str); 6] = [
    ("Look", "status"),
    ("Record", "add"),
    ("Check", "check"),
    ("History", "diff"),
    ("Report", "report"),
    ("Set up", "init"),
];

/// Returns the name of the group that begins with this command, if there is one.
pub fn group(first: &str) -> Option<&'static str> {
    GROUPS.into_iter().find(|(_, command)| *command == first).map(|(name, _)| name)
}

/// Adds the headings of the groups to the list of commands in the help of the whole program. Returns any other help
/// text unchanged.
pub fn in_groups(help: &str) -> String {
    const HEADING: &str = "Commands:";
    let Some((before, rest)) = help.split_once(HEADING) else { return help.to_owned() };
    // Style codes of the terminal may stand before and after the heading.
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

/// Returns the name of the command at the beginning of a line of the help, if there is one.
fn command(line: &str) -> Option<&str> {
    let is_of_name = |letter: &char| letter.is_ascii_lowercase() || *letter == '-';
    let line = line.strip_prefix("  ")?;
    // A style code of the terminal may stand before the name of the command.
    let line =
        line.strip_prefix('\u{1b}').and_then(|line| line.split_once('m')).map_or(line, |it| it.1);
    let length = line.chars().take_while(is_of_name).count();
    (length > 0).then(|| &line[..length])
}
