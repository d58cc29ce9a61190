//! Reads csv files, and finds their encoding and delimiter. The number of a row is the number of its first line.

use std::collections::HashMap;

use anyhow::{anyhow, bail};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{MOST_CELLS, MOST_COLUMNS, Reading, Source, Watch};
use crate::{
    import::table::{Cell, Kind, Row, Sheet},
    model::is_formula,
};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The maximum number of rows that are examined to find the delimiter.
const LOOKED_AT: usize = 200;
const ROWS_BETWEEN: u64 = 1000;

/// Reads a csv file as one sheet.
pub fn read(bytes: Vec<u8>, how: Reading<'_>, watch: Watch<'_>) -> anyhow::Result<Source> {
    let mut notes = Vec::new();
    let text = decoded(bytes, how.encoding, &mut notes)?;
    let (text, given) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((sign, _)) => (text.as_str(), sign.trim_end_matches('\r').bytes().next()),
        None => (text.as_str(), None),
    };
    let delimiter = given.unwrap_or_else(|| delimiter(text));
    if delimiter != b',' {
        let sign = char::from(delimiter).to_string();
        notes.push(format!("the columns are separated by `{}`", sign.replace('\t', "tab")));
    }
    let mut rows = Vec::new();
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    let mut cells = 0;
    let is_more = |reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord| {
        reader.read_record(record).map_err(|error| anyhow!("not a csv file: {error}"))
    };
    while is_more(&mut reader, &mut record)? {
        let position = record.position().map_or((0, 0), |at| (at.line(), at.byte()));
        let position = (position.0 + blank_lines(text, position.1), position.1);
        if given.is_some() && position.0 == 1 {
            continue;
        }
        let mut row =
            Row { number: u32::try_from(position.0).unwrap_or(u32::MAX), ..Row::default() };
        for (column, text) in record.iter().enumerate() {
            // The apostrophe in a text such as `'=A1` is not part of the value. It only says that the value is not a
            // formula.
            let text = text.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(text);
            row.put(column, Cell::new(text, Kind::Text));
        }
        if record.len() > MOST_COLUMNS {
            bail!("line {} has more than {MOST_COLUMNS} columns", row.number);
        }
        cells += record.len() as u64;
        if cells > MOST_CELLS {
            bail!("more than {MOST_CELLS} cells: split the file and import the parts");
        }
        if !row.is_empty() {
            rows.push(row);
        }
        if (rows.len() as u64).is_multiple_of(ROWS_BETWEEN) {
            watch(position.1, text.len() as u64);
        }
    }
    let sheet = Sheet { rows, ..Sheet::default() };
    Ok(Source { sheets: vec![sheet], unit: "line", notes, ..Source::default() })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder.from_reader(text.as_bytes())
}

/// Returns the number of blank lines between the position `byte` and the next line with text.
fn blank_lines(text: &str, byte: u64) -> u64 {
    let rest = usize::try_from(byte).ok().and_then(|at| text.as_bytes().get(at..));
    let blank = rest.into_iter().flatten().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    blank.filter(|byte| **byte == b'\n').count() as u64
}

/// Decodes the bytes of a file. The encoding is named by the user or by the byte-order mark of the file, or else
/// guessed.
fn decoded(bytes: Vec<u8>, named: Option<&str>, notes: &mut Vec<String>) -> anyhow::Result<String> {
    let encoding = match named {
        Some(name) => Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            anyhow!("unknown encoding `{name}`; use a name such as windows-1252, utf-16le or iso-8859-15")
        })?,
        None => match Encoding::for_bom(&bytes) {
            Some((encoding, _)) => encoding,
            None => likely(&bytes),
        },
    };
    if encoding == UTF_8 && named.is_none() {
        let text = String::from_utf8(bytes)
            .map_err(|_| anyhow!("not UTF-8, although the byte-order mark says it is"))?;
        return Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
    }
    let (text, _, has_faults) = encoding.decode(&bytes);
    if has_faults {
        bail!(
            "not {}: some bytes have no meaning in this encoding; name another encoding with `--encoding`",
            encoding.name()
        );
    }
    if named.is_none() {
        let otherwise = match encoding == WINDOWS_1252 {
            true => {
                ", because it is not UTF-8; if this is wrong, name another encoding with `--encoding`"
            }
            false => "",
        };
        notes.push(format!("the file is read as {}{otherwise}", encoding.name()));
    }
    Ok(text.into_owned())
}

/// Guesses the encoding of bytes without a byte-order mark. Bytes that are neither UTF-16 nor valid UTF-8 are read as
/// Windows-1252.
fn likely(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    match () {
        () if low * 4 > head.len() && high * 8 < head.len() => UTF_16LE,
        () if high * 4 > head.len() && low * 8 < head.len() => UTF_16BE,
        () if std::str::from_utf8(bytes).is_ok() => UTF_8,
        () => WINDOWS_1252,
    }
}

/// Returns the delimiter with which most rows have the same number of columns.
fn delimiter(text: &str) -> u8 {
    let score = |delimiter: &u8| {
        let mut widths: HashMap<usize, usize> = HashMap::new();
        let records = reader(text, *delimiter).into_records().take(LOOKED_AT);
        for record in records.map_while(Result::ok) {
            *widths.entry(record.len()).or_default() += 1;
        }
        let most = widths.into_iter().filter(|(width, _)| *width > 1);
        most.map(|(width, count)| (count, width)).max().unwrap_or_default()
    };
    // `max_by_key` prefers the last of equally good delimiters, so the list is reversed to prefer the first.
    let best = DELIMITERS.iter().rev().max_by_key(|delimiter| score(delimiter));
    best.copied().filter(|best| score(best) > (0, 0)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Source {
        super::read(bytes.to_vec(), Reading::default(), &|_, _| {}).unwrap()
    }

    fn texts(source: &Source) -> Vec<Vec<&str>> {
        let rows = source.sheets[0].rows.iter();
        rows.map(|row| row.cells.iter().map(|cell| &*cell.text).collect()).collect()
    }

    #[test]
    fn a_file_is_utf_8_or_utf_16_or_else_windows_1252() {
        let expected = [["No", "Cost"], ["1", "£5 “net”"]];
        let text = "No,Cost\n1,£5 “net”\n";
        assert_eq!(texts(&read(text.as_bytes())), expected);
        assert_eq!(texts(&read(format!("\u{feff}{text}").as_bytes())), expected);
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(texts(&read(&little)), expected);
        assert_eq!(texts(&read(&[&[0xfe, 0xff], big.as_slice()].concat())), expected);
        let ansi = read(b"No,Cost\n1,\xa35 \x93net\x94\n");
        assert_eq!(texts(&ansi), expected);
        assert!(ansi.notes[0].contains("windows-1252") && ansi.notes[0].contains("--encoding"));
    }

    #[test]
    fn any_common_delimiter_is_found_and_a_row_has_the_number_of_its_line() {
        for sign in [",", ";", "\t", "|"] {
            let text =
                ["No", "Text", "Due\n1", "\"one, two;\nthree\"", "May 2003\n\n2", "x", "y\n"];
            let source = read(text.join(sign).as_bytes());
            assert_eq!(texts(&source)[1], ["1", "one, two;\nthree", "May 2003"], "{sign}");
            let lines: Vec<u32> = source.sheets[0].rows.iter().map(|row| row.number).collect();
            assert_eq!(lines, [1, 2, 5], "{sign}");
        }
        let source = read(b"sep=;\r\nNo;Text\r\n1;a, b\r\n");
        assert_eq!(texts(&source), [["No", "Text"], ["1", "a, b"]]);
    }
}
