//! Tests of amendments to the texts of past entries, in real repositories.

use crate::support::{PLAN, Repository, check, done};

#[test]
fn a_word_of_a_past_entry_is_amended_told_by_the_history_rules_and_taken_back_to_the_byte() {
    let tables = PLAN.replace(
        "progress = [\n  { on = 2003-07-10, status = \"complete\", evidence = [\"owners.pdf\"] },\n]\n",
        "\n  [[recommendation.action.progress]]\n  on = 2003-07-10 # then\n  status = \"complete\"\n  evidence = [\"owners.pdf\"]\n",
    );
    assert_ne!(tables, PLAN);
    for (plan, words, told) in [
        (PLAN, ["1.1", "progress.2.note", "Second report drafted."], "note[amended]"),
        (PLAN, ["1.2", "progress.1.note", "Named."], "note[amended]"),
        (PLAN, ["1.2", "progress.1.evidence", "names.pdf"], "warning[amended]"),
        (PLAN, ["1", "revisions.1.reason", "The group was dissolved"], "note[amended]"),
        (PLAN, ["1", "revisions.1.by", "Head of Review"], "warning[amended]"),
        (PLAN, ["2", "verification.1.by", "Internal Audit"], "warning[amended]"),
        (&tables, ["1.2", "progress.1.note", "Named."], "note[amended]"),
        (&tables, ["1.2", "progress.1.evidence", "names.pdf"], "warning[amended]"),
    ] {
        let repository = Repository::new(plan);
        done(&repository, &[&["amend"], &words as &[&str], &["--reason", "Typing slip"]].concat());
        let text = repository.text();
        assert!(text.contains(words[2]) && text.contains(words[1]), "{text}");
        let answer = check(&repository, &["--against", "main"]);
        assert_eq!(answer.status, 0, "{words:?}: {}", answer.stdout);
        assert!(answer.stdout.contains(told), "{words:?}: {}", answer.stdout);
        assert!(answer.stdout.contains("Typing slip"), "{words:?}: {}", answer.stdout);
        let changes = done(&repository, &["changes", "--since", "main", "--format", "json"]);
        assert!(!changes.stdout.contains("altered\": 1"), "{}", changes.stdout);
        done(&repository, &["undo"]);
        assert_eq!(repository.text(), plan, "{words:?}");
    }
}

#[test]
fn what_an_entry_decides_is_never_amended_and_a_word_changed_by_hand_stays_an_error() {
    let repository = Repository::new(PLAN);
    for key in [
        "progress.1.on",
        "progress.1.status",
        "revisions.1.to",
        "progress.0.note",
        "progress.x.note",
    ] {
        let answer = repository.plan(&["amend", "1.1", key, "x", "--reason", "y"]);
        assert_eq!(answer.status, 2, "{key}: {}", answer.stderr);
        assert!(answer.stderr.contains("progress.2.note"), "{key}: {}", answer.stderr);
    }
    let answer = repository.plan(&["amend", "1.1", "progress.3.note", "x", "--reason", "y"]);
    assert!(answer.stderr.contains("1.1 has no entry progress.3"), "{}", answer.stderr);
    let answer = repository.plan(&["amend", "2", "verification.1.by", "Director", "--reason", "y"]);
    assert!(answer.stderr.contains("cannot verify recommendation"), "{}", answer.stderr);
    assert_eq!(repository.text(), PLAN);
    done(&repository, &["amend", "1.1", "progress.2.note", "Drafted.", "--reason", "Slip"]);
    let text = repository
        .text()
        .replace("2003-07-01, status = \"in-progress\"", "2003-07-01, status = \"complete\"");
    repository.write("plan.toml", &text);
    let answer = check(&repository, &["--against", "main"]);
    assert!(answer.stdout.contains("error[entry-altered]"), "{}", answer.stdout);
    let text = text.replace("progress.2.note", "progress.9.note");
    repository.write("plan.toml", &text);
    let answer = check(&repository, &[]);
    assert!(
        answer.stdout.contains("`progress.9.note` names an entry that does not exist"),
        "{}",
        answer.stdout
    );
}
