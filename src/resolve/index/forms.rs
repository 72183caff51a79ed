//! Where names are looked up by their folded form. It is made apart from the rest of the index, which only strings ask for that no name has.

use super::numbers::Numbers;
use super::table::Table;
use super::{NameId, SECTIONS};
use crate::registry::{Bytes, Glance, Name, NameKind, Registry};
use crate::text::{fold, fold_into, fold_plain};
use rustc_hash::{FxHashMap, FxHasher};
use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::Hasher;
use std::iter;

#[derive(Clone)]
pub(in crate::resolve) struct Forms {
    /// Two numbers for each name id, in turn: the entity and the number of the name in it.
    names: Numbers,
    /// From folded forms to names. Each slot tells of a name, besides its number: [what it is](TOLD), its entity, and where the entity's record begins
    /// in a built file; or, where it [follows](FOLLOWS) a name, that name's id. Who asks for a form reads a slot, then the record.
    forms: Table<4, TOLD>,
}

/// What a slot tells of a name in bits that the hash leaves.
const TOLD: u32 = 0xFFFF;
/// Its number in its entity; all bits are set where it is too great for them.
const NUMBER: u32 = (1 << 10) - 1;
/// Its kind.
const KIND: u32 = 1 << 10;
/// Its text is that of the first name of its hash.
const FOLLOWS: u32 = 1 << 14;
/// No other of its hash comes after it.
const LAST: u32 = 1 << 15;

const _: () = assert!(NameKind::ALL.len() as u32 * KIND <= FOLLOWS);

/// In place of where a record begins: it is not told here.
const ELSEWHERE: u32 = u32::MAX;

/// Where a name stands, and what it is there.
#[derive(Debug, Clone, Copy)]
pub(in crate::resolve) struct Place {
    pub entity: usize,
    /// Its number among the entity's names.
    pub number: usize,
    pub kind: NameKind,
}

/// A name of a folded form.
pub(in crate::resolve) struct OfForm<'r> {
    pub id: NameId,
    pub place: Place,
    /// The entity, where it was read.
    pub entity: Option<Glance<'r>>,
    pub text: &'r [u8],
}

impl Forms {
    /// The forms of a registry: from its file, when it has an index, else made.
    pub(in crate::resolve) fn new(registry: &Registry) -> Forms {
        let image = registry.image();
        let stored = image.and_then(|image| {
            let mut sections = SECTIONS.map(|id| image.section(id));
            Forms::stored(&mut || sections.next().flatten())
        });
        stored.unwrap_or_else(|| Forms::build(registry))
    }

    pub(super) fn stored(next: &mut impl FnMut() -> Option<Bytes>) -> Option<Forms> {
        Some(Forms { names: next()?.into(), forms: next()?.into() })
    }

    fn build(registry: &Registry) -> Forms {
        let (mut names, mut rows, mut form): (Vec<u32>, Vec<(u64, u32)>, _) = (Vec::new(), Vec::new(), String::new());
        // For each hash the first name that has it and the last.
        let mut ends: FxHashMap<u64, [NameId; 2]> = FxHashMap::default();
        for e in 0..registry.len() {
            let Some(entity) = registry.entity_at(e) else { continue };
            for (n, name) in entity.names.iter().enumerate() {
                let id = rows.len() as NameId;
                names.extend([e as u32, n as u32]);
                form.clear();
                fold_into(&name.text, &mut form);
                let hash = hash(form.as_bytes());
                let [first, last] = ends.entry(hash).or_insert([id; 2]);
                *last = id;
                let first = 2 * *first as usize;
                let follows = first < names.len() - 2 && {
                    let first = registry.name_at(names[first] as usize, names[first + 1] as usize);
                    first.is_some_and(|first| first.text == name.text)
                };
                rows.push((hash, (n as u32).min(NUMBER) | (name.kind as u32 * KIND) | if follows { FOLLOWS } else { 0 }));
            }
        }
        let row = |id: NameId| {
            let (hash, told) = rows[id as usize];
            let [first, last] = ends[&hash];
            let told = if id == last { told | LAST } else { told };
            let near = if told & FOLLOWS == 0 { ELSEWHERE } else { first };
            (id == first, (hash, [id, told, names[2 * id as usize], near]))
        };
        // The first of each hash stands where it is soonest found: names that hundreds bear do not push others away.
        let all = |first: bool| (0..rows.len() as NameId).map(row).filter(move |(is, _)| *is == first).map(|(_, row)| row);
        let forms = Table::filled(all(true).chain(all(false)), rows.len());
        Forms { names: names.into(), forms }
    }

    /// The sections for a file in which the records of entities begin at these places.
    pub(super) fn sections(&self, records: &[u64]) -> [Bytes; 2] {
        let forms = self.forms.changed(|[_, told, entity, near]| {
            if *told & FOLLOWS == 0 {
                *near = records.get(*entity as usize).and_then(|at| u32::try_from(*at).ok()).unwrap_or(ELSEWHERE);
            }
        });
        [self.names.bytes().clone(), forms]
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len() / 2
    }

    /// The number of the entity that bears a name, and that of the name in it.
    fn place(&self, id: NameId) -> (usize, usize) {
        (self.entity(id) as usize, self.names.get(2 * id as usize + 1) as usize)
    }

    /// The name of a name id; nothing when the registry's file is damaged there.
    pub(in crate::resolve) fn name<'r>(&self, registry: &'r Registry, id: NameId) -> Option<Cow<'r, Name>> {
        let (entity, name) = self.place(id);
        registry.name_at(entity, name)
    }

    /// The text of a name; nothing when the registry's file is damaged there.
    pub(super) fn text<'r>(&self, registry: &'r Registry, id: NameId) -> Option<&'r str> {
        let (entity, number) = self.place(id);
        let (text, _) = registry.glance(entity)?.name(number)?;
        str::from_utf8(text).ok()
    }

    /// Where a name stands; nothing when the registry's file is damaged there.
    pub(in crate::resolve) fn place_of(&self, registry: &Registry, id: NameId) -> Option<Place> {
        let (entity, number) = self.place(id);
        let (_, kind) = registry.glance(entity)?.name(number)?;
        Some(Place { entity, number, kind })
    }

    /// Touches where names stand, as [`Numbers::touch`].
    pub(super) fn touch(&self, names: impl Iterator<Item = NameId>) {
        self.names.touch(names.map(|id| 2 * id as usize));
    }

    /// The number of the entity that bears a name.
    pub(super) fn entity(&self, id: NameId) -> u32 {
        self.names.get(2 * id as usize)
    }

    /// The names of a folded form with their texts, in their order.
    pub(in crate::resolve) fn by_folded<'r>(&self, registry: &'r Registry, form: &str) -> Vec<(NameId, &'r str)> {
        self.by_folded_up_to(registry, form, usize::MAX)
    }

    /// The same, so many at most.
    pub(in crate::resolve) fn by_folded_up_to<'r>(&self, registry: &'r Registry, form: &str, most: usize) -> Vec<(NameId, &'r str)> {
        let names = self.by_text(registry, form, form.as_bytes()).take(most);
        names.filter_map(|name| Some((name.id, str::from_utf8(name.text).ok()?))).collect()
    }

    /// The names of the folded form of a text. Those that are the text itself are not folded, and of those that are one text only the first is read.
    pub(in crate::resolve) fn by_text<'r>(&self, registry: &'r Registry, text: &str, form: &[u8]) -> impl Iterator<Item = OfForm<'r>> {
        let is = move |name: &[u8]| name == text.as_bytes() || name == form || folds_to(name, form);
        // Names of one hash stand in the table in their order.
        let mut rows = self.forms.rows(hash(form)).fuse();
        let mut first: Option<(NameId, &[u8])> = None;
        let mut ended = false;
        iter::from_fn(move || {
            while !ended {
                let [id, told, entity, near] = rows.next()?;
                let number = if told & NUMBER == NUMBER { self.place(id).1 } else { (told & NUMBER) as usize };
                let Some(kind) = NameKind::ALL.get(((told / KIND) & 0xF) as usize) else { continue };
                let place = Place { entity: entity as usize, number, kind: *kind };
                let name = if told & FOLLOWS == 0 {
                    let record = (near != ELSEWHERE).then_some(near as usize);
                    let entity = registry.glance_at(place.entity, record);
                    entity.and_then(|entity| Some((Some(entity), entity.name(number)?.0))).filter(|(_, text)| is(text))
                } else {
                    first.filter(|(id, _)| *id == near).map(|(_, text)| (None, text))
                };
                if let Some((entity, text)) = name {
                    ended = told & LAST != 0;
                    first = first.or(Some((id, text)));
                    return Some(OfForm { id, place, entity, text });
                }
            }
            None
        })
    }
}

thread_local! {
    /// The folded form of a name, kept so that it is not allocated for each.
    static FOLDED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Whether a name has a folded form.
fn folds_to(name: &[u8], form: &[u8]) -> bool {
    let plain = FOLDED.with_borrow_mut(|folded| fold_plain(name, folded).map(|folded| folded == form));
    plain.unwrap_or_else(|| str::from_utf8(name).is_ok_and(|name| fold(name).as_bytes() == form))
}

fn hash(form: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form);
    // The low bits of the hash of a short text are weak.
    let hash = hasher.finish();
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::RegistryFormat;

    /// A registry in which each row is a name of an entity of its own, and its forms.
    fn registry(names: impl Iterator<Item = String>) -> (Registry, Forms) {
        let rows: String = names.enumerate().map(|(number, name)| format!("e{number},\"{name}\"\n")).collect();
        let registry = Registry::from_text(&format!("id,name\n{rows}"), "x.csv", RegistryFormat::Csv).unwrap();
        let forms = Forms::build(&registry);
        (registry, forms)
    }

    /// What is found is what has the form, each once with its place and text, in the order of the registry.
    fn finds_all(names: &[&str]) {
        let (registry, forms) = registry(names.iter().map(|name| (*name).to_owned()));
        for asked in names {
            let form = fold(asked);
            let found: Vec<_> = forms.by_text(&registry, asked, form.as_bytes()).map(|n| (n.id as usize, n.place.entity, n.text)).collect();
            let expected: Vec<_> =
                names.iter().enumerate().filter(|(_, name)| fold(name) == form).map(|(n, name)| (n, n, name.as_bytes())).collect();
            assert_eq!(found, expected, "{asked}");
        }
        assert_eq!(forms.by_text(&registry, "Never", b"never").count(), 0);
    }

    #[test]
    fn names_of_one_form_are_found_with_their_texts() {
        finds_all(&["Алматы", "АЛМАТЫ", "Алматы", "«Алматы»", "Астана", "Алматы", "астана", "Ақ жол", "АЛМАТЫ"]);
        finds_all(&["алматы", "Алматы", "Алматы"]);
    }

    /// Names of two forms with the same half of a hash are not taken for each other.
    #[test]
    fn forms_with_one_half_of_a_hash_are_told_apart() {
        let mut known: FxHashMap<u32, String> = FxHashMap::default();
        let mut twins = Vec::new();
        for number in 0..300_000 {
            let name = format!("имя{number}");
            match known.get(&(hash(name.as_bytes()) as u32)) {
                Some(other) => twins.extend([other.clone(), name.clone(), other.clone(), name.to_uppercase(), name]),
                None => _ = known.insert(hash(name.as_bytes()) as u32, name),
            }
        }
        assert!(twins.len() >= 5);
        finds_all(&twins.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
