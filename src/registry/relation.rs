//! The kinds of relation, from `tables/relations.toml`.

use super::model::EntityType;
use crate::text::{At, Diagnostic, Fields, Source, read_toml};
use std::sync::LazyLock;

/// A kind of relation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelationType {
    /// Its name, as written on the one side.
    pub name: String,
    /// What it is called from the other side; the same for what reads alike from both.
    pub inverse: String,
    /// What it says.
    pub about: String,
    /// What may stand on the side it is written on; empty for anything.
    pub from: Vec<EntityType>,
    /// What may stand on the other.
    pub to: Vec<EntityType>,
}

const PATH: &str = "tables/relations.toml";

static ALL: LazyLock<Vec<RelationType>> = LazyLock::new(|| {
    let mut found = Vec::new();
    let all = read(&Source::new(PATH, include_str!("../../tables/relations.toml")), &mut found);
    debug_assert!(found.is_empty(), "{found:?}");
    all
});

/// The only relation that makes two ids one body under two names.
pub(crate) const RENAMED_TO: &str = "renamed_to";

/// All kinds of relation.
pub fn relation_types() -> &'static [RelationType] {
    &ALL
}

/// The kind of that name.
pub(crate) fn relation_type(name: &str) -> Option<&'static RelationType> {
    ALL.iter().find(|r| r.name == name)
}

fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Vec<RelationType> {
    let mut fields = Fields::new(source, read_toml(source, found), found);
    let rows = fields.tables("relation", found);
    fields.finish(found);
    rows.into_iter()
        .map(|mut row| {
            let mut types = |name, found: &mut Vec<Diagnostic>| {
                let words: Vec<At<String>> = row.texts(name, found);
                words
                    .iter()
                    .filter_map(|w| w.value.parse().map_err(|e: crate::Error| found.push(source.error(w.span.clone(), e.to_string()))).ok())
                    .collect()
            };
            let (from, to) = (types("from", found), types("to", found));
            let relation = RelationType {
                name: row.required("type", found).value,
                inverse: row.required("inverse", found).value,
                about: row.required("about", found).value,
                from,
                to,
            };
            row.finish(found);
            relation
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_sound() {
        let mut found = Vec::new();
        let all = read(&Source::new(PATH, include_str!("../../tables/relations.toml")), &mut found);
        assert!(found.is_empty(), "{found:?}");
        let mut names = HashSet::new();
        for relation in &all {
            assert!(names.insert(&relation.name), "{} stands twice", relation.name);
            if relation.inverse != relation.name {
                assert!(names.insert(&relation.inverse), "{} stands twice", relation.inverse);
            }
            assert!(!relation.about.is_empty());
        }
        assert!(relation_type(RENAMED_TO).is_some());
    }
}
