//! Builds workbooks from their parts, so that a test determines exactly what a spreadsheet program wrote.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

/// Number formats by the style of a cell: 1 is `0.00`, 2 `mmm yyyy`, 3 a day, 4 `0.0%`.
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="3"><numFmt numFmtId="164" formatCode="0.00"/><numFmt numFmtId="165" formatCode="mmm\ yyyy"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts>
<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="166"/></cellXfs>
</styleSheet>"#;

/// A sheet of a workbook: its name, its state, its `cols`, the rows inside of its data and what follows the data.
pub struct Sheet<'t> {
    pub name: &'t str,
    pub state: &'t str,
    pub columns: &'t str,
    pub rows: String,
    pub after: &'t str,
}

impl<'t> Sheet<'t> {
    pub fn new(name: &'t str, rows: impl Into<String>) -> Self {
        Self { name, state: "visible", columns: "", rows: rows.into(), after: "" }
    }
}

/// Returns a row of an xlsx sheet whose cells are texts.
pub fn row(number: u32, texts: &[&str]) -> String {
    let cells = texts.iter().zip(b'A'..).filter(|(text, _)| !text.is_empty()).map(|(text, column)| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let column = char::from(column);
        format!(r#"<c r="{column}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
    });
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}

/// Builds an xlsx workbook. If `is_1904`, its days count from 1904.
pub fn xlsx(sheets: &[Sheet<'_>], is_1904: bool) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let numbered = || sheets.iter().zip(1..);
    let list: String = numbered()
        .map(|(sheet, n)| {
            format!(
                r#"<sheet name="{}" sheetId="{n}" state="{}" r:id="rId{n}"/>"#,
                sheet.name, sheet.state
            )
        })
        .collect();
    let links: String = numbered()
        .map(|(_, n)| {
            format!(r#"<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
        })
        .collect();
    let styles =
        format!(r#"<Relationship Id="rId99" Type="{office}/styles" Target="styles.xml"/>"#);
    let mut parts = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                r#"<Relationships xmlns="{packages}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="{}"/><sheets>{list}</sheets></workbook>"#,
                u8::from(is_1904)
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(r#"<Relationships xmlns="{packages}">{links}{styles}</Relationships>"#),
        ),
        ("xl/styles.xml".to_owned(), STYLES.to_owned()),
    ];
    parts.extend(numbered().map(|(sheet, n)| {
        let text = format!(
            r#"<worksheet xmlns="{main}">{}<sheetData>{}</sheetData>{}</worksheet>"#,
            sheet.columns, sheet.rows, sheet.after
        );
        (format!("xl/worksheets/sheet{n}.xml"), text)
    }));
    archive(&parts)
}

/// Builds an ods workbook with one sheet that has these rows.
pub fn ods(name: &str, rows: &str) -> Vec<u8> {
    let spaces: String = ["office", "table", "text"]
        .map(|space| {
            format!(r#" xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0""#)
        })
        .concat();
    let content = format!(
        r#"<office:document-content{spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet><table:table table:name="{name}">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    archive(&[
        ("mimetype".to_owned(), "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml".to_owned(), manifest.to_owned()),
        ("content.xml".to_owned(), content),
    ])
}

fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
