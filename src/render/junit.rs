//! JUnit's XML as CI systems read it: a suite a plan, a test case for each thing that was looked at.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Checked, printable, words::counted};
use crate::{
    model::{Severity, Word},
    store::{Fault, Lines},
};

/// One thing that was looked at, and what was found of it.
pub struct Case<'a> {
    pub name: String,
    pub faults: Vec<&'a Fault>,
}

/// A suite of cases for each plan; a case with an error in it has failed.
///
/// # Errors
/// It cannot be put into XML.
pub fn report<'a>(
    command: &str,
    checked: &'a [Checked<'a>],
    cases: impl Fn(usize, &'a Checked<'a>) -> Vec<Case<'a>>,
) -> anyhow::Result<String> {
    let each = checked.iter().enumerate();
    let suites: Vec<_> = each
        .map(|(position, of)| (of, cases(position, of)))
        .collect();
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .with_attribute(("name", command))
        .with_attribute(("tests", all().count().to_string().as_str()))
        .with_attribute(("failures", failures(all()).to_string().as_str()))
        .with_attribute(("errors", "0"))
        .with_attribute(("time", "0"))
        .write_inner_content(|writer| {
            suites
                .iter()
                .try_for_each(|(checked, cases)| suite(writer, command, checked, cases))
        })?;
    let mut text = String::from_utf8(writer.into_inner())?;
    text.push('\n');
    Ok(text)
}

fn failures<'c, 'a: 'c>(cases: impl Iterator<Item = &'c Case<'a>>) -> usize {
    cases.filter(|case| !errors(case).is_empty()).count()
}

fn errors<'a>(case: &Case<'a>) -> Vec<&'a Fault> {
    let faults = case.faults.iter().copied();
    faults
        .filter(|fault| fault.severity == Severity::Error)
        .collect()
}

fn suite(
    writer: &mut Writer<Vec<u8>>,
    command: &str,
    checked: &Checked<'_>,
    cases: &[Case<'_>],
) -> std::io::Result<()> {
    let name = xml(&format!("{command} {}", checked.name));
    writer
        .create_element("testsuite")
        .with_attribute(("name", name.as_str()))
        .with_attribute(("tests", cases.len().to_string().as_str()))
        .with_attribute(("failures", failures(cases.iter()).to_string().as_str()))
        .with_attribute(("errors", "0"))
        .with_attribute(("skipped", "0"))
        .with_attribute(("time", "0"))
        .write_inner_content(|writer| {
            let lines = Lines::of(checked.source);
            cases
                .iter()
                .try_for_each(|case| self::case(writer, checked, &lines, case))
        })?;
    Ok(())
}

fn case(
    writer: &mut Writer<Vec<u8>>,
    checked: &Checked<'_>,
    lines: &Lines<'_>,
    case: &Case<'_>,
) -> std::io::Result<()> {
    let path = xml(&checked.name);
    let name = xml(&case.name);
    let first = case
        .faults
        .first()
        .map(|fault| lines.line(fault.span.start()).line);
    let line = first.map(|line| line.to_string());
    let mut element = writer
        .create_element("testcase")
        .with_attribute(("classname", path.as_str()))
        .with_attribute(("name", name.as_str()))
        .with_attribute(("file", path.as_str()));
    if let Some(line) = &line {
        element = element.with_attribute(("line", line.as_str()));
    }
    element = element.with_attribute(("time", "0"));
    if case.faults.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|writer| {
        let errors = errors(case);
        let told = |faults: &mut dyn Iterator<Item = &&Fault>| -> String {
            faults
                .map(|fault| told(&checked.name, lines, fault))
                .collect()
        };
        if let Some(first) = errors.first() {
            let more = match errors.len() - 1 {
                0 => String::new(),
                more => format!(" (and {})", counted(more, "more", "more")),
            };
            writer
                .create_element("failure")
                .with_attribute(("message", xml(&format!("{}{more}", first.title)).as_str()))
                .with_attribute(("type", first.rule.word()))
                .write_text_content(BytesText::new(&told(&mut errors.iter())))?;
        }
        let mut others = case
            .faults
            .iter()
            .filter(|fault| fault.severity != Severity::Error);
        let others = told(&mut others);
        if !others.is_empty() {
            writer
                .create_element("system-out")
                .write_text_content(BytesText::new(&others))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn told(path: &str, lines: &Lines<'_>, fault: &Fault) -> String {
    let at = lines.line(fault.span.start());
    let help = fault
        .help
        .as_ref()
        .map(|help| format!("  help: {}\n", xml(help)));
    format!(
        "{}:{}:{}: {}: {}\n{}",
        xml(path),
        at.line,
        at.column,
        fault.severity.word(),
        xml(&fault.title),
        help.unwrap_or_default()
    )
}

/// Text of characters that XML 1.0 allows.
fn xml(text: &str) -> String {
    printable(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
