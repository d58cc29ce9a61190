//! Tests of trackers as they are published, as workbooks, csv and JSON files. They are described, mapped, imported into
//! a new plan, and imported again.

use std::{fs, path::Path};

use crate::support::{
    desk::Desk,
    workbooks::{self, Sheet, row},
};

const TRACKER: &str = "\
Rec No,Recommendation,Priority,Lead Officer,Target date,Status,Status date,Comments
1,Report budgets.,High,Head of Finance,30/06/2024,Pending,,
2,Keep a register.,Low,Clerk,Spring 2025,Partially implemented,22/01/2024,Begun.
";

#[test]
fn a_tracker_becomes_a_valid_plan_by_the_mapping_as_it_is_suggested() {
    let desk = Desk::with("tracker.csv", TRACKER);
    let made = desk.by_suggestion("tracker.csv");
    assert_eq!(made.status, 0, "{}", made.stdout);
    let text = desk.text("plan.toml");
    assert!(text.contains("timescale = \"30/06/2024\"\ndue = 2024-06-30\n"), "{text}");
    assert!(text.contains("timescale = \"Spring 2025\"\ndue = \"To be agreed\"\n"), "{text}");
    assert!(text.contains("status = \"in-progress\", by = \"tracker\", note = \"Partially implemented\\n\\nBegun.\""), "{text}");
    assert!(made.stdout.contains("Spring 2025"), "{}", made.stdout);
    let map = desk.text("map.toml");
    assert!(map.contains("# \"Spring 2025\" = \"2025-05\""), "{map}");
}

#[test]
fn the_same_file_again_changes_no_byte_whatever_its_columns_are_called_and_where_they_stand() {
    let desk = Desk::with("tracker.csv", TRACKER);
    desk.by_suggestion("tracker.csv");
    let text = desk.text("plan.toml");
    desk.import("tracker.csv");
    assert_eq!(desk.text("plan.toml"), text);
    let mut rows = csv::Reader::from_reader(TRACKER.as_bytes());
    let mut moved = csv::Writer::from_writer(Vec::new());
    let header = rows
        .headers()
        .unwrap()
        .iter()
        .rev()
        .map(|name| format!(" {} ", name.to_uppercase()))
        .collect::<Vec<_>>();
    moved.write_record(header).unwrap();
    for row in rows.records() {
        moved.write_record(row.unwrap().iter().rev().collect::<Vec<_>>()).unwrap();
    }
    desk.put("tracker.csv", moved.into_inner().unwrap());
    let again = desk.import("tracker.csv");
    assert_eq!(again.status, 0, "{}", again.stdout);
    assert_eq!(desk.text("plan.toml"), text);
    assert!(again.stdout.contains("2 unchanged"), "{}", again.stdout);
}

#[test]
fn the_next_file_appends_what_is_new_and_reports_the_rest() {
    let desk = Desk::with("tracker.csv", TRACKER);
    desk.by_suggestion("tracker.csv");
    let text = desk.text("plan.toml");
    desk.put("plan.toml", text.replace("id = \"1\"", "id = \"1\"    # the first"));
    assert_eq!(desk.on("2024-03-05", &["mark", "1", "complete", "--note", "Done."]).status, 0);
    desk.put(
        "tracker.csv",
        "\
Rec No,Recommendation,Priority,Lead Officer,Target date,Status,Status date,Comments
1,Report all budgets.,High,Head of Finance,30/06/2024,Pending,,
2,Keep a register.,Low,Clerk,Spring 2025,Implemented,20/03/2024,Online.
3,Ask for bids.,High,Clerk,May 2024,In progress,21/03/2024,
",
    );
    let before = desk.text("plan.toml");
    let words = ["import", "tracker.csv", "--map", "map.toml", "--into", "plan.toml"];
    let dry = desk.on("2024-04-01", &[&words[..], &["--dry-run"]].concat());
    assert!(dry.stdout.contains("+  { on = 2024-03-20, status = \"complete\""), "{}", dry.stdout);
    assert_eq!(desk.text("plan.toml"), before);
    let next = desk.on("2024-04-01", &words);
    assert_eq!(next.status, 0, "{}{}", next.stdout, next.stderr);
    let after = desk.text("plan.toml");
    assert!(
        after.contains("# the first") && after.contains("status = \"complete\", note = \"Done.\"")
    );
    assert!(after.contains("text = \"Report budgets.\""), "{after}");
    assert!(
        after.contains("note = \"Implemented\\n\\nOnline.\"") && after.contains("id = \"3\""),
        "{after}"
    );
    assert!(
        next.stdout.contains("1 status: plan “complete”, file (line 2) “not started”"),
        "{}",
        next.stdout
    );
    assert!(next.stdout.contains("1 text: plan “Report budgets.”"), "{}", next.stdout);
    assert_eq!(desk.on("2024-04-02", &["check"]).status, 0);
    desk.put(
        "tracker.csv",
        "Rec No,Recommendation,Priority,Lead Officer,Target date,Status,Status date,Comments\n",
    );
    let empty = desk.on("2024-05-01", &words);
    assert!(empty.stdout.contains("kept in the plan: 1, 2, 3"), "{}", empty.stdout);
    assert_eq!(desk.text("plan.toml"), after);
}

#[test]
fn what_finds_no_place_is_told_with_its_rows_and_kept_and_its_row_is_made_all_the_same() {
    let desk = Desk::with(
        "tracker.csv",
        TRACKER.replace("Pending", "Somewhat").replace("22/01/2024", "soon"),
    );
    let made = desk.by_suggestion("tracker.csv");
    assert_eq!(made.status, 1);
    assert!(
        made.stdout.contains("column `Status`, “Somewhat”: the mapping has no word"),
        "{}",
        made.stdout
    );
    assert!(desk.text("plan.toml").contains("id = \"1\""));
    fs::remove_file(desk.path().join("plan.toml")).unwrap();
    let words = [
        "import",
        "tracker.csv",
        "--map",
        "map.toml",
        "--into",
        "plan.toml",
        "--rest",
        "rest.csv",
        "--exit-zero",
    ];
    assert_eq!(desk.ask(&words).status, 0);
    assert_eq!(desk.text("rest.csv").lines().count(), 2);
    let unmapped = desk.text("map.toml").replace("Comments = \"note\"\n", "");
    desk.put("map.toml", unmapped);
    let json = desk.ask(&[
        "import",
        "tracker.csv",
        "--map",
        "map.toml",
        "--into",
        "plan.toml",
        "--format",
        "json",
    ]);
    assert_eq!(json.status, 1);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let columns: Vec<&str> = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["column"].as_str().unwrap())
        .collect();
    assert!(columns.contains(&"Comments"), "{json}");
}

#[test]
fn a_mistaken_mapping_is_told_with_what_is_meant() {
    let desk = Desk::with("tracker.csv", TRACKER);
    for (mapping, told) in [
        ("[[sheet]]\ncolums = {}\n", "did you mean `columns`"),
        ("[[sheet]]\n[sheet.columns]\n\"Rec No\" = \"idd\"\n", "no key `idd`"),
        ("[[sheet]]\nrows = \"action\"\n", "did you mean `actions`"),
        ("[plan]\ntitle = \"x\"\n", "this is a plan"),
        (
            "[[sheet]]\n[sheet.dates]\n\"Target date\" = \"ymd\"\n",
            "is not an order of day, month and year",
        ),
        (
            "[[sheet]]\n[due]\n\"Spring\" = \"soon\"\n",
            "the date `soon` for `Spring` cannot be read",
        ),
    ] {
        desk.put("map.toml", mapping);
        let answer =
            desk.ask(&["import", "tracker.csv", "--map", "map.toml", "--into", "plan.toml"]);
        assert_eq!(answer.status, 2, "{mapping}");
        assert!(answer.stderr.contains(told), "{}", answer.stderr);
    }
}

#[test]
fn a_tracker_without_dates_and_with_repeated_numbers_has_ids_of_several_columns() {
    let desk = Desk::with("t.csv", "\
title,audit_num,agency,issued,recommendation,response,response_status,status_date
Audit of parks,FK21-084A,Parks,06/29/2022,Keep records of trees.,Agreed With,Implemented,01/15/2023
Audit of parks,FK21-084A,Buildings,06/29/2022,Keep records of trees.,Partially Agreed With,Pending,01/15/2023
Audit of fleet,FN20-001A,Fleet,03/02/2021,Replace old cars.,Disagreed With,N/A,
");
    let made = desk.by_suggestion("t.csv");
    assert_eq!(made.status, 0, "{}\n{}", made.stdout, desk.text("map.toml"));
    let text = desk.text("plan.toml");
    assert_eq!(text.matches("\n[[recommendation]]\n").count(), 3, "{text}");
    assert!(
        text.contains("response = \"partially-accepted\"")
            && text.contains("response = \"rejected\""),
        "{text}"
    );
    assert!(text.contains("date = 2022-06-29"), "{text}");
}

#[test]
fn a_header_below_a_title_and_help_is_found_and_closed_items_on_another_sheet_are_read() {
    let headers = [
        "POAM ID",
        "Weakness Name",
        "Weakness Description",
        "Point of Contact",
        "Scheduled Completion Date",
        "Original Risk Rating",
        "Comments",
    ];
    let open = [
        row(1, &["FedRAMP POA&M"]),
        row(3, &["CSP", "System", "Impact"]),
        row(5, &headers),
        row(
            6,
            &[
                "Unique identifier of the item for tracking",
                "Short name of the weakness",
                "What was found",
                "Who is responsible",
                "When it will be fixed",
                "High, moderate or low",
                "Anything else",
            ],
        ),
        row(8, &["V-1 (example)", "Example", "An example", "Jo", "2024-01-01", "High", ""]),
        row(
            9,
            &[
                "V-7",
                "Weak ciphers",
                "Old ciphers are allowed.",
                "Jo Roe",
                "2024-06-30",
                "Moderate",
                "Planned.",
            ],
        ),
        row(10, &["", " ", "", "", "", "", ""]),
    ];
    let closed = [
        row(5, &headers),
        row(6, &["V-2", "No logs", "Logs are off.", "Jo Roe", "2024-01-31", "High", "Fixed."]),
    ];
    let sheets = [
        Sheet::new("Open Items", open.concat()),
        Sheet { state: "hidden", ..Sheet::new("Closed Items", closed.concat()) },
    ];
    let desk = Desk::with("poam.xlsx", workbooks::xlsx(&sheets, false));
    let explained = desk.ask(&["import", "poam.xlsx"]);
    assert!(
        explained.stdout.contains("headers in row 5")
            && explained.stdout.contains("Closed Items, hidden"),
        "{}",
        explained.stdout
    );
    let made = desk.by_suggestion("poam.xlsx");
    assert_eq!(made.status, 0, "{}", made.stdout);
    let text = desk.text("plan.toml");
    assert!(
        text.contains("id = \"V-7\"") && text.contains("id = \"V-2\"") && !text.contains("V-1"),
        "{text}"
    );
    assert!(text.contains("priorities = [\"High\", \"Moderate\"]"), "{text}");
    assert!(
        made.stdout.contains("this sheet is hidden, but is read like the others"),
        "{}",
        made.stdout
    );
}

#[test]
fn cells_merged_over_several_rows_make_one_recommendation_with_an_action_a_row() {
    let rows = [
        row(1, &["Rec", "Recommendation", "Agreed action", "Owner", "Due date", "Status"]),
        row(2, &["1", "Report budgets.", "Write the report.", "Jo", "May 2024", "Completed"]),
        row(3, &["", "", "Send the report.", "Al", "June 2024", "Open"]),
        row(4, &["2", "Keep a register.", "Buy a book.", "Jo", "July 2024", "Open"]),
    ];
    let merged = r#"<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>"#;
    let sheet = Sheet { after: merged, ..Sheet::new("Plan", rows.concat()) };
    let desk = Desk::with("plan.xlsx", workbooks::xlsx(&[sheet], false));
    let made = desk.by_suggestion("plan.xlsx");
    assert_eq!(made.status, 0, "{}\n{}", made.stdout, desk.text("map.toml"));
    let text = desk.text("plan.toml");
    assert_eq!(
        (
            text.matches("\n[[recommendation]]\n").count(),
            text.matches("\n[[recommendation.action]]\n").count()
        ),
        (2, 3),
        "{text}"
    );
    assert!(
        text.contains(
            "id = \"1.2\"\nowner = \"Al\"\ntext = \"Send the report.\"\ntimescale = \"June 2024\""
        ),
        "{text}"
    );
    let before = desk.text("plan.toml");
    desk.import("plan.xlsx");
    assert_eq!(desk.text("plan.toml"), before);
}

#[test]
fn a_cell_with_labelled_parts_is_split_by_its_labels() {
    let cell = |id: &str, department: &str, status: &str, due: &str| {
        format!(
            "{id},\"Department:{department}Title:Control over auditsStatus:Corrective action {status}Corrective Action:The Department will review policies.Completion Date:{due}\"\n"
        )
    };
    let file = [
        "Audit Finding Reference Number,Planned Corrective Action\n".to_owned(),
        cell(
            "2022-032",
            "Education",
            "in progress",
            "June 30, 2023 and December 31, 2023 respectively",
        ),
        cell("2022-033", "Health", "complete", "March 6, 2023"),
        cell("2022-034", "Labour", "is not required", "N/A"),
    ];
    let desk = Desk::with("audit.csv", file.concat());
    let made = desk.by_suggestion("audit.csv");
    assert_eq!(made.status, 1, "{}", made.stdout);
    assert!(made.stdout.contains("“Corrective action is not required”"), "{}", made.stdout);
    let text = desk.text("plan.toml");
    assert!(
        text.contains("owner = \"Education\"") && text.contains("timescale = \"March 6, 2023\""),
        "{text}"
    );
    assert!(text.contains("timescale = \"June 30, 2023 and December 31, 2023 respectively\"\ndue = \"To be agreed\""), "{text}");
    assert!(
        desk.text("map.toml")
            .contains("# \"June 30, 2023 and December 31, 2023 respectively\" = \"2023-"),
        "{}",
        desk.text("map.toml")
    );
}

#[test]
fn sheets_that_are_joined_on_a_reference_say_more_of_one_recommendation() {
    let sheets = [
        Sheet::new(
            "Plans",
            [
                row(1, &["Reference Number", "Planned Corrective Action"]),
                row(2, &["2022-001", "We will do it."]),
            ]
            .concat(),
        ),
        Sheet::new(
            "Awards",
            [
                row(1, &["Award", "Reference Number", "Type"]),
                row(2, &["A-1", "2022-001", "E"]),
                row(3, &["A-2", "2022-001", "L"]),
            ]
            .concat(),
        ),
        Sheet::new(
            "Texts",
            [
                row(1, &["Reference Number", "Text of the Audit Finding"]),
                row(2, &["2022-001", "Nobody checked."]),
                row(3, &["2022-009", "Lost."]),
            ]
            .concat(),
        ),
    ];
    let desk = Desk::with("audit.xlsx", workbooks::xlsx(&sheets, false));
    let made = desk.by_suggestion("audit.xlsx");
    let text = desk.text("plan.toml");
    assert!(
        text.contains("text = \"Nobody checked.\"\nresponse_text = \"We will do it.\""),
        "{text}"
    );
    assert!(text.contains("Award = \"A-1; A-2\"\nType = \"E; L\""), "{text}");
    assert_eq!(made.status, 1);
    assert!(made.stdout.contains("2022-009"), "{}", made.stdout);
}

#[test]
fn nested_objects_are_read_by_paths_and_lists_in_them_are_updates() {
    let file = r#"{"meta": {"n": 2}, "items": [
        {"id": 1, "code": "R01", "titles": {"short": "Steer", "long": "Provide a steer"}, "text": "Set a direction.",
         "ownership": {"primary_owner": "No. 10", "co_owners": ["Cabinet Office"]},
         "delivery_timeline": {"original_text": "End of January 2026", "revised_target_date": null},
         "overall_status": {"status": "completed", "last_updated": "2024-02-01", "summary": "Done."},
         "updates": [{"date": "2024-01-10", "status": "on_track", "title": "Begun", "links": [{"url": "https://example.org/a"}]}]},
        {"id": 2, "code": "R02", "titles": {"short": "Commission"}, "text": "Establish a commission.",
         "delivery_timeline": {"original_text": "End of 2027", "revised_target_date": "2028-07-31"},
         "overall_status": {"status": "on_track", "last_updated": "2024-02-01", "summary": "Accepted."}, "updates": []}]}"#;
    let desk = Desk::with("tracker.json", file);
    let made = desk.by_suggestion("tracker.json");
    assert_eq!(made.status, 0, "{}\n{}", made.stdout, desk.text("map.toml"));
    let text = desk.text("plan.toml");
    assert!(text.contains("owner = [\"No. 10\", \"Cabinet Office\"]"), "{text}");
    assert!(
        text.contains("outlook = \"on-track\"")
            && text.contains("evidence = [\"https://example.org/a\"]"),
        "{text}"
    );
    assert!(
        text.contains("revisions = [\n  { on = 2024-02-01, to = 2028-07-31")
            || text.contains("to = 2028-07-31"),
        "{text}"
    );
    let before = desk.text("plan.toml");
    desk.import("tracker.json");
    assert_eq!(desk.text("plan.toml"), before);
}

#[test]
fn two_rows_with_one_id_are_named_and_never_made_one() {
    let rows = r#"<row r="2"><c r="A2"><v>5.1</v></c><c r="B2" t="inlineStr"><is><t>One.</t></is></c></row><row r="3"><c r="A3"><v>5.1</v></c><c r="B3" t="inlineStr"><is><t>Ten.</t></is></c></row>"#;
    let more: String = (4..60).map(|n| row(n, &[&format!("N{n}"), "More."])).collect();
    let sheet = Sheet::new("Items", row(1, &["Rec No", "Recommendation"]) + rows + &more);
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&[sheet], false));
    let made = desk.by_suggestion("t.xlsx");
    assert_eq!(made.status, 1);
    assert!(
        made.stdout.contains("“5.1”: row 2 has the same id") && made.stdout.contains("(row 3)"),
        "{}",
        made.stdout
    );
    assert!(made.stdout.contains("5.10 becomes 5.1"), "{}", made.stdout);
    assert!(!desk.text("plan.toml").contains("Ten."));
    let formatted = rows.replace("r=\"A3\"", "r=\"A3\" s=\"1\"");
    let sheet = Sheet::new("Items", row(1, &["Rec No", "Recommendation"]) + &formatted);
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&[sheet], false));
    assert_eq!(desk.by_suggestion("t.xlsx").status, 0);
    assert!(desk.text("plan.toml").contains("id = \"5.10\""));
}

#[test]
fn what_a_workbook_hides_is_told() {
    let rows = [
        row(1, &["Rec No", "Recommendation", "Due date", "Status", "Status"]),
        r#"<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2" t="inlineStr"><is><t>Do it. </t></is></c><c r="C2"><f>TODAY()</f><v></v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="inlineStr"><is><t>Done</t></is></c></row>"#.to_owned(),
        r#"<row r="3"><c r="A3" t="inlineStr"><is><t>2</t></is></c><c r="B3" t="inlineStr"><is><t>Do that.</t></is></c><c r="C3" s="2"><v>45413</v></c></row>"#.to_owned(),
    ];
    let broken = Sheet::new("Old", r#"<row r="1"><c r="B1" t="e"><v>#CALC!</v></c></row>"#);
    let desk =
        Desk::with("t.xlsx", workbooks::xlsx(&[Sheet::new("Items", rows.concat()), broken], false));
    let explained = desk.ask(&["import", "t.xlsx"]).stdout;
    for told in [
        "these rows are hidden or filtered out, but are read like the others: row 2",
        "a formula without a stored result",
        "the error #N/A",
        "Status (1)",
        "B1 holds the error #CALC!",
    ] {
        assert!(explained.contains(told), "{told}: {explained}");
    }
    let made = desk.by_suggestion("t.xlsx");
    assert_eq!(made.status, 1);
    assert!(made.stdout.contains("two columns have this header"), "{}", made.stdout);
    assert!(
        desk.text("plan.toml").contains("timescale = \"2024-05\""),
        "{}",
        desk.text("plan.toml")
    );
}

#[test]
fn dates_that_can_be_read_both_ways_are_asked_about() {
    let file = "Rec No,Recommendation,Due date,Status,Status date\n1,One.,03/04/2024,Open,02/01/2024\n2,Two.,05/06/2024,Open,01/02/2024\n";
    let desk = Desk::with("t.csv", file);
    let made = desk.by_suggestion("t.csv");
    assert_eq!(made.status, 1);
    assert!(
        desk.text("map.toml").contains(
            "# \"Due date\" = \"dmy\"    # or \"mdy\": 03/04/2024 could be day first or month first"
        ),
        "{}",
        desk.text("map.toml")
    );
    assert!(desk.text("plan.toml").contains("due = \"To be agreed\""));
    let map = desk
        .text("map.toml")
        .replace("# \"Due date\" = \"dmy\"", "\"Due date\" = \"dmy\"")
        .replace("# \"Status date\" = \"dmy\"", "\"Status date\" = \"mdy\"");
    desk.put("map.toml", map);
    fs::remove_file(desk.path().join("plan.toml")).unwrap();
    assert_eq!(desk.import("t.csv").status, 0);
    let text = desk.text("plan.toml");
    assert!(text.contains("due = 2024-04-03") && text.contains("on = 2024-02-01"), "{text}");
}

#[test]
fn a_broken_or_hostile_file_is_one_clear_error() {
    let desk = Desk::new();
    let deep = "[".repeat(100_000);
    for (name, bytes, told) in [
        ("a.xlsx", b"PK\x03\x04nothing".to_vec(), "damaged"),
        ("b.xlsx", b"Rec,Text\n1,x\n".to_vec(), "not a workbook"),
        ("c.json", deep.into_bytes(), "not JSON"),
        ("d.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "xls"),
        ("e.json", b"{\"a\": 1}".to_vec(), "no list of objects"),
    ] {
        desk.put(name, bytes);
        let answer = desk.ask(&["import", name]);
        assert_eq!(answer.status, 4, "{name}: {}{}", answer.stdout, answer.stderr);
        assert!(answer.stderr.contains(told) && answer.stderr.contains(name), "{}", answer.stderr);
        assert!(answer.stdout.is_empty());
    }
    desk.put(
        "f.csv",
        "Rec No,Recommendation,Status\n1,\"\u{1b}[31mred\u{202e}\",=cmd|'/c calc'!A1\n",
    );
    let made = desk.by_suggestion("f.csv");
    assert!(
        !made.stdout.contains('\u{1b}') && !made.stdout.contains('\u{202e}'),
        "{}",
        made.stdout
    );
    assert!(desk.ask(&["import", "none.xlsx"]).stderr.contains("does not exist"));
}

#[test]
fn workbooks_of_libreoffice_make_the_same_plan_in_any_format() {
    let mut plans = Vec::new();
    for name in ["tracker.xls", "tracker.ods"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name);
        let desk = Desk::with(name, fs::read(file).unwrap());
        let made = desk.by_suggestion(name);
        assert_eq!(made.status, 0, "{}", made.stdout);
        plans.push(desk.text("plan.toml"));
    }
    assert_eq!(plans[0], plans[1]);
    assert!(
        plans[0].contains("id = \"1\"\ntext = \"Report budgets.\"\ntimescale = 2024-06-30\n"),
        "{}",
        plans[0]
    );
}

#[test]
fn a_column_of_plans_makes_a_plan_of_each() {
    let desk =
        Desk::with("t.csv", "Rec No,Recommendation,Audit\n1,One.,Parks\n1,Other.,Fleet and cars\n");
    desk.put("map.toml", "[[sheet]]\n[sheet.columns]\n\"Rec No\" = \"id\"\n\"Recommendation\" = \"text\"\n\"Audit\" = \"plan\"\n");
    fs::create_dir(desk.path().join("plans")).unwrap();
    let made = desk.ask(&["import", "t.csv", "--map", "map.toml", "--into", "plans"]);
    assert_eq!(made.status, 0, "{}{}", made.stdout, made.stderr);
    assert!(
        desk.text("plans/parks.toml").contains("One.")
            && desk.text("plans/fleet-and-cars.toml").contains("Other.")
    );
}

#[test]
fn an_ods_cell_keeps_the_digits_and_the_month_that_it_shows() {
    let text = |words: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>"#
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let number = r#"<table:table-cell office:value-type="float" office:value="5.1"><text:p>5.10</text:p></table:table-cell>"#;
    let month = r#"<table:table-cell office:value-type="date" office:date-value="2024-05-01"><text:p>May 2024</text:p></table:table-cell>"#;
    let rows = [
        row(&["Rec No", "Recommendation", "Due date"].map(text)),
        row(&[number.to_owned(), text("Do it."), month.to_owned()]),
    ];
    let desk = Desk::with("t.ods", workbooks::ods("Items", &rows.concat()));
    assert_eq!(desk.by_suggestion("t.ods").status, 0);
    let plan = desk.text("plan.toml");
    assert!(plan.contains("id = \"5.10\"") && plan.contains("timescale = \"2024-05\""), "{plan}");
}

#[test]
fn hidden_columns_are_read_and_told() {
    let rows = [
        row(1, &["Rec No", "Recommendation", "Owner", "Comments"]),
        row(2, &["1", "Do it.", "Jo", ""]),
    ];
    let columns =
        r#"<cols><col min="1" max="1" width="9"/><col min="3" max="9" hidden="1"/></cols>"#;
    let sheet = Sheet { columns, ..Sheet::new("Items", rows.concat()) };
    let mut workbook = vec![workbooks::xlsx(&[sheet], false)];
    let cell = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let line = |texts: &[&str]| {
        format!(
            "<table:table-row>{}</table:table-row>",
            texts.iter().map(|text| cell(text)).collect::<String>()
        )
    };
    let hidden = r#"<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>"#;
    let rows = line(&["Rec No", "Recommendation", "Owner"]) + &line(&["1", "Do it.", "Jo"]);
    workbook.push(workbooks::ods("Items", &format!("{hidden}{rows}")));
    for (workbook, name) in workbook.iter().zip(["t.xlsx", "t.ods"]) {
        let desk = Desk::with(name, workbook);
        let told = "these columns are hidden, but are read like the others: `Owner`.";
        let explained = desk.ask(&["import", name]);
        assert!(explained.stdout.contains(told), "{}", explained.stdout);
        let made = desk.by_suggestion(name);
        assert!(made.stdout.contains(told), "{}", made.stdout);
        assert!(desk.text("plan.toml").contains("owner = \"Jo\""));
    }
}

#[test]
fn a_meaning_that_is_approved_later_amends_what_was_to_be_agreed() {
    let desk = Desk::with("tracker.csv", TRACKER);
    desk.by_suggestion("tracker.csv");
    let words = ["import", "tracker.csv", "--map", "map.toml", "--into", "plan.toml"];
    let approved = desk.text("map.toml").replace("# \"Spring 2025\"", "\"Spring 2025\"");
    desk.put("map.toml", &approved);
    let again = desk.on("2024-04-01", &words);
    assert_eq!(again.status, 0, "{}{}", again.stdout, again.stderr);
    assert!(again.stdout.contains("2: now Spring 2025 (due: 2025-05)"), "{}", again.stdout);
    let text = desk.text("plan.toml");
    assert!(text.contains("timescale = \"Spring 2025\"\ndue = \"2025-05\"\n"), "{text}");
    assert!(text.contains("was = \"Spring 2025 (due: To be agreed)\""), "{text}");
    assert_eq!(desk.on("2024-04-01", &["check"]).status, 0);
    let third = desk.on("2024-05-01", &words);
    assert!(third.stdout.contains("2 unchanged"), "{}", third.stdout);
    assert_eq!(desk.text("plan.toml"), text);
    // Another meaning is a matter of the people who agreed on the first.
    desk.put("map.toml", approved.replace("2025-05", "2025-06"));
    let other = desk.on("2024-05-01", &words);
    assert!(other.stdout.contains("an import never changes agreed wording"), "{}", other.stdout);
    assert_eq!(desk.text("plan.toml"), text);
}

#[test]
fn rows_of_updates_alone_are_appended_to_the_items_of_the_plan() {
    let desk = Desk::with("tracker.csv", TRACKER);
    desk.by_suggestion("tracker.csv");
    desk.put("news.csv", "Rec,Day,Said\n2,2024-02-10,Bought a book.\n9,2024-02-11,Lost.\n");
    desk.put(
        "map.toml",
        "by = \"clerk\"\n[[sheet]]\nrows = \"updates\"\n[sheet.columns]\nRec = \"id\"\nDay = \"on\"\nSaid = \"note\"\n",
    );
    let news = desk.import("news.csv");
    assert_eq!(news.status, 1);
    assert!(news.stdout.contains("2: update on 2024-02-10"), "{}", news.stdout);
    assert!(!news.stdout.contains("Missing in the file"), "{}", news.stdout);
    assert!(news.stdout.contains("“9”: no recommendation or action"), "{}", news.stdout);
    let text = desk.text("plan.toml");
    assert!(text.contains("{ on = 2024-02-10, note = \"Bought a book.\" }"), "{text}");
    desk.import("news.csv");
    assert_eq!(desk.text("plan.toml"), text);
}

#[test]
fn rows_of_several_sheets_go_to_the_plans_that_they_are_of() {
    let sheets = [
        Sheet::new(
            "Recs",
            [
                row(1, &["Audit", "Rec No", "Recommendation"]),
                row(2, &["Parks", "P1", "Plant trees."]),
                row(3, &["", "P2", "Mow."]),
                row(4, &["Fleet", "F1", "Count cars."]),
                row(5, &["fleet", "P2", "Wash."]),
            ]
            .concat(),
        ),
        Sheet::new(
            "News",
            [
                row(1, &["Rec No", "Date", "Note"]),
                row(2, &["P1", "2024-01-10", "Ten trees."]),
                row(3, &["F1", "2024-01-11", "Nine cars."]),
                row(4, &["P2", "2024-01-12", "Which?"]),
            ]
            .concat(),
        ),
    ];
    let desk = Desk::with("t.xlsx", workbooks::xlsx(&sheets, false));
    desk.put("map.toml", "[[sheet]]\nname = \"Recs\"\nfill_down = [\"Audit\"]\n[sheet.columns]\nAudit = \"plan\"\n\"Rec No\" = \"id\"\nRecommendation = \"text\"\n[[sheet]]\nname = \"News\"\nrows = \"updates\"\n[sheet.columns]\n\"Rec No\" = \"id\"\nDate = \"on\"\nNote = \"note\"\n");
    fs::create_dir(desk.path().join("plans")).unwrap();
    let words = ["import", "t.xlsx", "--map", "map.toml", "--into", "plans", "--rest", "rest.csv"];
    let made = desk.ask(&words);
    assert_eq!(made.status, 1, "{}{}", made.stdout, made.stderr);
    let (parks, fleet) = (desk.text("plans/parks.toml"), desk.text("plans/fleet.toml"));
    assert!(parks.contains("Mow.") && parks.contains("Ten trees."), "{parks}");
    assert!(fleet.contains("Wash.") && fleet.contains("Nine cars."), "{fleet}");
    assert_eq!(
        made.stdout.matches("nothing says which plan the row belongs to (row 4)").count(),
        1,
        "{}",
        made.stdout
    );
    assert!(desk.text("rest.csv").contains("Which?"), "{}", desk.text("rest.csv"));
    desk.ask(&words);
    assert_eq!((desk.text("plans/parks.toml"), desk.text("plans/fleet.toml")), (parks, fleet));
}

#[test]
fn a_changed_timescale_or_extra_value_is_told_with_the_command_that_takes_it_over() {
    let desk = Desk::with(
        "t.csv",
        "Rec No,Recommendation,Due date,Cost of it\n1,One.,30/06/2024,5\n2,Two.,Spring 2025,7\n",
    );
    desk.by_suggestion("t.csv");
    let plan = desk.text("plan.toml");
    desk.put(
        "t.csv",
        "Rec No,Recommendation,Due date, cost  of it\n1,One.,Autumn 2024,6\n2,Two.,Spring 2025,7\n3,New.,,8\n",
    );
    let next = desk.import("t.csv");
    for told in [
        "1 timescale: plan “30/06/2024 (due: 2024-06-30)”, file (line 2) “Autumn 2024 (due: To be agreed)”",
        "1 Cost of it: plan “5”, file (line 2) “6”; an import never changes extra keys",
        "plan amend 1 timescale \"…\" --reason",
        "plan extend 1 \"…\" --reason",
        "“Spring 2025” (line 3)",
    ] {
        assert!(next.stdout.contains(told), "{told}: {}", next.stdout);
    }
    assert!(!next.stdout.contains("“Autumn 2024” (line"), "{}", next.stdout);
    let text = desk.text("plan.toml");
    assert!(text.contains("\"Cost of it\" = \"8\"") && text.starts_with(&plan), "{text}");
}

#[test]
fn rows_that_moved_are_not_taken_for_each_other_if_their_numbers_are_the_ids() {
    let long = "about which the committee wants to hear at each meeting";
    let file =
        format!("Recommendation,Status\nOne {long}.,Open\nTwo {long}.,Open\nThree {long}.,Open\n");
    let desk = Desk::with("t.csv", &file);
    desk.by_suggestion("t.csv");
    assert!(desk.text("map.toml").contains("id = \"{row}\""), "{}", desk.text("map.toml"));
    let plan = desk.text("plan.toml");
    desk.put(
        "t.csv",
        file.replace(&format!("Two {long}.,Open\n"), "").replace("Open", "Completed"),
    );
    let next = desk.import("t.csv");
    assert_eq!(next.status, 1);
    let told = "the id is the row number, but the plan has a different text for this id";
    assert!(next.stdout.contains(told) && next.stdout.contains("(line 3)"), "{}", next.stdout);
    let text = desk.text("plan.toml");
    assert_eq!(text.matches("status = \"complete\"").count(), 1, "{plan}\n{text}");
}
