//! The part of the plans that a filtered report covers: the recommendations that pass the filter.

use std::collections::HashSet;

use crate::{
    model::{Day, Id, Keyword, Plan},
    query::{Filter, Portfolio, View},
};

/// Returns the plans with only the recommendations that pass a filter.
pub fn kept(portfolio: &Portfolio, filter: &Filter) -> Portfolio {
    let views = portfolio.views.iter().map(|view| {
        let (ids, mut plan) = (ids(view, filter), view.plan.clone());
        plan.recommendations.retain(|item| ids.contains(&item.id));
        View::new(plan, view.as_of, view.position, view.name.clone())
    });
    Portfolio { as_of: portfolio.as_of, views: views.collect() }
}

/// Removes the recommendations that do not pass the filter from an earlier plan. The filter examines a recommendation
/// as it is in the present plan. If the present plan lacks the recommendation, the filter examines it as it is in the
/// earlier plan.
pub fn kept_before(mut earlier: Plan, since: Day, view: &View, filter: &Filter) -> Plan {
    let then = ids(&View::new(earlier.clone(), since, view.position, view.name.clone()), filter);
    let now = ids(view, filter);
    let known: HashSet<&Id> = view.plan.recommendations.iter().map(|item| &item.id).collect();
    earlier.recommendations.retain(|item| match known.contains(&item.id) {
        true => now.contains(&item.id),
        false => then.contains(&item.id),
    });
    earlier
}

fn ids(view: &View, filter: &Filter) -> HashSet<Id> {
    let rows = view.recommendations().filter(|row| filter.keeps(row));
    rows.map(|row| row.id().clone()).collect()
}

/// Returns the flags of a filter, each with its value.
pub fn flags(filter: &Filter) -> Vec<(&'static str, Option<String>)> {
    fn words<K: Keyword>(flag: &'static str, words: &[K]) -> Vec<(&'static str, Option<String>)> {
        words.iter().map(|word| (flag, Some(word.word().to_owned()))).collect()
    }
    fn texts(flag: &'static str, texts: &[String]) -> Vec<(&'static str, Option<String>)> {
        texts.iter().map(|text| (flag, Some(text.clone()))).collect()
    }
    let are_set = [
        ("open", filter.open),
        ("unverified", filter.unverified),
        ("extended", filter.extended),
        ("waiting", filter.waiting),
        ("stale", filter.stale),
    ];
    let are_set = are_set.into_iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| (flag, None));
    [
        texts("area", &filter.areas),
        texts("owner", &filter.owners),
        texts("priority", &filter.priorities),
        words("progress", &filter.progress),
        words("timing", &filter.timing),
        words("response", &filter.response),
        words("outlook", &filter.outlook),
        are_set.collect(),
        filter.due_before.iter().map(|day| ("due-before", Some(day.to_string()))).collect(),
        filter.search.iter().map(|text| ("search", Some(text.clone()))).collect(),
    ]
    .concat()
}

/// Describes the flags in words, such as `area budget; owner Treasurer; open`.
pub fn in_words(flags: &[(&'static str, Option<String>)]) -> String {
    let words = flags.iter().map(|(flag, value)| match value {
        Some(value) => format!("{} {value}", flag.replace('-', " ")),
        None => (*flag).to_owned(),
    });
    words.collect::<Vec<_>>().join("; ")
}
