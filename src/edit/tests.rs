//! Tests that make every kind of change in texts with unusual layouts. No byte of the original text may get lost.

use proptest::prelude::*;

use super::*;
use crate::model::{
    Action, AmendKey, Day, Decision, Period, Recommendation, Response, Status, Timescale, Verdict,
};

/// Possible layouts of an action's list of progress entries in the file. `D` stands for a day.
const PROGRESS: [&str; 17] = [
    "",
    "# only a comment\n",
    "progress = []\n",
    "progress = [ ] # none yet\n",
    "progress = [\n]\n",
    "progress = [ # none\n    # yet\n  ] # here\n",
    "progress = [{ on = D, status = \"in-progress\" }]\n",
    "progress=[{on=D,status='in-progress'}]\n",
    "progress = [{ on = D, status = \"in-progress\" }, ] # after\n",
    "progress = [\n\t{ on = D, status = \"in-progress\" }, # same line, with ] and ,\n\t# below\n]\n",
    "progress = [\n  { on = D, status = \"in-progress\" } # no comma, ]\n]\n",
    "progress = [\n  { on = D, status = \"in-progress\" }\n  , ]\n",
    "progress = [ { on = D, status = \"in-progress\" },\n  { on = D, status = \"in-progress\", note = \"a ] b , # c\" } ]\n",
    "\"progress\" = [\n    { status = 'in-progress', on = D },\n\n]\n\n",
    "extra.a.b = 1\nextra.a.\"c d\" = '''\n]]\n'''\n",
    "\n  [[recommendation.action.progress]]\n  on = D\n  status = \"in-progress\" # c\n  [recommendation.action.progress.extra]\n  x = 1\n",
    "[[ recommendation . action.\"progress\" ]]\non = D\n\nstatus = \"in-progress\"\n\n# end\n",
];

/// Possible texts that follow an action in the file.
const AROUND: [&str; 4] = [
    "",
    "\n# a comment\n\n",
    "\t[recommendation.action.extra.own] # yours\n\tcost = 5\n",
    "[plan.extra]\nx = [\n  1, # one\n]\n",
];

fn layout() -> impl Strategy<Value = String> {
    let one = (prop::sample::select(&PROGRESS), prop::sample::select(&AROUND));
    (
        proptest::collection::vec(one, 1..4),
        prop::sample::select(&["", "revisions = []\n", "revisions = [\n  { on = D, to = \"July 2003\" }\n]\n"]),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(actions, revisions, inline, crlf, mark, last_newline)| {
            let mut text = "[plan]\ntitle = 'A plan'\ndate = 2003-05-08 # then\n\n".to_owned();
            text.push_str("[[recommendation]]\nid = \"5\"\ntext = \"\"\"\nDefine\n\"\"\"\n");
            text.push_str("timescale = \"June 2003\" # first\n");
            text.push_str(revisions);
            if inline {
                text.push_str("action = [{ id = \"5.1\", text = 'x', extra = { a = [1] } }, {id = \"5.2\", progress = [], text = 'y'}]\n");
            } else {
                let mut around_plan = false;
                for (number, (progress, around)) in actions.iter().enumerate() {
                    text.push_str(&format!("\n[[recommendation.action]]\nid = \"5.{}\"\ntext = 'x'\n{progress}", number + 1));
                    let again = around.starts_with("[plan") && std::mem::replace(&mut around_plan, true);
                    if !again {
                        text.push_str(around);
                    }
                }
            }
            text = text.replace("= D", "= 2003-05-20").replace("=D", "=2003-05-20");
            if !last_newline {
                text.truncate(text.trim_end().len());
            }
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            if mark {
                text.insert(0, '\u{feff}');
            }
            text
        })
}

fn remark(on: &str) -> Remark {
    Remark {
        on: on.parse().unwrap(),
        by: Some("ICG".into()),
        outlook: None,
        note_flag: "--note",
        note: Some("Quotes \" and ' and \\ and\na line, ] # } 漢字".into()),
        evidence: vec!["a.pdf".into()],
    }
}

fn today() -> Day {
    "2003-06-27".parse().unwrap()
}

fn five() -> Vec<Id> {
    vec![Id::parse("5").unwrap()]
}

/// Checks whether the actions are written as an array of inline tables. A `[[…action]]` table cannot be added to such
/// an array.
fn is_in_braces(text: &str) -> bool {
    text.contains("action = [{")
}

/// Returns the text after a change, or the original text if the change is impossible because an action is an inline
/// table.
fn changed(text: &str, decide: impl FnOnce(&Editor<'_>) -> Result<Vec<Change>, Refusal>) -> String {
    let decide = |plan: &Plan| decide(&Editor::new(plan, today()));
    match change(text, decide) {
        Ok(changed) => {
            assert!(!changed.changes.is_empty());
            changed.text
        }
        Err(Unchanged::Invalid(faults)) => panic!("{faults:#?}\n{text}"),
        Err(Unchanged::Refused(refusal))
            if refusal.message.contains("is written inside braces") =>
        {
            assert!(is_in_braces(text), "{refusal:?}\n{text}");
            text.to_owned()
        }
        Err(Unchanged::Refused(refusal)) => panic!("{refusal:?}\n{text}"),
        Err(Unchanged::Internal(error)) => panic!("{error}\n{text}"),
    }
}

/// Checks whether `new` contains all bytes of `old` in the same order.
fn only_adds(old: &str, new: &str) -> bool {
    let mut left = new.bytes();
    old.bytes().all(|byte| left.any(|other| other == byte))
}

proptest! {
    #![proptest_config(crate::testing::cases(200))]

    #[test]
    fn every_change_adds_what_was_meant_and_takes_no_byte_away(text in layout()) {
        let first = [Id::parse("5.1").unwrap()];
        let noted = changed(&text, |editor| editor.note(&first, &remark("2003-06-01")));
        let requested = changed(&noted, |editor| {
            let to = Timescale::parse("by end of September 2003").unwrap();
            editor.extend(&five(), &to, Some(Decision::Requested), &remark("2003-06-02"))
        });
        let extended = changed(&requested, |editor| {
            editor.decide(&five(), Decision::Agreed, None, &remark("2003-06-02"))
        });
        let marked = changed(&extended, |editor| editor.mark(&five(), Status::Complete, &remark("2003-06-20")));
        prop_assert_eq!(is_in_braces(&text), noted == text);
        prop_assert_eq!(is_in_braces(&text), marked == extended);
        let verified = match is_in_braces(&text) {
            true => marked.clone(),
            false => changed(&marked, |editor| {
                editor.verify(&five(), Verdict::Verified, &remark("2003-06-27"))
            }),
        };
        let grown = changed(&verified, |editor| {
            let action = Action::new(Id::unreadable(), "More.".into());
            Ok(vec![editor.add_action(&five()[0], Action { date: Some(today()), ..action })?])
        });
        let met = changed(&grown, |editor| {
            editor.add_meetings(&[Period::Day(today())], None)
        });
        let longer = changed(&met, |editor| {
            Ok(vec![editor.add_recommendation(None, Recommendation {
                priority: Some("high".into()),
                timescale: Some(Timescale::parse("2003-12-31").unwrap()),
                ..Recommendation::new(five()[0].clone(), "More, and so much of it that it is written in lines of its own: ".repeat(3))
            })?])
        });
        let steps = [&text, &noted, &requested, &extended, &marked, &verified, &grown, &met, &longer];
        for pair in steps.windows(2) {
            prop_assert!(only_adds(pair[0], pair[1]), "{}\n---\n{}", pair[0], pair[1]);
        }
        let amended = changed(&longer, |editor| {
            editor.amend(&five(), AmendKey::from_word("title").unwrap(), &["A title".to_owned()], None, &remark("2003-06-27"))
        });
        let again = changed(&amended, |editor| {
            editor.amend(&five(), AmendKey::from_word("title").unwrap(), &["Another".to_owned()], None, &remark("2003-06-27"))
        });
        prop_assert!(only_adds(&longer, &amended), "{}\n---\n{}", longer, amended);
        prop_assert!(only_adds(&amended.replacen("A title", "", 1), &again), "{}\n---\n{}", amended, again);
        let asked = changed(&again, |editor| {
            Ok(vec![editor.add_recommendation(None, Recommendation {
                response: Response::Awaited,
                ..Recommendation::new(five()[0].clone(), "Answer this.".into())
            })?])
        });
        let answer = Answer {
            response: Response::PartiallyAccepted,
            on: Some(today()),
            text: Some("As far as it goes.\nNo further.".into()),
            timescale: Timescale::parse("March 2004").ok(),
        };
        let last = asked.rmatch_indices("id = \"").next().map(|(at, _)| asked[at + 6..].to_owned());
        let last = Id::parse(last.unwrap().split('"').next().unwrap()).unwrap();
        let answered = changed(&asked, |editor| editor.respond(&[last], &answer));
        prop_assert!(only_adds(&asked.replacen("\"awaited\"", "", 1), &answered), "{}\n---\n{}", asked, answered);
        prop_assert_eq!(verified.contains("\r\n"), text.contains("\r\n"));
        prop_assert_eq!(verified.matches('\n').count() - verified.matches("\r\n").count(),
            if text.contains("\r\n") { 0 } else { verified.matches('\n').count() });
        prop_assert!(toml::from_str::<toml::Table>(&verified).is_ok());
    }
}

#[test]
fn only_what_was_meant_is_proved() {
    let recommendation = |id: &str| {
        format!("[[recommendation]]\nid = \"{id}\"\ntext = \"Do it.\"\ntimescale = \"Ongoing\"\n")
    };
    let (one, two) = (recommendation("1"), recommendation("2"));
    let source = format!("[plan]\ntitle = \"P\"\ndate = 2003-05-08\n\n{one}\n{two}");
    let is_proved = |text: &str| {
        let mut reader = Reader::default();
        let plan = reader.decode(&source).unwrap().plan;
        prove(reader, text, &plan).is_ok()
    };
    let with = |addition: &str| {
        source.replacen(
            "\n\n[[recommendation]]\nid = \"2\"",
            &format!("\n{addition}\n[[recommendation]]\nid = \"2\""),
            1,
        )
    };
    assert!(is_proved(&with("# a comment\n")));
    for addition in [
        "priority = \"high\"\n",
        "extra.a = 1\n",
        "[policy]\ngrace_days = 1\n",
        "[[recommendation]]\n",
        "\"\"\"\n",
        "text = \"Twice.\"\n",
    ] {
        assert!(!is_proved(&with(addition)), "{addition}");
    }
    for (old, new) in [("title = \"P\"", "title = \"Q\""), ("id = \"2\"", "id = \"3\"")] {
        assert!(!is_proved(&source.replace(old, new)), "{new}");
    }
}

#[test]
fn news_is_recorded_on_no_earlier_day_than_the_news_above_it_where_entries_may_be_ahead() {
    let text = "[plan]\ntitle = \"P\"\ndate = 2003-05-08\n[policy]\nfuture_entries = true\n\
                [[recommendation]]\nid = \"5\"\ntext = \"Do it.\"\ntimescale = \"Ongoing\"\nprogress = [\n  \
                { on = 2003-09-01, status = \"in-progress\" },\n  \
                { on = 2003-08-01, recorded = 2003-09-02, note = \"Later.\" },\n]\n";
    let noted = changed(text, |editor| editor.note(&five(), &remark("2003-06-01")));
    assert_eq!(noted.matches("recorded = 2003-09-02").count(), 2, "{noted}");
}
