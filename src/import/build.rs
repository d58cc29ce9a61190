//! Builds recommendations, actions and entries from the rows of a file, according to a mapping. If one cell has an
//! error, the rest of its row is still imported.

mod belonging;
mod put;
mod sound;
mod told;

use std::collections::HashMap;

pub use sound::{fit, sound};

use super::{
    account::{Account, RowPlace},
    draft::{Draft, id_of},
    hidden::hidden,
    knowledge,
    mapping::{Keys, Mapping, SheetMapping, same_header},
    reading::MappedWord,
    source::Source,
    table::Row,
    target::{Rows, Target},
    view::{Column, SheetView, prepared},
};
use crate::model::{
    Area, Day, DayOrder, Id, Key, KeyValue, Keyword, Plan, Position, Record, Response, nearest,
};

/// The items that were built from the rows of a file.
pub struct Built {
    pub drafts: Vec<Draft>,
    pub areas: Vec<Area>,
    /// The value of the key `by` in the imported entries.
    pub by: String,
    /// True if the mapping has a sheet of recommendations. Only then can the import report recommendations that are
    /// missing from the file.
    pub has_recommendations: bool,
    /// True if the ids of recommendations contain the numbers of their rows.
    pub is_by_row: bool,
}

/// Builds recommendations, actions and entries from a file, according to a mapping. An entry without a date in the file
/// gets the date `day`. `plan` is the plan that the import updates, if there is one.
pub fn build(
    source: &Source,
    mapping: &Mapping,
    day: Day,
    plan: Option<&Plan>,
    account: &mut Account,
) -> Built {
    let by = mapping.by.clone().unwrap_or_else(|| source.name());
    let mut builder = Builder {
        mapping,
        day,
        account,
        drafts: Vec::new(),
        ids: HashMap::new(),
        rows: HashMap::new(),
        plan,
        known: plan.map(known).unwrap_or_default(),
        by,
    };
    builder.told_of_file(source);
    let is_read = |sheet: &&SheetMapping| sheet.rows != Rows::Nothing;
    let mut sheets: Vec<&SheetMapping> = mapping.sheet.iter().filter(is_read).collect();
    // Recommendations are read first, because the rows of other sheets refer to them.
    sheets.sort_by_key(|sheet| match sheet.rows {
        Rows::Recommendations => 0,
        Rows::Details => 1,
        Rows::Actions => 2,
        _ => 3,
    });
    for sheet in sheets {
        let name = same_sheet(source, &sheet.name);
        let Some(at) = name else {
            let known = source.sheets.iter().map(|sheet| sheet.name.as_str());
            let meant =
                nearest(&sheet.name, known).map(|meant| format!("; did you mean `{meant}`?"));
            let why = format!("the file does not have this sheet{}", meant.unwrap_or_default());
            builder.account.unplaced(RowPlace::default(), "", &sheet.name, why);
            continue;
        };
        let found = prepared(&source.sheets[at], sheet);
        if let Some((why, help)) = &found.refused {
            let why = format!("{why}: {help}");
            builder.account.unplaced(RowPlace { sheet: at, row: 0 }, "", &found.name, why);
        } else if let Some(view) = SheetView::of(&found, sheet) {
            builder.sheet(at, &view, sheet);
        }
    }
    builder.finish()
}

pub fn same_sheet(source: &Source, name: &str) -> Option<usize> {
    let only = (source.sheets.len() == 1 && name.is_empty()).then_some(0);
    only.or_else(|| source.sheets.iter().position(|sheet| sheet.name == name))
        .or_else(|| source.sheets.iter().position(|sheet| same_header(&sheet.name, name)))
}

struct Builder<'b> {
    mapping: &'b Mapping,
    day: Day,
    account: &'b mut Account,
    drafts: Vec<Draft>,
    /// A map from the ids of items to two indices: the index of the recommendation in `drafts` and, for an action, the
    /// index of the action in its recommendation.
    ids: HashMap<String, (usize, Option<usize>)>,
    /// For the number of each row, the index of its recommendation in `drafts`.
    rows: HashMap<u32, usize>,
    plan: Option<&'b Plan>,
    /// A map from the ids of items, and from their numbers in the printed report, to their positions in the plan. The
    /// position is `None` if several items have the number.
    known: HashMap<&'b str, Option<Position>>,
    by: String,
}

fn known(plan: &Plan) -> HashMap<&str, Option<Position>> {
    let items = || plan.positions().map(|at| (plan.item(at), at));
    let mut known = HashMap::new();
    for (printed, at) in items().filter_map(|(item, at)| Some((item.reference()?, at))) {
        known.entry(printed).and_modify(|of| *of = None).or_insert(Some(at));
    }
    known.extend(items().map(|(item, at)| (item.id().as_str(), Some(at))));
    known
}

/// A column of a sheet, with the targets that the mapping gives to it and the order of day and month in its dates.
#[derive(Clone)]
struct ReadColumn<'v> {
    column: &'v Column,
    /// The heading of the column in the mapping.
    header: &'v str,
    targets: Vec<Target>,
    order: DayOrder,
}

impl Builder<'_> {
    fn sheet(&mut self, at: usize, view: &SheetView<'_>, sheet: &SheetMapping) {
        let columns = self.columns(at, view, sheet);
        self.account.notes.extend(hidden(view, self.account.unit, sheet));
        let ids = self.recommendation_ids();
        let known = ids.iter().collect();
        for row in view.rows() {
            self.account.rows += 1;
            let place = RowPlace { sheet: at, row: row.number };
            match sheet.rows {
                Rows::Recommendations => self.recommendation(view, sheet, &columns, row, place),
                Rows::Details => self.details(sheet, &columns, row, place),
                Rows::Actions => self.action(view, sheet, &columns, row, place, &known),
                _ => self.entry(sheet, &columns, row, place),
            }
        }
    }

    fn recommendation(
        &mut self,
        view: &SheetView<'_>,
        sheet: &SheetMapping,
        columns: &[ReadColumn<'_>],
        row: &Row,
        place: RowPlace,
    ) {
        if is_total(view, sheet, row) {
            let why = "the row has totals, so it is not a recommendation";
            return self.account.unplaced(place, "", &beginning(row), why);
        }
        let (mut own, mut action) = (Draft::new(place, self.day), Draft::new(place, self.day));
        self.read(sheet, columns, row, &mut own, &mut action);
        let Some(id) = self.id(view, sheet, row, &mut own) else {
            return self.account.unplaced(place, "", &beginning(row), "the row has no id");
        };
        let has_action = !action.is_empty();
        if let Some((known, None)) = self.ids.get(id.as_str()).copied() {
            let first = &self.drafts[known];
            let is_continued = has_action && says_no_more(&own, first);
            if !is_continued {
                let lost = match has_lost_zero(id.as_str()) {
                    true => format!(
                        "; if one of the ids should be {id}0, format the column as text and correct that id"
                    ),
                    false => String::new(),
                };
                let why = format!(
                    "{} {} has the same id; rows are never combined{lost}",
                    self.account.unit, first.place.row
                );
                return self.account.unplaced(place, "id", id.as_str(), why);
            }
            self.rows.insert(place.row, known);
            return self.add_action(known, action);
        }
        own.record.id = id.clone();
        let is_status = |target| matches!(target, Target::Key { is_action: false, key, .. } if key.name == "status");
        let is_given = view.said(row, sheet.headers(is_status)).is_some();
        if let Some(status) = sheet.status.filter(|_| !is_given) {
            own.set_word(MappedWord::Status(status), status.word());
        }
        own.settle(&self.by);
        self.ids.insert(id.as_str().to_owned(), (self.drafts.len(), None));
        self.rows.insert(place.row, self.drafts.len());
        self.drafts.push(own);
        if has_action {
            self.add_action(self.drafts.len() - 1, action);
        }
    }

    /// Returns the id for the item in a row, or `None` if the row gives no id. If the file writes the id in a form that
    /// is not valid in a plan, the draft keeps this form as its `reference`.
    fn id(
        &self,
        view: &SheetView<'_>,
        sheet: &SheetMapping,
        row: &Row,
        own: &mut Draft,
    ) -> Option<Id> {
        let words = match &sheet.id {
            Some(pattern) => by_pattern(pattern, view, row)?,
            None => own.given_id.clone(),
        };
        let id = id_of(words.trim())?;
        let printed = if own.given_id.is_empty() { words } else { own.given_id.clone() };
        if own.record.reference.is_none() && printed != id.as_str() && !printed.is_empty() {
            own.record.reference = Some(printed);
        }
        Some(id)
    }

    fn finish(mut self) -> Built {
        let mut areas: Vec<Area> = Vec::new();
        for draft in &mut self.drafts {
            finish_draft(draft, self.account);
            if let Some(title) = draft.record.area.take() {
                draft.record.area = Some(area(&mut areas, &title));
            }
            for action in &mut draft.actions {
                finish_draft(action, self.account);
            }
        }
        let sheets =
            || self.mapping.sheet.iter().filter(|sheet| sheet.rows == Rows::Recommendations);
        let has_recommendations = sheets().next().is_some();
        let has_row =
            |sheet: &SheetMapping| sheet.id.as_ref().is_some_and(|id| id.contains("{row}"));
        let is_by_row = sheets().any(has_row);
        Built { drafts: self.drafts, areas, by: self.by, has_recommendations, is_by_row }
    }
}

fn targets(rows: Rows, keys: &Keys) -> Vec<Target> {
    keys.names().iter().filter_map(|name| Target::find(rows, name)).collect()
}

fn finish_draft(draft: &mut Draft, account: &mut Account) {
    if let Some(words) = draft.take_finished_revision() {
        account.unplaced(
            draft.place,
            "revised",
            &words,
            "says that the work is done, but gives no new due date",
        );
    }
    if draft.record.response == Response::Awaited {
        draft.record.response_on = None;
    }
    if draft.record.text.is_empty() {
        let title = draft.record.title.take();
        let text = title.or_else(|| draft.record.response_text.clone());
        draft.record.text = text.unwrap_or_else(|| {
            account.unplaced(
                draft.place,
                "text",
                "",
                "the row has no text, so its id is used instead",
            );
            draft.record.id.to_string()
        });
    }
}

/// Returns the id of the area with this title. If `areas` has no such area, adds a new area with this title.
fn area(areas: &mut Vec<Area>, title: &str) -> String {
    if let Some(known) = areas.iter().find(|area| area.title == title) {
        return known.id.clone();
    }
    let short = crate::edit::short_name(title);
    let base = if short.is_empty() { "area".to_owned() } else { short };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let is_free = |id: &String| areas.iter().all(|area| area.id != *id);
    let id = std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base.clone());
    areas.push(Area { id: id.clone(), title: title.to_owned() });
    id
}

/// Checks whether the draft `own` contains nothing that the draft `first` lacks. Both drafts have the same id, and
/// `first` comes from an earlier row.
fn says_no_more(own: &Draft, first: &Draft) -> bool {
    let is_known = |name: &str| {
        let (new, known) = (own.record.values(), first.record.values());
        let value = |values: &[(&'static Key, Option<KeyValue<'_>>)]| {
            values
                .iter()
                .find(|(key, _)| key.name == name)
                .and_then(|(_, value)| value.as_ref().map(KeyValue::words))
        };
        value(&new) == value(&known) || value(&new).is_none()
    };
    own.said.iter().all(|name| is_known(name)) && own.latest.is_empty()
}

/// Returns the headings in the braces of a pattern: `audit` and `number` for the pattern `{audit}-{number}`.
fn headers_in(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(header, _)| header)
}

/// Makes an id from the cells of a row with a pattern such as `{audit}-{number}`. Returns `None` if the sheet does not
/// have the columns that the pattern names, or if their cells are empty.
pub fn by_pattern(pattern: &str, view: &SheetView<'_>, row: &Row) -> Option<String> {
    let mut words = String::new();
    let mut rest = pattern;
    let mut is_said = false;
    while let Some((before, after)) = rest.split_once('{') {
        let (header, after) = after.split_once('}')?;
        words.push_str(before);
        let value = match header {
            "row" => row.number.to_string(),
            header => row.text(view.column(header)?.at).to_owned(),
        };
        is_said |= !value.is_empty();
        words.push_str(&value);
        rest = after;
    }
    words.push_str(rest);
    is_said.then_some(words)
}

/// Checks whether an id such as `5.1` may have been 5.10 before a spreadsheet program read it as a number.
pub fn has_lost_zero(id: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    id.split_once('.')
        .is_some_and(|(whole, rest)| is_number(whole) && is_number(rest) && !rest.ends_with('0'))
}

/// Checks whether a row has totals and no recommendation. The first text of such a row is a word such as `Total`, and
/// its cells for the text of a recommendation contain no other words.
pub fn is_total(view: &SheetView<'_>, sheet: &SheetMapping, row: &Row) -> bool {
    let is_text = |target| {
        let Target::Key { key, .. } = target else { return false };
        matches!(key.name, "text" | "title" | "response_text")
    };
    let is_words = |text: &str| text.contains(char::is_alphabetic) && !knowledge::is_total(text);
    let has_text = || {
        let mut columns = sheet.headers(is_text).filter_map(|header| view.column(header));
        columns.any(|column| is_words(row.text(column.at)))
    };
    knowledge::is_total(row.first()) && !has_text()
}

/// Returns the beginning of a row's text, by which messages identify the row.
fn beginning(row: &Row) -> String {
    let texts = row.cells.iter().map(|cell| &*cell.text).filter(|text| !text.is_empty());
    texts.take(3).collect::<Vec<_>>().join(" | ").chars().take(60).collect()
}

impl Built {
    /// Returns the dates of all imported recommendations and actions, and of their entries.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        let all = |draft: &Draft| {
            let of_actions = draft.actions.iter().flat_map(Draft::days);
            draft.days().chain(draft.record.date).chain(of_actions).collect::<Vec<_>>()
        };
        self.drafts.iter().flat_map(all)
    }
}
