//! Tests of files in which a spreadsheet program changed or hid a value, as `docs/spreadsheets.md` lists them. The user
//! gets a clear word for each.

use crate::support::{
    desk::Desk,
    workbooks::{self, Sheet, row},
};

/// A cell with the number of a style, as in [`workbooks`].
fn number(at: &str, style: u8, value: &str) -> String {
    format!(r#"<c r="{at}" s="{style}"><v>{value}</v></c>"#)
}

fn text(at: &str, words: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>"#)
}

#[test]
fn a_csv_file_of_libreoffice_is_never_guessed_at() {
    // LibreOffice 7.4.7 writes 31 December of the format `mmm yyyy` as 12/31/2003, of a format with a locale as
    // 31/12/2003, 5.10 of the format `0.00` as 5.1, and 13% of the format `0%` as 12.5%.
    let rows: String = (2..10).map(|number| format!("5.{number},Do {number}.,,50%\n")).collect();
    let file = format!(
        "Rec No,Recommendation,Due date,Share\n5.1,One.,12/31/2003,12.5%\n{rows}5.1,Ten.,31/12/2003,50%\n6.1,Last.,03/04/2004,50%\n"
    );
    let desk = Desk::with("t.csv", file);
    let made = desk.by_suggestion("t.csv");
    assert_eq!(made.status, 1);
    let map = desk.text("map.toml");
    assert!(map.contains("# \"Due date\" = \"dmy\"    # or \"mdy\": some dates can only be read day first, but others only month first"), "{map}");
    assert!(map.contains("\"Rec No\" = \"id\"") && !map.contains("\nid = "), "{map}");
    let told = "“5.1”: line 2 has the same id; rows are never combined; if one of the ids should be 5.10, format the column as text and correct that id (line 11)";
    assert!(made.stdout.contains(told), "{}", made.stdout);
    let text = desk.text("plan.toml");
    assert!(
        text.contains("text = \"One.\"\ntimescale = \"12/31/2003\"\ndue = 2003-12-31\n"),
        "{text}"
    );
    assert!(text.contains("timescale = \"03/04/2004\"\ndue = \"To be agreed\""), "{text}");
    assert!(text.contains("Share = \"12.5%\"") && !text.contains("Ten."), "{text}");
}

#[test]
fn ids_of_a_short_csv_file_that_are_twice_there_are_named_in_the_mapping() {
    let desk = Desk::with("t.csv", "Rec No,Recommendation,Owner\n5.1,One.,Jo\n5.1,Ten.,Al\n");
    assert_eq!(desk.by_suggestion("t.csv").status, 0);
    let map = desk.text("map.toml");
    assert!(
        map.contains("`Rec No`, some ids occur in several lines: 5.1 is in lines 2, 3."),
        "{map}"
    );
    assert!(map.contains("id = \"{Rec No}-{Recommendation}\""), "{map}");
}

#[test]
fn ids_that_gnumeric_opened_as_days_are_told_with_their_cells() {
    // Gnumeric 1.12.55 opens 1.1.1, 12.5.3 and 3/4 of a csv file as these days, and saves them so.
    let days = ["36892", "37960", "46085"].map(|day| day.to_owned());
    let mut rows = row(1, &["Rec No", "Recommendation"]);
    for (at, day) in (2..).zip(&days) {
        let cells = number(&format!("A{at}"), 3, day) + &text(&format!("B{at}"), "Do it.");
        rows += &format!(r#"<row r="{at}">{cells}</row>"#);
    }
    rows += &row(5, &["4", "Do that."]);
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&[Sheet::new("Items", rows)], false));
    let told = "`Rec No` has dates in cells A2, A3, A4, because spreadsheet programs change ids such as 1.1.1 and 3/4 into dates; format the column as text and type the ids again";
    let explained = desk.ask(&["import", "t.xlsx"]);
    assert!(explained.stdout.contains(told), "{}", explained.stdout);
    let made = desk.by_suggestion("t.xlsx");
    assert!(made.stdout.contains(told), "{}", made.stdout);
    assert!(desk.text("plan.toml").contains("id = \"2001-01-01\""));
    let desk = Desk::with("t.csv", "Rec No,Recommendation\n1.1.1,One.\n12.5.3,Two.\n3/4,Three.\n");
    assert_eq!(desk.by_suggestion("t.csv").status, 0);
    let plan = desk.text("plan.toml");
    for id in ["1.1.1", "12.5.3", "3/4"] {
        assert!(plan.contains(&format!("id = \"{id}\"")), "{id}: {plan}");
    }
}

#[test]
fn every_new_error_value_is_named_with_its_cell_and_what_to_do() {
    for value in ["#SPILL!", "#CALC!", "#BUSY!"] {
        let broken = format!(r#"<row r="7"><c r="C7" t="e"><v>{value}</v></c></row>"#);
        let sound = row(1, &["Rec No", "Recommendation"]) + &row(2, &["1", "Do it."]);
        let sheets = [Sheet::new("Items", sound), Sheet::new("Sums", broken)];
        let desk = Desk::with("t.xlsx", workbooks::xlsx(&sheets, false));
        let made = desk.by_suggestion("t.xlsx");
        let told = format!(
            "sheet `Sums` cannot be read: cell C7 holds the error {value}, and a sheet with such an error cannot be read; clear each cell with such an error"
        );
        assert!(made.stdout.contains(&told), "{}", made.stdout);
        assert!(desk.text("plan.toml").contains("Do it."));
    }
}

#[test]
fn a_column_of_formulas_without_results_is_not_a_column_without_dates() {
    let rows: String = (2..5)
        .map(|at| {
            let cells = text(&format!("A{at}"), &at.to_string())
                + &text(&format!("B{at}"), "Do it.")
                + &format!(r#"<c r="C{at}"><f>EDATE(TODAY(),3)</f><v></v></c>"#);
            format!(r#"<row r="{at}">{cells}</row>"#)
        })
        .collect();
    let rows = row(1, &["Rec No", "Recommendation", "Due date"]) + &rows;
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&[Sheet::new("Items", rows)], false));
    let made = desk.by_suggestion("t.xlsx");
    let told = "all cells: a formula without a stored result is read as an empty cell: open the file in a spreadsheet program, save it";
    assert!(made.stdout.contains(told), "{}", made.stdout);
}

#[test]
fn thousands_of_rows_of_empty_texts_are_no_rows() {
    let empty: String = (3..4017)
        .map(|at| {
            format!(
                r#"<row r="{at}"><c r="A{at}" t="str"><v></v></c>{}</row>"#,
                text(&format!("B{at}"), " ")
            )
        })
        .collect();
    let rows = row(1, &["Rec No", "Recommendation"]) + &row(2, &["1", "Do it."]) + &empty;
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&[Sheet::new("Items", rows)], false));
    let made = desk.by_suggestion("t.xlsx");
    assert_eq!(made.status, 0);
    assert!(made.stdout.contains("1 row read, 1 recommendation added"), "{}", made.stdout);
}

#[test]
fn what_is_hidden_or_merged_is_told_and_the_spaces_of_rich_text_go() {
    let rich = r#"<c r="B2" t="inlineStr"><is><r><t xml:space="preserve"> Do </t></r><r><t xml:space="preserve">it. </t></r></is></c>"#;
    let rows = row(1, &["Rec No", "Recommendation", "Owner"])
        + &format!(r#"<row r="2">{}{rich}{}</row>"#, text("A2", "1"), text("C2", "Jo"))
        + &row(3, &["2", "Do that.", ""]);
    let after = r#"<mergeCells><mergeCell ref="C2:C3"/></mergeCells>"#;
    let sheet = Sheet { state: "veryHidden", after, ..Sheet::new("Items", rows) };
    let cover = Sheet::new("Cover", row(1, &["Welcome"]));
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&[cover, sheet], false));
    let made = desk.by_suggestion("t.xlsx");
    for told in [
        "sheet `Items`: this sheet is hidden even from Excel's list of hidden sheets, but is read like the others",
        "sheet `Items`: 1 range of cells is merged across several rows, and only the first row has the value; `fill_down` copies the value to the other rows",
        "sheet `Cover` is not in the mapping and was not read",
    ] {
        assert!(made.stdout.contains(told), "{told}: {}", made.stdout);
    }
    assert!(desk.text("plan.toml").contains("text = \"Do it.\"\n"), "{}", desk.text("plan.toml"));
}

#[test]
fn an_encoding_is_used_if_the_user_names_it_and_told_if_it_was_chosen() {
    // The pound sign and curly quotes of Windows-1252, which detectors take for Central European or Cyrillic.
    let desk = Desk::with("t.csv", b"Rec No,Recommendation\n1,Save \xa35 on \x93tea\x94.\n");
    let explained = desk.ask(&["import", "t.csv"]);
    assert!(explained.stdout.contains("Save £5 on “tea”."), "{}", explained.stdout);
    assert!(explained.stdout.contains("read as windows-1252"), "{}", explained.stdout);
    let named = desk.ask(&["import", "t.csv", "--encoding", "windows-1250"]);
    assert!(named.stdout.contains("Save Ł5 on “tea”."), "{}", named.stdout);
    let unknown = desk.ask(&["import", "t.csv", "--encoding", "cp9999"]);
    assert!(
        unknown.stderr.contains("unknown encoding `cp9999`; use a name such as"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn wordings_that_lenient_programs_read_as_days_stay_wordings() {
    let file = "Rec No,Recommendation,Due date,Status,Status date\n1,One.,N/A,Open,N/A\n2,Two.,Q2 2024,Open,5.1\n3,Three.,May 2024,Open,2024-01-09\n";
    let desk = Desk::with("t.csv", file);
    let made = desk.by_suggestion("t.csv");
    assert_eq!(made.status, 1);
    for told in ["“N/A”: not a date (line 2)", "“5.1”: not a date (line 3)", "“Q2 2024” (line 3)"]
    {
        assert!(made.stdout.contains(told), "{told}: {}", made.stdout);
    }
    let plan = desk.text("plan.toml");
    assert!(plan.contains("timescale = \"Q2 2024\"\ndue = \"To be agreed\""), "{plan}");
}

#[test]
fn a_row_of_totals_is_told_and_is_no_recommendation() {
    for total in [
        "Total,,,,9",
        "Grand total: 2,,,,",
        "Summe,2,,,",
        "TOTAL GÉNÉRAL,2,,,",
        ",Total,,,9",
        "TOTAL GÉNÉRAL,2,,,",
    ] {
        let file = format!(
            "Rec No,Recommendation,Owner,Status,Cost\n1,One.,Jo,Open,4\n2,Two.,Al,Open,5\n{total}\n"
        );
        let desk = Desk::with("t.csv", file);
        let made = desk.by_suggestion("t.csv");
        assert_eq!(made.status, 1, "{total}: {}", made.stdout);
        assert!(made.stdout.contains("3 lines read, 2 recommendations added"), "{}", made.stdout);
        let told = "the row has totals, so it is not a recommendation (line 4)";
        assert!(made.stdout.contains(told), "{}", made.stdout);
    }
    // A company is called so.
    let desk = Desk::with(
        "t.csv",
        "Company,Rec No,Recommendation\nTotal,1,Count barrels.\nTotal,2,Count tanks.\n",
    );
    assert_eq!(desk.by_suggestion("t.csv").status, 0);
    assert!(desk.text("plan.toml").contains("Count tanks."));
}

#[test]
fn a_german_tracker_is_a_plan_in_one_go() {
    let file = "\
Lfd. Nr.;Empfehlung;Priorität;Maßnahme;Verantwortlich;Termin;Neuer Termin;Stand;Aktualisiert am;Bemerkung
1;Berichte vorlegen.;Hoch;Bericht wird erstellt.;Kämmerei;30.06.2024;;In Arbeit;15.02.2024;Entwurf liegt vor.
2;Register führen.;Mittel;;Rechtsamt;31.03.2024;;Erledigt;28.02.2024;
3;Strategie prüfen.;Niedrig;;Kämmerei;2024-12;;Offen;;
4;Notfallplan testen.;Hoch;;IT-Amt;30.09.2024;31.12.2024;Verzögert;01.02.2024;Personal fehlt.
5;Rollen beschreiben.;Mittel;;IT-Amt;31.05.2024;;Nicht begonnen;;
6;Verträge prüfen.;Mittel;;Rechtsamt;31.05.2024;;Teilweise umgesetzt;20.02.2024;
7;Schulungen anbieten.;Niedrig;;Personalamt;30.11.2024;;In Bearbeitung;12.02.2024;
8;Inventur machen.;Hoch;;Kämmerei;31.01.2024;;Umgesetzt;31.01.2024;Protokoll abgelegt.
9;Archiv räumen.;Niedrig;;Hauptamt;30.04.2024;;Entfallen;10.02.2024;Archiv aufgegeben.
10;Vier Augen.;Hoch;;Kämmerei;30.04.2024;;Offen;;
11;Zugänge sperren.;Hoch;;IT-Amt;15.03.2024;;Abgeschlossen;14.02.2024;
12;Kalender führen.;Mittel;;Rechtsamt;31.05.2024;;Laufend;;
";
    let desk = Desk::with("t.csv", file);
    let made = desk.by_suggestion("t.csv");
    assert_eq!(made.status, 0, "{}\n{}", made.stdout, desk.text("map.toml"));
    let map = desk.text("map.toml");
    assert!(map.contains("priorities = [\"Hoch\", \"Mittel\", \"Niedrig\"]"), "{map}");
    assert!(!map.contains("no word seems to fit") && !map.contains("\"extra\"\n"), "{map}");
    let status = desk.ask(&["status"]);
    assert!(
        status.stdout.contains("3 complete, 5 in progress, 3 not started, 1 not pursued"),
        "{}",
        status.stdout
    );
}
