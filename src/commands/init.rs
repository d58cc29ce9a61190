//! `plan init`: a new, commented plan file.

use std::path::PathBuf;

use crate::{
    app::{Context, Failure, Output},
    file,
    output::printable,
};

/// Writes a plan to start from, dated on the as-of day.
pub fn run(context: &Context) -> Result<Output, Failure> {
    let path =
        if context.file.is_empty() { PathBuf::from(file::FILE_NAME) } else { context.path()? };
    file::create(&path, &starter(&context.as_of().to_string()))?;
    let path = printable(&path.display().to_string());
    Ok(Output::notice(format!("{path}: a new plan; edit it, then ask `plan status`\n")))
}

fn starter(date: &str) -> String {
    format!(
        "\
[plan]
title = \"Action plan\"
date = {date}    # the day the plan was published

# When somebody looks at progress: a day, or a month in quotes.
# [[meeting]]
# date = \"2003-11\"
# title = \"Interim report\"

# Headings for recommendations; a recommendation names one by its id.
# [[area]]
# id = \"best-value-reviews\"
# title = \"Best value reviews\"

[[recommendation]]
id = \"1\"
text = \"What was recommended, in the words it was published in.\"
timescale = \"Ongoing\"    # \"December 2003\", 2003-12-31, \"Complete\", \"In place since January 2003\"

[[recommendation.action]]
id = \"1.1\"    # its recommendation's id, a dot, a number
# owner = \"Who will do it\"
# progress = [
#   {{ on = {date}, status = \"in-progress\", note = \"What has happened.\" }},
# ]
text = \"What will be done about it.\"
"
    )
}

#[cfg(test)]
mod tests {
    use super::starter;
    use crate::file::Reader;

    #[test]
    fn a_new_plan_is_valid_and_so_are_its_commented_parts() {
        let text = starter("2003-05-08");
        assert!(Reader::default().decode(&text).is_ok());
        let shown: Vec<&str> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(key) if key.starts_with('[') || key.contains(" = ") || key == "]" => key,
                Some(_) => "",
                None => line,
            })
            .collect();
        let plan = shown.join("\n");
        assert!(Reader::default().decode(&plan).is_ok(), "{plan}");
    }
}
