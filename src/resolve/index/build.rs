//! Building the index of a registry.

use super::keys::Keys;
use super::skeleton::read;
use super::table::Table;
use super::{Bits, CUT, Forms, Index, hash_of, hash_of_meaning, packed};
use crate::name::parts::Sense;
use crate::name::reading::{Costs, Letter, Spelling};
use crate::registry::Registry;
use crate::text::fold_into;
use rustc_hash::FxHashMap;

impl Index {
    pub(super) fn build(registry: &Registry, forms: Forms) -> Index {
        let mut starts: Vec<u32> = Vec::with_capacity(forms.len() + 1);
        let mut known: FxHashMap<Box<[Letter]>, u32> = FxHashMap::default();
        let mut spelled: Vec<u32> = Vec::new();
        let (mut form, mut spelling) = (String::new(), Spelling::default());
        let mut key: Vec<Letter> = Vec::new();
        let mut senses: Vec<Option<(u16, Sense)>> = Vec::new();
        let alphabet = &Costs::get().alphabet;
        for e in 0..registry.len() {
            let Some(entity) = registry.entity_at(e) else { continue };
            for name in &entity.names {
                starts.push(spelled.len() as u32);
                form.clear();
                fold_into(&name.text, &mut form);
                spelling.read(&form);
                for word in &spelling.words {
                    key.clear();
                    key.extend(spelling.letters(word));
                    let next = known.len() as u32;
                    let id = match known.get(key.as_slice()) {
                        Some(id) => *id,
                        None => {
                            senses.push(word.sense);
                            *known.entry(key.as_slice().into()).or_insert(next)
                        }
                    };
                    spelled.push(if word.is_initial && word.letters > 1 { id | CUT } else { id });
                }
            }
        }
        starts.push(spelled.len() as u32);
        // Words that sound alike lie side by side; numbers have no sound.
        let mut readings = Vec::new();
        let mut sound = |letters: &[Letter]| {
            let is_number = letters.first().is_some_and(|first| alphabet.is_digit(*first));
            read(if is_number { &[] } else { letters }, &mut readings);
            (readings[0].skeleton, readings[0].sound)
        };
        let mut words: Vec<_> = known.into_iter().map(|(letters, id)| (sound(&letters), letters, id)).collect();
        words.sort_unstable();
        let mut order = vec![0; words.len()];
        let mut letters = Vec::new();
        let mut vocabulary: Vec<u32> = Vec::with_capacity(3 * words.len() + 3);
        for (rank, ((skeleton, sound), own, id)) in words.iter().enumerate() {
            order[*id as usize] = rank as u32;
            let hash = if sound.len() == 0 { hash_of(own) } else { skeleton.hash() };
            vocabulary.extend([letters.len() as u32, 0, packed(senses[*id as usize], (hash >> 60) as u32)]);
            letters.extend_from_slice(own);
        }
        vocabulary.extend([letters.len() as u32, 0, 0]);
        let keys = Keys::build(words.iter().map(|((_, sound), own, _)| if sound.len() == 0 { &[][..] } else { own }));
        let by_letters = Table::of(words.iter().map(|(_, own, _)| hash_of(own)));
        let meaning: Vec<(u64, u32)> = (words.iter().enumerate())
            .filter_map(|(rank, (.., id))| Some((hash_of_meaning(senses[*id as usize]?.0), rank as u32)))
            .collect();
        let by_meaning = Table::numbered(meaning.iter().copied(), meaning.len());
        for word in &mut spelled {
            *word = order[(*word & !CUT) as usize] | *word & CUT;
            vocabulary[3 * (*word & !CUT) as usize + 4] += 1;
        }
        drop((order, words));
        let mut free: Vec<u32> = Vec::with_capacity(vocabulary.len() / 3);
        for word in 0..vocabulary.len() / 3 {
            vocabulary[3 * word + 1] += free.last().copied().unwrap_or(0);
            free.push(vocabulary[3 * word + 1]);
        }
        let (mut postings, mut others) = (vec![0; spelled.len()], vec![0; 2 * spelled.len()]);
        let bit = |word: &u32| -> Bits { 1 << (vocabulary[3 * (word & !CUT) as usize + 2] >> 24) };
        for name in 0..starts.len() - 1 {
            let words = &spelled[starts[name] as usize..starts[name + 1] as usize];
            for (at, word) in words.iter().enumerate() {
                let slot = &mut free[(word & !CUT) as usize];
                let bits = words.iter().enumerate().filter(|(other, _)| *other != at).fold(0, |bits, (_, other)| bits | bit(other));
                postings[*slot as usize] = name as u32;
                others[2 * *slot as usize..][..2].copy_from_slice(&bits.to_le_bytes());
                *slot += 1;
            }
        }
        Index {
            forms,
            starts: starts.into(),
            words: by_letters,
            meant: by_meaning,
            vocabulary: vocabulary.into(),
            letters: letters.into(),
            postings: postings.into(),
            others: others.into(),
            spelled: spelled.into(),
            keys,
        }
    }
}
