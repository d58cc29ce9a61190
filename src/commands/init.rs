//! `plan init`: writes a new plan file with explanatory comments.

use std::path::{Path, PathBuf};

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
        file::create(&path, starter(args, context.on(args.date)?))?;
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

pub fn starter(args: &InitArgs, date: Day) -> String {
    let given = |key: &str, value: &Option<String>, example: &str| match value {
        Some(value) => format!("{key} = {}\n", string(value)),
        None => format!("# {key} = {}\n", string(example)),
    };
    let title = string(args.title.as_deref().unwrap_or("Action plan"));
    let body = given("body", &args.body, "The organisation that is responsible");
    let committee = given("committee", &args.committee, "The committee that receives the reports");
    format!(
        "\
#:schema ./{SCHEMA}

[plan]
title = {title}
{body}{committee}date = {date}    # the day the plan was published
# format = 1    # a higher number means that the plan needs a newer version of `plan`

# Meetings of the committee. The date is a day, or a month in quotes.
# [[meeting]]
# date = \"2003-11\"
# title = \"Interim report\"

# Areas are headings. A recommendation refers to its area by the area's id.
# [[area]]
# id = \"best-value-reviews\"
# title = \"Best value reviews\"

# [[recommendation]]
# id = \"1\"
# date = {date}    # the day it was made, if later than the plan's date
# title = \"A short title for lists\"
# owner = \"Owner of the recommendation\"    # or several: [\"One\", \"Another\"]
# text = \"The recommendation, exactly as published.\"
# response = \"accepted\"    # or \"partially-accepted\", \"rejected\", or \"awaited\" until there is a response
# response_on = {date}    # the day of the response, if later than the plan's date
# timescale = \"Ongoing\"    # \"December 2003\", 2003-12-31, \"2003\", \"To be agreed\", \"Complete\"
# Any other wording needs a `due` that gives its date: \"2025-05\" for \"Spring 2025\".

# [[recommendation.action]]
# id = \"1.1\"    # the id of the recommendation, a dot, a number
# date = {date}    # the day it was added, if later than the recommendation's date
# owner = \"Owner of the action\"
# text = \"The action that management takes.\"
# progress = [
#   {{ on = {date}, status = \"in-progress\", outlook = \"on-track\", note = \"What has happened.\" }},
# ]
"
    )
}

#[cfg(test)]
mod tests {
    use super::starter;
    use crate::{cli::InitArgs, file::Reader, model::Day};

    #[test]
    fn a_new_plan_counts_nothing_and_its_commented_parts_are_a_valid_plan() {
        let text = starter(&InitArgs::default(), "2003-05-08".parse::<Day>().expect("a day"));
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
