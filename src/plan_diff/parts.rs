//! Sections of the report and areas in two versions.

use super::{Both, ChangeKind, Comparison, Item};
use crate::{
    key_path::KeyPath,
    model::{Plan, Section},
};

impl Comparison {
    /// Sections are found by their headings; several with one heading, in their order.
    pub(super) fn sections(&mut self, earlier: &Plan, present: &Plan) {
        let list = KeyPath::plan("section");
        for (index, old) in earlier.sections.iter().enumerate() {
            let item = Item::Section(old.heading.clone());
            let place = list.index(index);
            match counterpart(&earlier.sections, index, &present.sections) {
                Some(found) => {
                    let both = Both::new(item, place, list.index(found));
                    self.text(&both, "text", Some(&old.text), Some(&present.sections[found].text));
                }
                None => {
                    let what =
                        ChangeKind::Text { key: "text", old: Some(old.text.clone()), new: None };
                    let both = Both::new(item, place.key("text"), list.clone());
                    self.add_whole(both, what);
                }
            }
        }
        for (index, new) in present.sections.iter().enumerate() {
            if counterpart(&present.sections, index, &earlier.sections).is_none() {
                let what = ChangeKind::Text { key: "text", old: None, new: Some(new.text.clone()) };
                let item = Item::Section(new.heading.clone());
                self.add_whole(Both::added(item, list.index(index).key("text")), what);
            }
        }
    }

    pub(super) fn areas(&mut self, earlier: &Plan, present: &Plan) {
        for (index, old) in earlier.areas.iter().enumerate() {
            let item = Item::Area(old.id.clone());
            let place = KeyPath::area(index);
            match present.areas.iter().position(|area| area.id == old.id) {
                Some(found) => {
                    let both = Both::new(item, place, KeyPath::area(found));
                    self.field(&both, "title", Some(&old.title), Some(&present.areas[found].title));
                }
                None => {
                    let what = ChangeKind::Dropped { name: old.title.clone(), renamed: None };
                    let near = KeyPath::top().key("area");
                    self.add_whole(Both::new(item, place.key("id"), near), what);
                }
            }
        }
        for (index, new) in present.areas.iter().enumerate() {
            if earlier.area(&new.id).is_none() {
                let what = ChangeKind::Added { name: Some(new.title.clone()), timescale: None };
                let item = Item::Area(new.id.clone());
                self.add_whole(Both::added(item, KeyPath::area(index)), what);
            }
        }
    }
}

/// The position in `others` of the section that the one at `index` corresponds to.
fn counterpart(sections: &[Section], index: usize, others: &[Section]) -> Option<usize> {
    let heading = &sections[index].heading;
    let before = sections[..index].iter().filter(|section| section.heading == *heading).count();
    let same = others.iter().enumerate().filter(|(_, other)| other.heading == *heading);
    same.map(|(found, _)| found).nth(before)
}
