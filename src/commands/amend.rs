//! `plan amend`: a value changed, with what it was kept in an entry.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::AmendArgs,
    model::{AmendKey, one_of},
};

pub fn run(mut args: AmendArgs, context: &Context) -> Result<Output, Failure> {
    let value = args.words.pop().unwrap_or_default();
    let has_two_owners = args.words.iter().nth_back(1).is_some_and(|word| word == "owner");
    let (ids, key) = ids_and_last(args.words, "ID… KEY VALUE")?;
    let Some(key) = AmendKey::from_word(&key) else {
        let help = match key.as_str() {
            "due" => "it belongs to its words: plan amend ID timescale \"…\" --due …".to_owned(),
            _ if has_two_owners => {
                "each further owner has a flag: owner \"…\" --and \"…\"".to_owned()
            }
            _ if key.contains('.') => {
                "the words of an entry are note, reason, by and evidence: progress.2.note is the note of the second"
                    .to_owned()
            }
            _ => one_of("key", &key, AmendKey::words()),
        };
        return Err(Failure::usage(format!("`{key}` cannot be amended"), Some(help)));
    };
    let values: Vec<String> = std::iter::once(value).chain(args.more).collect();
    let remark = context.remark(args.source, "--reason", Some(args.reason))?;
    let (path, ids) = context.target(&ids)?;
    context.change(&path, &args.write, |editor| {
        editor.amend(&ids, key, &values, args.meaning.due.as_ref(), &remark)
    })
}
