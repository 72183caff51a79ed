//! Words that met and may be two: Ерлан Маратович is not Ержан Маратович, however alike the rest is.

use super::Both;
use crate::name::alphabets;
use crate::name::parts::Role;
use crate::name::reading::{Met, Side, Word};
use crate::resolve::named::Compared;

impl Both<'_> {
    /// Whether one of several words met one that may be another word.
    pub(super) fn any_other_word(&self) -> bool {
        if self.met.len() < 2 {
            return false;
        }
        if self.is_other_father || self.persons && self.met.iter().any(|m| self.are_two_given(m)) {
            return true;
        }
        let unsure = |m: &&Met| u32::from(m.cost) > self.charges.same_language;
        if !self.met.iter().any(|m| unsure(&m)) {
            return false;
        }
        let one_language = self.are_of_one_language();
        self.met.iter().filter(unsure).any(|m| self.is_other_word(m, one_language))
    }

    /// Whether two given names that the tables know met.
    fn are_two_given(&self, m: &Met) -> bool {
        let (a, b) = (&self.a.named.parts, &self.b.named.parts);
        let (Some(i), Some(j)) = (self.a.named.part_of(m.a), self.b.named.part_of(m.b)) else { return false };
        let (v, w) = (&a.words[i], &b.words[j]);
        u32::from(m.cost) > self.charges.habit
            && (v.role, w.role) == (Role::Given, Role::Given)
            && v.is_given_name()
            && w.is_given_name()
            && !a.same_meaning(i, b, j)
    }

    /// Whether a word met one that may be another word; for a name of one language a letter is enough, if the word is not long.
    fn is_other_word(&self, m: &Met, one_language: bool) -> bool {
        let (a, b) = (words(self.a, m.a, m.words.0), words(self.b, m.b, m.words.1));
        let (i, j) = (self.a.named.part_of(m.a), self.b.named.part_of(m.b));
        let role = |side: &Compared, i: Option<usize>| i.map_or(Role::Core, |i| side.named.parts.words[i].role);
        let roles = [role(self.a, i), role(self.b, j)];
        let is_small = roles.iter().any(|role| matches!(role, Role::Particle | Role::Named));
        if is_small || self.by_meaning(m) || a.iter().chain(b).any(|word| word.is_initial || word.is_number) {
            return false;
        }
        // Endings that the family names of many have say nothing, and patronymics are compared by their stems.
        let stems = i.zip(j).filter(|_| m.words == (1, 1) && matches!(roles[0], Role::Family | Role::Patronymic) && roles[0] == roles[1]);
        let letters = match stems {
            Some(_) if roles[0] == Role::Patronymic => return one_language,
            Some((i, j)) => {
                let stem = |side: &Compared, i: usize| side.named.parts.stem(i).chars().count() as u32;
                stem(self.a, i).max(stem(self.b, j))
            }
            None => letters(a).max(letters(b)),
        };
        one_language && letters < self.charges.long_word
            || u32::from(m.cost) > self.charges.other_word + letters * self.charges.other_word_letter
    }

    /// Whether both names are in one script and may be of the same languages by their letters, which are all of one.
    fn are_of_one_language(&self) -> bool {
        let script = |side: &Compared| side.spelling.words.iter().find(|w| !w.is_number).map(|w| w.side);
        let languages = |side: &Compared| {
            let parts = &side.named.parts;
            (0..parts.words.len()).fold(alphabets::ALL, |all, i| all & alphabets::of(parts.folded(i)))
        };
        let (one, other) = (script(self.a), script(self.b));
        one == other && one != Some(Side::Latin) && {
            let languages = [languages(self.a), languages(self.b)];
            languages[0] != 0 && languages[0] == languages[1]
        }
    }
}

/// The words of a meeting on one side.
fn words<'s>(side: &'s Compared, from: u8, words: u8) -> &'s [Word] {
    &side.spelling.words[usize::from(from)..][..usize::from(words)]
}

fn letters(words: &[Word]) -> u32 {
    words.iter().map(|word| u32::from(word.letters)).sum()
}
