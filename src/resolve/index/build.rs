//! Building the index of a registry.

use super::beginnings::Beginnings;
use super::keys::Keys;
use super::skeleton::read;
use super::table::Table;
use super::{BITS, CUT, Forms, Index, OF_POSTING, OF_WORD, SIXTEEN, Seen, hash_of, hash_of_meaning, number, packed, weight};
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
        let costs = Costs::get();
        let alphabet = &costs.alphabet;
        for e in 0..registry.len() {
            let Some(entity) = registry.entity_at(e) else { continue };
            for name in &entity.names {
                starts.push(spelled.len() as u32);
                form.clear();
                fold_into(&name.text, &mut form);
                spelling.read(&form);
                for word in &spelling.words {
                    key.clear();
                    key.extend_from_slice(spelling.letters_of(word));
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
        let mut vocabulary: Vec<u32> = Vec::with_capacity(OF_WORD * (words.len() + 1));
        for (rank, ((skeleton, sound), own, id)) in words.iter().enumerate() {
            order[*id as usize] = rank as u32;
            let hash = if sound.len() == 0 { hash_of(own) } else { skeleton.hash() };
            vocabulary.extend([letters.len() as u32, 0, packed(senses[*id as usize], hash), costs.signature(own.iter().copied())]);
            letters.extend_from_slice(own);
        }
        vocabulary.extend([letters.len() as u32, 0, 0, 0]);
        let keys = Keys::build(words.iter().map(|((_, sound), own, _)| if sound.len() == 0 { &[][..] } else { own }));
        let beginnings = Beginnings::build(words.iter().map(|(_, own, _)| &**own), words.len());
        let by_letters = Table::of(words.iter().map(|(_, own, _)| hash_of(own)));
        let meaning: Vec<(u64, u32)> = (words.iter().enumerate())
            .filter_map(|(rank, (.., id))| Some((hash_of_meaning(senses[*id as usize]?.0), rank as u32)))
            .collect();
        let by_meaning = Table::numbered(meaning.iter().copied(), meaning.len());
        for word in &mut spelled {
            *word = order[(*word & !CUT) as usize] | *word & CUT;
            vocabulary[OF_WORD * (*word & !CUT) as usize + OF_WORD + 1] += 1;
        }
        for (word, ((_, own, id), next)) in words.iter().zip(1..).enumerate() {
            let frequency = vocabulary[OF_WORD * next + 1];
            let weight = weight(own.len(), frequency, forms.len(), senses[*id as usize].map(|(_, sense)| sense));
            vocabulary[OF_WORD * word + 2] |= weight.min(0xFF) << 24;
        }
        drop((order, words));
        let mut free: Vec<u32> = Vec::with_capacity(vocabulary.len() / OF_WORD);
        for word in 0..vocabulary.len() / OF_WORD {
            vocabulary[OF_WORD * word + 1] += free.last().copied().unwrap_or(0);
            free.push(vocabulary[OF_WORD * word + 1]);
        }
        let mut postings = vec![0; OF_POSTING * spelled.len()];
        let known = |word: &u32| vocabulary[OF_WORD * (word & !CUT) as usize + 2];
        let bit = |word: &u32| -> Seen { 1 << (known(word) >> 19 & 31) };
        let letters_set = |word: &u32| vocabulary[OF_WORD * (word & !CUT) as usize + 3];
        for name in 0..starts.len() - 1 {
            let words = &spelled[starts[name] as usize..starts[name + 1] as usize];
            let weight: u32 = words.iter().map(|word| known(word) >> 24).sum();
            let weight = (weight / SIXTEEN).min(0xFF) << BITS;
            for (at, word) in words.iter().enumerate() {
                let slot = &mut free[(word & !CUT) as usize];
                let others = words.iter().enumerate().filter(|(other, _)| *other != at);
                let (bits, set) = others.fold((0, 0), |(bits, set), (_, other)| (bits | bit(other), set | letters_set(other)));
                postings[OF_POSTING * *slot as usize..][..OF_POSTING].copy_from_slice(&[name as u32, bits | weight, set]);
                *slot += 1;
            }
        }
        Index {
            number: number(),
            forms,
            starts: starts.into(),
            words: by_letters,
            meant: by_meaning,
            vocabulary: vocabulary.into(),
            letters: letters.into(),
            postings: postings.into(),
            spelled: spelled.into(),
            keys,
            beginnings,
        }
    }
}
