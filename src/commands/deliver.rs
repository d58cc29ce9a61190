//! Writes an answer to standard output or to a file, in the format that the file's ending says.

use std::path::Path;

use crate::{
    app::{Context, Failure, Output, Plans},
    cli::OutputArgs,
    file,
    output::{Answer, FormatName, printable},
};

/// LibreOffice and Excel take a CSV file without it for Windows-1252.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The answer, or a notice of the file that it was written to.
///
/// # Errors
/// No format has the file's ending, the file is a plan, or it cannot be written.
pub fn deliver(
    args: &OutputArgs,
    format: Option<FormatName>,
    context: &Context,
    plans: &Plans,
    answer: &Answer<'_>,
) -> Result<Output, Failure> {
    let format = match (format, &args.output) {
        (Some(format), _) => format,
        (None, Some(path)) => format_of(path, answer)?,
        (None, None) => FormatName::default(),
    };
    let text = context.print(format, answer)?;
    let Some(path) = &args.output else {
        return Ok(Output::text(text));
    };
    plans.spare(path)?;
    let mark = if format.0.name() == "csv" { BYTE_ORDER_MARK } else { "" };
    let text = anstream::adapter::strip_str(&text).to_string();
    file::replace(path, format!("{mark}{text}").as_bytes())?;
    Ok(Output::notice(format!("{}: written\n", printable(&path.display().to_string()))))
}

/// The format that a file's ending names.
fn format_of(path: &Path, answer: &Answer<'_>) -> Result<FormatName, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = ending.unwrap_or_default();
    let kind = answer.kind();
    let named = FormatName::find(if ending == "md" { "markdown" } else { &ending });
    named.filter(|format| format.prints(kind)).ok_or_else(|| {
        let names = FormatName::names(&[kind]).join(", ");
        let name = printable(&path.display().to_string());
        let help = format!("name one of {names} with `--format`, or end the name so");
        Failure::usage(format!("no format here has the ending of `{name}`"), Some(help))
    })
}
