//! `plan amend`: changes a value and records the old value in an entry.

use super::write::ids_and_last;
use crate::{
    app::{Context, Failure, Output},
    cli::AmendArgs,
    model::{AmendKey, Owner, one_of},
    query::means,
};

pub fn run(mut args: AmendArgs, context: &Context) -> Result<Output, Failure> {
    let value = args.words.pop().unwrap_or_default();
    let has_two_owners = args.words.iter().nth_back(1).is_some_and(|word| word == "owner");
    let (ids, key) = ids_and_last(args.words);
    let Some(key) = AmendKey::from_word(&key) else {
        let help = match key.as_str() {
            "due" => "change `due` together with its timescale: plan amend ID timescale \"…\" --due …".to_owned(),
            _ if has_two_owners => {
                "add each further owner with `--and`: owner \"…\" --and \"…\"".to_owned()
            }
            _ if key.contains('.') => {
                "in an entry you can amend note, reason, by and evidence: progress.2.note is the note of the second progress entry"
                    .to_owned()
            }
            _ => one_of("key", &key, AmendKey::words()),
        };
        return Err(Failure::usage(format!("`{key}` cannot be amended"), Some(help)));
    };
    let values: Vec<String> = std::iter::once(value).chain(args.more).collect();
    let remark = context.remark(args.source, "--reason", Some(args.reason))?;
    let due = args.meaning.due.as_ref();
    let outgoing = args.change.select.items.owner.clone();
    if key.word() != "owner" || outgoing.is_empty() {
        let items = context.select(&ids, args.change, |row| !row.is_action())?;
        return context.change_selected(&items, |editor| {
            editor.amend(&items.ids, key, &values, due, &remark)
        });
    }
    // The new owner replaces only the owner whom `--owner` names, because an item may have other owners too.
    let is_outgoing =
        |table: &[Owner], owner: &str| outgoing.iter().any(|wanted| means(table, owner, wanted));
    let items = context.select(&ids, args.change, |row| {
        let mut own = row.item().own_owners().iter();
        own.any(|owner| is_outgoing(&row.view.plan.owners, owner))
    })?;
    context.change_selected(&items, |editor| {
        let each = items.ids.iter().map(|id| {
            let (table, item) = editor.owners(id)?;
            let place = item.iter().position(|owner| is_outgoing(table, owner));
            let mut new = item.to_vec();
            new.retain(|owner| !is_outgoing(table, owner) && !values.contains(owner));
            let place = place.unwrap_or_default().min(new.len());
            new.splice(place..place, values.clone());
            editor.amend(std::slice::from_ref(id), key, &new, due, &remark)
        });
        Ok(each.collect::<Result<Vec<_>, _>>()?.concat())
    })
}
