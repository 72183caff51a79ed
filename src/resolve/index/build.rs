//! Building the index of a registry.

use super::{CUT, Index, NameId, hash};
use crate::name::reading::{Costs, Letter, Spelling};
use crate::registry::{Bytes, Registry};
use crate::text::fold_into;
use fst::raw::{Builder, Fst};
use rustc_hash::FxHashMap;

impl Index {
    pub(super) fn build(registry: &Registry) -> Index {
        let mut names: Vec<u32> = Vec::new();
        let mut forms: Vec<u64> = Vec::new();
        let mut known: FxHashMap<Box<[Letter]>, u32> = FxHashMap::default();
        let mut spelled: Vec<u32> = Vec::new();
        let mut spelled_at: Vec<u32> = vec![0];
        let (mut form, mut spelling) = (String::new(), Spelling::default());
        let mut key: Vec<Letter> = Vec::new();
        let mut senses: Vec<u32> = Vec::new();
        let [start, end] = Costs::get().alphabet.ends();
        for e in 0..registry.len() {
            let Some(entity) = registry.entity_at(e) else { continue };
            for (n, name) in entity.names.iter().enumerate() {
                names.push(e as u32);
                names.push(n as u32);
                form.clear();
                fold_into(&name.text, &mut form);
                forms.push(hash(&form));
                spelling.read(&form);
                for word in &spelling.words {
                    key.clear();
                    key.push(start);
                    key.extend(spelling.letters(word));
                    key.push(end);
                    let next = known.len() as u32;
                    let id = match known.get(key.as_slice()) {
                        Some(id) => *id,
                        None => {
                            senses.push(word.sense.map_or(0, |(meaning, sense)| u32::from(meaning) | (sense as u32) << 16));
                            *known.entry(key.as_slice().into()).or_insert(next)
                        }
                    };
                    spelled.push(if word.is_initial && word.letters > 1 { id | CUT } else { id });
                }
                spelled_at.push(spelled.len() as u32);
            }
        }
        // Word ids in the order of the set.
        let mut keys: Vec<(Box<[Letter]>, u32)> = known.into_iter().collect();
        keys.sort_unstable();
        let mut order = vec![0; keys.len()];
        let mut letters = Vec::new();
        let mut letters_at: Vec<u32> = Vec::with_capacity(keys.len() + 1);
        letters_at.push(0);
        let mut in_rank: Vec<u32> = Vec::with_capacity(keys.len());
        let mut builder = Builder::memory();
        for (rank, (key, id)) in keys.iter().enumerate() {
            order[*id as usize] = rank as u32;
            in_rank.push(senses[*id as usize]);
            letters.extend_from_slice(&key[1..key.len() - 1]);
            letters_at.push(letters.len() as u32);
            // The keys are in order and written to memory.
            builder.insert(key, rank as u64).expect("keys in order");
        }
        let bytes = builder.into_inner().expect("writing to memory");
        let words = Fst::new(Bytes::from(bytes)).expect("a set just built");
        let mut in_order: Vec<u32> = Vec::with_capacity(spelled.len());
        let mut counts = vec![0u32; keys.len() + 1];
        for word in &spelled {
            let ordered = order[(word & !CUT) as usize];
            counts[ordered as usize + 1] += 1;
            in_order.push(ordered | word & CUT);
        }
        drop((spelled, order, keys));
        for i in 1..counts.len() {
            counts[i] += counts[i - 1];
        }
        let postings_at = counts.clone();
        let mut postings = vec![0; in_order.len()];
        for (name, stretch) in spelled_at.windows(2).enumerate() {
            for word in &in_order[stretch[0] as usize..stretch[1] as usize] {
                let at = &mut counts[(word & !CUT) as usize];
                postings[*at as usize] = name as u32;
                *at += 1;
            }
        }
        Index {
            names: names.into(),
            forms: table(&forms).into(),
            words,
            letters: letters.into(),
            letters_at: letters_at.into(),
            postings: postings.into(),
            postings_at: postings_at.into(),
            spelled: in_order.into(),
            spelled_at: spelled_at.into(),
            senses: in_rank.into(),
        }
    }
}

/// The hash table of the folded forms.
fn table(hashes: &[u64]) -> Vec<u32> {
    let slots = (hashes.len() * 3 / 2 + 1).next_power_of_two();
    let mut table = vec![0; 2 * slots];
    for (name, hash) in hashes.iter().enumerate() {
        let mut at = *hash as usize & (slots - 1);
        while table[2 * at] != 0 {
            at = (at + 1) & (slots - 1);
        }
        table[2 * at] = name as NameId + 1;
        table[2 * at + 1] = (hash >> 32) as u32;
    }
    table
}
