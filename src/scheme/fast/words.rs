//! What rules ask of the whole word. Read from the word's end to its beginning, the letters tell it at the beginning,
//! where such rules ask; in the middle of a word they tell what there is in the rest of it.

use super::{APART, BELONGS, BELONGS_SHIFT, FastTable, LATE, Sign, WORD, key};
use crate::scheme::compile::{CompiledRule, Program, Test};
use crate::text::{ends_word, is_invisible, is_mark};
use std::iter::once;

/// The classes that rules ask a word for; more than the first few are left to the engine.
pub(super) struct Words(Vec<u64>);

const MOST: usize = 2;
const SHIFT: u32 = WORD.trailing_zeros();
/// The word may have more than is known of it. Told by what may belong to a word or not, which is no table's to say.
pub(super) const UNSURE: Sign = 1 << (SHIFT + MOST as u32);
/// How far behind a window the end of a word is looked for, in characters.
const LONGEST: usize = 64;

impl Words {
    pub(super) fn of(program: &Program) -> Words {
        let mut masks = Vec::new();
        for mask in program.rules.iter().flat_map(|rule| [rule.word_has, rule.word_lacks]) {
            if mask != 0 && !masks.contains(&mask) && masks.len() < MOST {
                masks.push(mask);
            }
        }
        Words(masks)
    }

    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Every kind of word.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Sign> + use<> {
        (0..if self.any() { WORD >> SHIFT } else { 0 } + 1).map(|kind| kind << SHIFT)
    }

    /// What a character, or the text's edge, tells of its word.
    pub(super) fn sign(&self, program: &Program, c: Option<char>) -> Sign {
        let Some(c) = c else { return 0 };
        if ends_word(once(c)) && !is_mark(c) && !is_invisible(c) {
            // An apostrophe belongs to the word if a letter follows.
            return APART | if ends_word([c, 'a'].into_iter()) { 0 } else { UNSURE };
        }
        let classes = program.letter(c).map_or(0, |(cell, _)| program.letters[cell.letter as usize].classes);
        let has = |(place, mask): (u32, &u64)| u32::from(classes & mask != 0) << (SHIFT + place);
        BELONGS | (0..).zip(&self.0).map(has).sum::<Sign>()
    }

    /// Whether a rule fits a word of a kind; nothing when that is not known.
    pub(super) fn fits(&self, rule: &CompiledRule, word: Sign) -> Option<bool> {
        let whole = rule.after.iter().all(|pattern| *pattern == [Test::Start]) && !rule.after.is_empty() && word & UNSURE == 0;
        let has = |mask: u64| match self.0.iter().position(|known| *known == mask) {
            Some(place) if word >> (SHIFT + place as u32) & 1 == 1 => Some(true),
            Some(_) if whole => Some(false),
            _ => None,
        };
        let conditions = [(rule.word_has, true), (rule.word_lacks, false)];
        let mut conditions = conditions.into_iter().filter(|(mask, _)| *mask != 0).map(|(mask, wanted)| Some(has(mask)? == wanted));
        if conditions.clone().any(|fits| fits == Some(false)) {
            return Some(false);
        }
        conditions.all(|fits| fits.is_some()).then_some(true)
    }
}

/// Adds to the signs of many characters what those behind them in their words tell; `ahead` is what those behind the last
/// tell, and `keeps` has room for as many.
#[inline(always)]
pub(super) fn gather(ahead: Sign, signs: &mut [Sign], keeps: &mut [Sign]) {
    let count = signs.len();
    let keeps = &mut keeps[..count];
    for (keep, sign) in keeps.iter_mut().zip(&*signs) {
        *keep = sign >> BELONGS_SHIFT & WORD;
    }
    // Each waits for the one behind it, so both halves go at once. The second begins with the one too many.
    let half = count / 2;
    let (mut word, mut carried) = (0, ahead);
    if count % 2 == 1 {
        carried = carried & keeps[count - 1] | signs[count - 1];
        signs[count - 1] = carried;
    }
    let (keeps, keeps_of_second) = keeps[..2 * half].split_at(half);
    let (signs, signs_of_second) = signs[..2 * half].split_at_mut(half);
    for at in (0..half).rev() {
        word = word & keeps[at] | signs[at];
        signs[at] = word;
        carried = carried & keeps_of_second[at] | signs_of_second[at];
        signs_of_second[at] = carried;
    }
    for (keep, sign) in keeps.iter().zip(signs).rev() {
        carried &= keep;
        if carried == 0 {
            break;
        }
        *sign |= carried;
    }
}

impl FastTable {
    /// What the rest of a word tells that goes on behind a window: from the first character that begins at `at` or behind it.
    pub(super) fn word_ahead(&self, rest: &[u8], mut at: usize) -> Sign {
        while rest.get(at).is_some_and(|byte| byte & 0xC0 == 0x80) {
            at += 1;
        }
        let mut word = 0;
        for _ in 0..LONGEST {
            let Some(first) = rest.get(at) else { return word };
            let sign = self.signs[key(*first, rest.get(at + 1).copied().unwrap_or_default())];
            word |= sign & WORD;
            if sign & APART != 0 {
                return word;
            }
            at += if *first < 0x80 { 1 } else { 2 };
        }
        UNSURE | LATE
    }
}
