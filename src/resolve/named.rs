//! A name taken apart, beside its spelling.

use crate::name::parts::{Meaning, Parts, Role, analyse};
use crate::name::reading::{Spelling, Word};
use crate::text::is_alphanumeric;

/// The parts of a name, with the words of its spelling that each of them is.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub parts: Parts,
    /// For each word of the parts those of the spelling, a bit each; nothing where each is that of the same number.
    at: Vec<u32>,
}

/// One of two names that are compared.
pub(super) struct Compared<'n> {
    pub spelling: &'n Spelling,
    /// What each word of the spelling costs when it is missing, in steps.
    pub weights: &'n [u32],
    pub named: &'n Named,
}

/// A word of a spelling, or a letter of one that is several initials.
pub(super) enum Letter {
    Own(Spelling),
    Word(usize),
}

impl Letter {
    pub(super) fn word<'l>(&'l self, side: &'l Compared) -> Option<(&'l Spelling, &'l Word)> {
        match self {
            Letter::Own(spelling) => spelling.words.first().map(|w| (spelling, w)),
            Letter::Word(at) => side.spelling.words.get(*at).map(|w| (side.spelling, w)),
        }
    }
}

impl Named {
    /// Takes a name apart; nothing when its words are not those of its spelling.
    pub(super) fn new(text: &str, folded: &str, spelling: &Spelling) -> Option<Named> {
        Named::of(analyse(text, None), text, folded, spelling)
    }

    /// The same of a name whose parts are known.
    pub(super) fn of(parts: Parts, text: &str, folded: &str, spelling: &Spelling) -> Option<Named> {
        // Mostly the words are the same, one by one.
        let is_same = |(i, word): (usize, &Word)| folded.get(word.text.start as usize..word.text.end as usize) == Some(parts.folded(i));
        if parts.words.len() == spelling.words.len() && spelling.guessed.is_empty() && spelling.words.iter().enumerate().all(is_same) {
            return Some(Named { parts, at: Vec::new() });
        }
        // Letters are what a text and its folded form have in common; they are counted in both.
        let mut spelled = [(0u16, 0u16); 32];
        let mut counter = Counter::new(folded);
        for (word, span) in spelling.words.iter().zip(&mut spelled) {
            *span = (counter.up_to(word.text.start as usize), counter.up_to(word.text.end as usize));
        }
        let spelled = &spelled[..spelling.words.len()];
        let all = counter.up_to(folded.len());
        let mut counter = Counter::new(text);
        let mut at = Vec::with_capacity(parts.words.len());
        for word in &parts.words {
            let range = word.range();
            let (from, to) = (counter.up_to(range.start), counter.up_to(range.end));
            let overlaps = |(start, end): &(u16, u16)| *start < to && *end > from;
            at.push(spelled.iter().enumerate().filter(|(_, s)| overlaps(s)).fold(0, |mask, (i, _)| mask | 1 << i));
        }
        (counter.up_to(text.len()) == all).then_some(Named { parts, at })
    }

    /// The words of the spelling that a word is, a bit each.
    fn at(&self, word: usize) -> u32 {
        if self.at.is_empty() { 1 << word } else { self.at[word] }
    }

    /// The words of the spelling that a word is, with those that continue its phrase.
    pub(super) fn spelled(&self, word: usize) -> u32 {
        let more = self.parts.words[word + 1..].iter().take_while(|w| w.continues()).count();
        (word..=word + more).fold(0, |mask, i| mask | self.at(i))
    }

    /// Whether a word of the spelling is this part and another: Соц|движение.
    pub(super) fn is_shared(&self, word: usize) -> bool {
        self.at.iter().enumerate().any(|(i, mask)| i != word && mask & self.at[word] != 0)
    }

    /// The phrase that begins with a word, as it is written.
    pub(super) fn text_of(&self, text: &str, word: usize) -> String {
        let more = self.parts.words[word + 1..].iter().take_while(|w| w.continues()).count();
        let range = self.parts.words[word].range().start..self.parts.words[word + more].range().end;
        text.get(range).unwrap_or_default().to_owned()
    }

    /// The first word of the phrase that a word is in.
    pub(super) fn first(&self, word: usize) -> usize {
        (0..=word).rev().find(|i| !self.parts.words[*i].continues()).unwrap_or(word)
    }

    /// A word and those that continue its phrase, a bit each.
    pub(super) fn phrase(&self, word: usize) -> u64 {
        let more = self.parts.words[word + 1..].iter().take_while(|w| w.continues()).count();
        (word..=word + more).fold(0, |mask, i| mask | 1 << i)
    }

    /// The words of a role, each phrase once.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = usize> {
        self.parts.words.iter().enumerate().filter(move |(_, w)| w.role == role && !w.continues()).map(|(i, _)| i)
    }

    /// The word of the parts that a word of the spelling is.
    pub(super) fn part_of(&self, spelled: u8) -> Option<usize> {
        if self.at.is_empty() {
            return Some(usize::from(spelled)).filter(|word| *word < self.parts.words.len());
        }
        self.at.iter().position(|mask| mask >> spelled & 1 == 1)
    }

    /// The meaning of a word of the spelling, by the tables.
    pub(super) fn meaning_of(&self, spelled: u8) -> Option<Meaning> {
        self.part_of(spelled).and_then(|i| self.parts.words[i].role.meaning())
    }

    /// A word of the parts for comparing letters. Of Т.Н. written as one word each letter is made one.
    pub(super) fn letter_or_word(&self, spelling: &Spelling, word: usize) -> Letter {
        let at = self.at(word).trailing_zeros() as usize;
        if self.parts.words[word].role == Role::Initial {
            let mut own = Spelling::of(self.parts.folded(word));
            if let Some(word) = own.words.first_mut() {
                word.is_initial = true;
            }
            return Letter::Own(own);
        }
        debug_assert!(at < spelling.words.len() || self.at(word) == 0);
        Letter::Word(at)
    }
}

/// Counts the letters and digits of a text up to places that only go forward.
struct Counter<'t> {
    rest: std::str::CharIndices<'t>,
    count: u16,
    at: usize,
}

impl Counter<'_> {
    fn new(text: &str) -> Counter<'_> {
        Counter { rest: text.char_indices(), count: 0, at: 0 }
    }

    fn up_to(&mut self, place: usize) -> u16 {
        while self.at < place {
            let Some((at, c)) = self.rest.next() else { break };
            self.at = at + c.len_utf8();
            // An apostrophe by its looks, which folds to one, though Unicode counts it among the letters.
            self.count += u16::from(is_alphanumeric(c) && c != '\u{2BC}');
        }
        self.count
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::Reading;

    #[test]
    fn words_are_found_beside_apostrophes_that_count_as_letters() {
        for name in ["Yelʼtsin Boris", "A.B. Yelʼtsin", "28-я Kazanʼ"] {
            assert!(Reading::of(name).named().is_some(), "{name}");
        }
    }
}
