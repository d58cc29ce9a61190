//! Finds the columns that the mapping names, and collects remarks about the file for the user.

use super::{Builder, ReadColumn, headers_in, targets};
use crate::{
    import::{
        account::RowPlace,
        mapping::{SheetMapping, same_header},
        reading::{self, Settled},
        source::Source,
        table::Sheet,
        target::Target,
        view::{Column, SheetView},
    },
    model::{DayOrder, nearest},
};

impl Builder<'_> {
    /// Adds the names of the sheets and the remarks about the file to the summary of the import. For example, a remark
    /// names the sheets that are not read.
    pub(super) fn told_of_file(&mut self, source: &Source) {
        self.account.unit = source.unit;
        self.account.sheets = source.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        self.account.notes.extend(source.notes.iter().cloned());
        let is_named = |sheet: &Sheet| {
            let mut names = self.mapping.sheet.iter().map(|named| named.name.as_str());
            source.sheets.len() == 1 || names.any(|name| same_header(name, &sheet.name))
        };
        for sheet in &source.sheets {
            let name = &sheet.name;
            match &sheet.refused {
                Some((why, help)) => {
                    self.account
                        .notes
                        .push(format!("sheet `{name}` cannot be read: {why}; {help}"));
                }
                None if !sheet.rows.is_empty() && !is_named(sheet) => {
                    self.account
                        .notes
                        .push(format!("sheet `{name}` is not in the mapping and was not read"));
                }
                None => {}
            }
        }
    }

    /// Returns the columns that the mapping names. Reports all other columns that have content.
    pub(super) fn columns<'v>(
        &mut self,
        at: usize,
        view: &'v SheetView<'_>,
        sheet: &'v SheetMapping,
    ) -> Vec<ReadColumn<'v>> {
        let mut read: Vec<ReadColumn<'v>> = Vec::new();
        for (header, keys) in &sheet.columns {
            match view.column(header) {
                Some(column) => {
                    let targets = targets(sheet.rows, keys);
                    let order =
                        sheet.order(&column.header).unwrap_or_else(|| {
                            match reading::settled(view.texts(column)) {
                                Settled::Order(order) => order,
                                Settled::Contradicts => DayOrder::Unknown,
                            }
                        });
                    read.push(ReadColumn { column, header, targets, order });
                }
                None if targets(sheet.rows, keys) == [Target::Nothing] => {}
                None => {
                    let known = view.columns.iter().map(|column| column.header.as_str());
                    let meant =
                        nearest(header, known).map(|meant| format!("; did you mean `{meant}`?"));
                    let why = format!(
                        "the mapping names this column, but the file does not have it{}",
                        meant.unwrap_or_default()
                    );
                    self.account.unplaced(RowPlace { sheet: at, row: 0 }, header, "", why);
                }
            }
        }
        read.sort_by_key(|read| read.column.at);
        self.not_named(at, view, sheet, &read);
        read
    }

    /// Reports the columns with content that the mapping does not name.
    fn not_named(
        &mut self,
        at: usize,
        view: &SheetView<'_>,
        sheet: &SheetMapping,
        read: &[ReadColumn<'_>],
    ) {
        let is_read = |column: &Column| read.iter().any(|read| read.column.at == column.at);
        let in_pattern = |column: &Column| {
            sheet.id.as_deref().is_some_and(|pattern| {
                headers_in(pattern).any(|header| same_header(header, &column.header))
            })
        };
        let is_labelled =
            |column: &Column| sheet.labels.keys().any(|header| same_header(header, &column.header));
        for column in view.columns.iter().filter(|column| !is_read(column) && !in_pattern(column)) {
            let why = match is_labelled(column) {
                true => "this part of the cell has no label",
                false if column.is_twice => {
                    "two columns have this header: give each a key in the mapping"
                }
                false => "the mapping does not name this column",
            };
            for row in view.rows().filter(|row| !row.text(column.at).is_empty()) {
                let value = if is_labelled(column) { row.text(column.at) } else { "" };
                self.account.unplaced(
                    RowPlace { sheet: at, row: row.number },
                    &column.header,
                    value,
                    why,
                );
            }
        }
    }
}
