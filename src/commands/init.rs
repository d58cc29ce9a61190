//! `plan init`: writes a new plan file with explanatory comments.

use std::path::{Path, PathBuf};

use askama::Template;

use crate::{
    app::{Context, Failure, Output},
    cli::InitArgs,
    edit::string,
    file,
    model::Day,
    output::plan_schema,
};

/// The name and the content of a file with instructions for coding agents. Agents look for a file of this name.
const AGENTS: (&str, &str) = ("AGENTS.md", include_str!("../../templates/AGENTS.md"));

/// The name of the schema file, which lies beside the plan.
const SCHEMA: &str = "plan.schema.json";

/// Writes a new plan file with commented examples. With `--agents`, also writes instructions for coding agents; if the
/// plan already exists, writes only these instructions.
pub fn run(args: &InitArgs, context: &Context) -> Result<Output, Failure> {
    let path =
        if context.file.is_empty() { PathBuf::from(file::FILE_NAME) } else { context.path()? };
    let mut written = String::new();
    if args.agents {
        let agents = path.with_file_name(AGENTS.0);
        file::create(&agents, context.given.in_commands(AGENTS.1))?;
        written = line(&agents, "instructions for coding agents");
    }
    if !args.agents || !path.exists() {
        file::create(&path, starter(args, context.on(args.date)?, &[]))?;
        let schema = write_schema(&path)?;
        written.insert_str(
            0,
            &line(&schema, "the schema that editors use to complete and check the plan"),
        );
        let words = "a new plan; add to it with `plan add recommendation` or `plan edit`";
        written.insert_str(0, &line(&path, &context.given.in_commands(words)));
    }
    Ok(Output::notice(written))
}

/// Writes the JSON Schema of plan files beside the plan, and returns the path of the schema.
pub fn write_schema(plan: &Path) -> Result<PathBuf, Failure> {
    let schema = plan.with_file_name(SCHEMA);
    file::replace(&schema, plan_schema()?.as_bytes())?;
    Ok(schema)
}

fn line(path: &Path, words: &str) -> String {
    format!("{}: {words}\n", file::printable_path(path))
}

/// Returns the text of a new plan with commented examples.
pub fn starter(args: &InitArgs, date: Day, priorities: &[String]) -> String {
    let (title, body) = (args.title.as_deref(), args.body.as_deref());
    let priorities = priorities.iter().map(|priority| string(priority)).collect();
    let starter = Starter { title, body, committee: args.committee.as_deref(), date, priorities };
    starter.to_string() + "\n"
}

#[derive(Template)]
#[template(path = "starter.toml", escape = "none")]
struct Starter<'a> {
    title: Option<&'a str>,
    body: Option<&'a str>,
    committee: Option<&'a str>,
    date: Day,
    /// The priorities of the plan, the highest first, as TOML strings.
    priorities: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::starter;
    use crate::{cli::InitArgs, file::Reader, model::Day};

    #[test]
    fn a_new_plan_counts_nothing_and_its_commented_parts_are_a_valid_plan() {
        let text = starter(&InitArgs::default(), "2003-05-08".parse::<Day>().expect("a day"), &[]);
        let plan = Reader::default().decode(&text).expect("a valid plan").plan;
        assert!(plan.recommendations.is_empty() && plan.areas.is_empty());
        assert!(plan.meetings.is_empty() && plan.body.is_none());
        let shown: Vec<&str> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(key) if key.starts_with('[') || key.contains(" = ") || key == "]" => key,
                Some(_) => "",
                None => line,
            })
            .collect();
        let shown = shown.join("\n");
        let plan = Reader::default().decode(&shown).expect("a valid plan").plan;
        assert_eq!((plan.recommendations.len(), plan.meetings.len()), (1, 1));
    }
}
