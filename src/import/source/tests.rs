use super::{super::table::*, *};

#[path = "../../../tests/end_to_end/support/workbooks.rs"]
mod workbooks;

fn read(bytes: Vec<u8>) -> Source {
    workbook::read(bytes, &|_, _| {}).unwrap()
}

fn xlsx(rows: &str, after: &str) -> Sheet {
    let sheet = workbooks::Sheet { after, ..workbooks::Sheet::new("Items", rows) };
    read(workbooks::xlsx(&[sheet], false)).sheets.remove(0)
}

fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet.rows.iter().map(|row| row.cells.iter().map(|cell| &*cell.text).collect()).collect()
}

#[test]
fn a_number_of_a_workbook_is_as_it_is_shown_where_the_format_says_so() {
    let sheet = xlsx(
        r#"<row r="2"><c r="A2"><v>5.1</v></c><c r="B2" s="1"><v>5.1</v></c><c r="C2" s="4"><v>0.125</v></c></row>"#,
        "",
    );
    assert_eq!(texts(&sheet), [["5.1", "5.10", "12.5%"]]);
    let kinds: Vec<Kind> = sheet.rows[0].cells.iter().map(|cell| cell.kind).collect();
    assert_eq!(kinds, [Kind::Number, Kind::Formatted, Kind::Formatted]);
    assert_eq!(sheet.rows[0].number, 2);
}

#[test]
fn a_date_is_a_month_where_the_format_shows_no_day() {
    let rows = r#"<row r="1"><c r="A1" s="2"><v>37956</v></c><c r="B1" s="3"><v>37986</v></c><c r="C1" t="d"><v>2003-12-31T00:00:00</v></c></row>"#;
    assert_eq!(texts(&xlsx(rows, "")), [["2003-12", "2003-12-31", "2003-12-31"]]);
    let sheet =
        workbooks::Sheet::new("Items", r#"<row r="1"><c r="A1" s="3"><v>36524</v></c></row>"#);
    assert_eq!(texts(&read(workbooks::xlsx(&[sheet], true)).sheets[0]), [["2003-12-31"]]);
}

#[test]
fn what_a_reader_would_not_notice_is_kept_beside_the_cells() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>
        <row r="2" hidden="1"><c r="A2"><v>2</v></c><c r="B2"><f>TODAY()</f><v></v></c></row>
        <row r="3"><c r="A3"><v>3</v></c><c r="B3" t="str"><f>IF(A1,"","")</f><v></v></c></row>"#;
    let sheet = xlsx(rows, r#"<mergeCells><mergeCell ref="A1:A2"/></mergeCells>"#);
    let blank = |row, why| Blank { row, column: 1, why };
    assert_eq!(sheet.blanks, [blank(1, Why::Error("#N/A".into())), blank(2, Why::NoResult)]);
    assert_eq!(sheet.merged, [Area { rows: (1, 2), columns: (0, 0) }]);
    let hidden: Vec<bool> = sheet.rows.iter().map(|row| row.is_hidden).collect();
    assert_eq!(hidden, [false, true, false]);
}

#[test]
fn a_sheet_with_a_new_error_value_is_named_with_the_cell_and_others_are_read() {
    let spilled = r#"<row r="7"><c r="AB7" t="e"><v>#SPILL!</v></c></row>"#;
    let hidden = workbooks::Sheet {
        state: "veryHidden",
        ..workbooks::Sheet::new("Closed &amp; gone", workbooks::row(1, &["1"]))
    };
    let source = read(workbooks::xlsx(&[workbooks::Sheet::new("Items", spilled), hidden], false));
    let (why, help) = source.sheets[0].refused.clone().unwrap();
    assert!(
        why.contains("AB7") && why.contains("#SPILL!") && help.contains("clear each cell"),
        "{why}"
    );
    assert_eq!(texts(&source.sheets[1]), [["1"]]);
    assert_eq!(source.sheets[1].name, "Closed & gone");
    assert_eq!(source.sheets[1].visibility, Visibility::VeryHidden);
}

#[test]
fn a_cell_far_away_takes_no_room_for_those_between() {
    let rows: String = (1..=3000)
        .map(|row| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#))
        .collect();
    let sheet = workbooks::Sheet::new("Items", rows);
    let refused = workbook::read(workbooks::xlsx(&[sheet], false), &|_, _| {}).unwrap_err();
    assert!(format!("{refused:#}").contains("far from the table"), "{refused:#}");
    let far = workbooks::ods(
        "Items",
        r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/></table:table-row>"#,
    );
    assert!(workbook::read(far, &|_, _| {}).is_err());
}

#[test]
fn an_ods_cell_is_as_it_is_shown() {
    let cell = |kind: &str, value: &str, shown: &str| {
        let name = if kind == "date" { "date-value" } else { "value" };
        format!(
            r#"<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    let cells = [
        cell("float", "5.1", "5.10"),
        cell("float", "5.1", "5.1"),
        cell("float", "5.0999999999999996", "5.1"),
        cell("date", "2003-12-01", "Dec 2003"),
        cell("date", "2003-12-31", "31/12/03"),
        r#"<table:table-cell table:formula="of:=NA()" calcext:value-type="error" office:value-type="string" office:string-value=""><text:p>#N/A</text:p></table:table-cell>"#.to_owned(),
    ];
    let rows = format!(
        r#"<table:table-row table:visibility="filter">{}</table:table-row>"#,
        cells.concat()
    );
    let sheet = read(workbooks::ods("Items", &rows)).sheets.remove(0);
    assert_eq!(texts(&sheet), [["5.10", "5.1", "5.1", "2003-12", "2003-12-31"]]);
    let kinds: Vec<Kind> = sheet.rows[0].cells.iter().map(|cell| cell.kind).take(3).collect();
    assert_eq!(kinds, [Kind::Formatted, Kind::Number, Kind::Number]);
    assert_eq!(sheet.blanks, [Blank { row: 1, column: 5, why: Why::Error("#N/A".into()) }]);
    assert!(sheet.rows[0].is_hidden);
}

#[test]
fn an_ods_file_with_line_breaks_between_its_cells_is_read_as_gnumeric_writes_it() {
    let cell = |text: &str| {
        format!(
            "\n  <table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let rows = format!("\n<table:table-row>{}{}\n</table:table-row>\n", cell("1"), cell("Do it."));
    assert_eq!(texts(&read(workbooks::ods("Items", &rows)).sheets[0]), [["1", "Do it."]]);
}

#[test]
fn objects_are_rows_and_lists_inside_them_are_sheets_of_their_own() {
    let text = br#"{"data": {"items": [
        {"code": "R1", "owner": {"main": "ONR", "others": ["EA", "HSE"]}, "updates": [
            {"date": "2026-03-13", "links": [{"url": "a"}, {"url": "b"}]}, {"date": "2026-04-01"}]},
        {"code": "R2", "updates": []}]}}"#;
    let source = json::read(text, Reading::default()).unwrap();
    assert_eq!(source.sheets[0].name, "items");
    assert_eq!(
        texts(&source.sheets[0])[..2],
        [vec!["code", "owner.main", "owner.others"], vec!["R1", "ONR", "EA; HSE"]]
    );
    assert_eq!(source.sheets[1].name, "updates[]");
    assert_eq!(texts(&source.sheets[1])[1], ["2026-03-13", "a; b"]);
    assert_eq!(source.sheets[1].rows[2].parent, Some(1));
    let several = json::read(br#"{"a": [{}], "b": [{}]}"#, Reading::default()).unwrap_err();
    assert!(several.to_string().contains("--path-in-json"), "{several}");
    let named = Reading { path: Some("b"), ..Reading::default() };
    assert!(json::read(br#"{"a": [{}], "b": [{"x": 1}]}"#, named).is_ok());
}
