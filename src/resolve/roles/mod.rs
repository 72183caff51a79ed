//! Two names part by part: which word met which as what, what one leaves out, what contradicts.
//!
//! Letters have said which words are alike; the parts of names say more: a letter stands for a name, two phrases mean the same, a
//! patronymic in Kazakh and one in Russian are of one father, one body is a movement and the other a party.

mod others;
mod persons;
mod said;
#[cfg(test)]
mod tests;
mod told;

pub(super) use said::{clauses, separate};
use told::could_join;
pub(super) use told::{Told, says_nothing};

use super::named::{Compared, Named};
use crate::name::parts::{Finding, Kind, Language, Parts, Role, Says, What, kin};
use crate::name::reading::{Alignment, Comparer, Doubt, Met, Spelling, Word, WordCharges, charges, steps};

/// More than any cost of a letter, in steps.
const NEVER: u32 = steps(2.0);

/// Looks at two names part by part, after their letters: puts right which words answer to which, what that costs and why the two may not
/// be one, and says what was found.
pub(super) fn revise(comparer: &mut Comparer, a: &Compared, b: &Compared, likeness: &mut Alignment) -> Told {
    let persons = are_persons(&a.named.parts, &b.named.parts);
    let mut both = Both {
        charges: charges(),
        comparer,
        a,
        b,
        persons,
        met: std::mem::take(&mut likeness.met),
        used: (0, 0),
        meant: (0, 0),
        is_other_father: false,
        found: Vec::with_capacity(8),
    };
    both.drop_far();
    let mut freed = both.meanings();
    if persons {
        freed |= both.persons();
    }
    freed |= both.compounds();
    both.numerals();
    both.dotted();
    if freed {
        both.again();
    }
    both.agreements();
    let gender = both.gender(likeness.doubt == Some(Doubt::Gender));
    both.phrases();
    both.rest();
    both.finish(likeness, gender);
    both.told(&likeness.met)
}

fn are_persons(a: &Parts, b: &Parts) -> bool {
    let family =
        |parts: &Parts| parts.kind == Kind::Person || parts.kind == Kind::Unknown && parts.words.iter().any(|w| w.role == Role::Family);
    let other = |parts: &Parts| matches!(parts.kind, Kind::Organisation | Kind::Place);
    a.kind == Kind::Person && !other(b) || b.kind == Kind::Person && !other(a) || family(a) && family(b)
}

struct Both<'w> {
    /// What is charged besides letters.
    charges: &'static WordCharges,
    comparer: &'w mut Comparer,
    a: &'w Compared<'w>,
    b: &'w Compared<'w>,
    persons: bool,
    met: Vec<Met>,
    /// The words of the parts that a finding was made of, one bit each.
    used: (u64, u64),
    /// The words of the spellings that met by their meaning.
    meant: (u32, u32),
    /// Whether two patronymics of one language may be of two fathers.
    is_other_father: bool,
    found: Vec<Finding>,
}

impl Both<'_> {
    fn add(&mut self, what: What, says: Says, a: Option<usize>, b: Option<usize>) {
        self.used.0 |= a.map_or(0, |i| self.a.named.phrase(i));
        self.used.1 |= b.map_or(0, |j| self.b.named.phrase(j));
        self.found.push(Finding { what, says, a: a.map(|i| i as u8), b: b.map(|j| j as u8) });
    }

    /// The words of the spellings that have met.
    fn taken(&self) -> (u32, u32) {
        self.met.iter().fold((0, 0), |(a, b), m| (a | span(m.a, m.words.0), b | span(m.b, m.words.1)))
    }

    /// Takes back meetings that touch these words; whether there were any that went beyond them.
    fn part(&mut self, a: u32, b: u32) -> bool {
        let mut beyond = false;
        self.met.retain(|m| {
            let (x, y) = (span(m.a, m.words.0), span(m.b, m.words.1));
            let touches = x & a != 0 || y & b != 0;
            beyond |= touches && (x & !a != 0 || y & !b != 0);
            !touches
        });
        beyond
    }

    fn meet(&mut self, a: u32, b: u32, cost: u32) {
        if a != 0 && b != 0 {
            let words = (a.count_ones() as u8, b.count_ones() as u8);
            self.met.push(Met { a: a.trailing_zeros() as u8, b: b.trailing_zeros() as u8, cost: cost as u16, words });
        }
    }

    /// Takes back meetings of words that have hardly a letter in common: they stood where nothing else did.
    fn drop_far(&mut self) {
        let (a, b) = (self.a.spelling, self.b.spelling);
        let letters = |s: &Spelling, from: u8, words: u8| -> u32 {
            s.words[usize::from(from)..][..usize::from(words)].iter().map(|w| u32::from(w.letters)).sum()
        };
        let initial = |s: &Spelling, at: u8| s.words[usize::from(at)].is_initial;
        self.met.retain(|m| {
            let longest = letters(a, m.a, m.words.0).max(letters(b, m.b, m.words.1));
            // XX is no XXII, however like their letters are.
            let number_of = |named: &Named, word: u8| named.part_of(word).and_then(|at| number(named, at));
            let (one, other) = (number_of(self.a.named, m.a), number_of(self.b.named, m.b));
            if m.words == (1, 1) && one.zip(other).is_some_and(|((v, a), (w, b))| v != w && !(a && b)) {
                return false;
            }
            // Academy is no аудан: words that mean something else are other words, unless they are spelled alike.
            let meanings = (m.words == (1, 1)).then(|| self.a.named.meaning_of(m.a).zip(self.b.named.meaning_of(m.b))).flatten();
            let other = meanings.is_some_and(|(one, other)| one != other && !kin(one.id(), other.id()));
            let most = if other { self.charges.other_spelling } else { self.charges.far * longest };
            initial(a, m.a) || initial(b, m.b) || u32::from(m.cost) <= most
        });
    }

    /// Words and phrases that mean the same, whatever their letters. Whether words became free that had met others.
    fn meanings(&mut self) -> bool {
        let mut freed = false;
        let (a, b) = (self.a, self.b);
        for (i, word) in a.named.parts.words.iter().enumerate() {
            let what = match word.role {
                Role::Head(_) => What::Head,
                Role::Quality(_) => What::Quality,
                Role::Legal(_) => What::Legal,
                Role::PlaceWord(_) => What::PlaceWord,
                Role::Country(_) => What::Country,
                Role::Number(_) => What::Number,
                _ => continue,
            };
            let free = |(j, w): &(usize, &crate::name::parts::Word)| self.used.1 >> j & 1 == 0 && w.role == word.role && !w.continues();
            if word.continues() {
                continue;
            }
            let Some((j, _)) = b.named.parts.words.iter().enumerate().find(free) else { continue };
            let (x, y) = (a.named.spelled(i), b.named.spelled(j));
            let charge = match what {
                What::Number => self.charges.same_number,
                _ if x.count_ones() == y.count_ones() => self.charges.same_sense,
                _ => self.charges.other_phrase,
            };
            let inside = self.met.iter().filter(|m| span(m.a, m.words.0) & !x == 0 && span(m.b, m.words.1) & !y == 0);
            let (mut done, mut cost) = ((0, 0), 0);
            for m in inside {
                done = (done.0 | span(m.a, m.words.0), done.1 | span(m.b, m.words.1));
                cost += u32::from(m.cost);
            }
            if done != (x, y) || cost > charge {
                // Of a word that is two, the other half may have met already: Соц|движение.
                freed |= self.part(x & !self.meant.0, y & !self.meant.1);
                self.meet(x, y, charge);
            }
            self.meant = (self.meant.0 | x, self.meant.1 | y);
            self.add(what, Says::Agreement, Some(i), Some(j));
        }
        freed
    }

    /// A quality and a word, and both as one word of another language: Новый Узень, Жаңаөзен. Whether words became free that had met others.
    fn compounds(&mut self) -> bool {
        let mut freed = false;
        let (mut text, mut joined) = (String::new(), Spelling::default());
        for turned in [false, true] {
            let (side, other) = if turned { (self.b, self.a) } else { (self.a, self.b) };
            let used = if turned { self.used.1 } else { self.used.0 };
            for (i, word) in side.named.parts.words.iter().enumerate() {
                let Role::Quality(meaning) = word.role else { continue };
                let x = side.named.spelled(i);
                let at = x.trailing_zeros() as usize;
                let y = side.spelling.words.get(at + 1).filter(|_| x.count_ones() == 1 && used >> i & 1 == 0);
                let Some(y) = y else { continue };
                let weight = side.weights[at] + side.weights[at + 1];
                let wholes = || other.spelling.words.iter().enumerate().filter(|(_, z)| could_join(y, z));
                let Some(longest) = wholes().map(|(_, z)| u32::from(z.letters)).max() else { continue };
                let Some(core) = side.named.part_of(at as u8 + 1).map(|core| side.named.parts.folded(core)) else { continue };
                let mut best: Option<(u32, usize, u16)> = None;
                for quality in Language::ALL.into_iter().filter_map(|language| meaning.word(language)) {
                    text.clear();
                    text.push_str(quality);
                    text.push_str(core);
                    joined.read(&text);
                    let Some(first) = joined.words.first() else { continue };
                    for (j, z) in wholes() {
                        // What costs more for each letter of the longest is too dear whichever it is.
                        let most = (weight + other.weights[j]).min(self.charges.compound * longest);
                        let (cost, _) = self.comparer.word_cost_from((&joined, first), (other.spelling, z), 0, most);
                        if cost <= most && best.is_none_or(|best| (cost, j, z.letters) < best) {
                            best = Some((cost, j, z.letters));
                        }
                    }
                }
                let Some((cost, j, letters)) = best else { continue };
                if cost > self.charges.compound * u32::from(letters) {
                    continue;
                }
                let (mine, its) = (x | x << 1, 1 << j);
                let (a, b) = if turned { (its, mine) } else { (mine, its) };
                freed |= self.part(a, b);
                self.meet(a, b, cost + self.charges.same_sense);
                let (core, whole) = (side.named.part_of(at as u8 + 1), other.named.part_of(j as u8));
                let (v, w) = if turned { (whole, core) } else { (core, whole) };
                self.add(What::Core, Says::Agreement, v, w);
                *(if turned { &mut self.used.1 } else { &mut self.used.0 }) |= 1 << i;
                break;
            }
        }
        freed
    }

    /// A letter that is a Roman number, and the same number in digits or as a word: Ковыльное I, Ковыльное 1.
    fn numerals(&mut self) {
        let (a, b) = (self.a, self.b);
        for i in 0..a.named.parts.words.len() {
            let Some((value, is_letter)) = number(a.named, i).filter(|_| self.used.0 >> i & 1 == 0) else { continue };
            let same = |j: &usize| number(b.named, *j) == Some((value, !is_letter)) && self.used.1 >> j & 1 == 0;
            let Some(j) = (0..b.named.parts.words.len()).find(same) else { continue };
            let (x, y) = (a.named.spelled(i), b.named.spelled(j));
            self.part(x, y);
            self.meet(x, y, self.charges.same_number);
            self.add(What::Number, Says::Agreement, Some(i), Some(j));
        }
    }

    /// Letters one by one and the same letters as a word: A.B.C., ABC.
    fn dotted(&mut self) {
        for turned in [false, true] {
            let (side, other) = if turned { (self.b, self.a) } else { (self.a, self.b) };
            let words = &side.spelling.words;
            let mut at = 0;
            while at < words.len() {
                let run = words[at..].iter().take_while(|w| w.is_initial && w.letters == 1).count();
                if run > 1 {
                    let letters = || words[at..at + run].iter().flat_map(|w| side.spelling.letters(w));
                    let same = |w: &Word| usize::from(w.letters) == run && other.spelling.letters(w).eq(letters());
                    if let Some(j) = other.spelling.words.iter().position(same) {
                        let (mine, its) = (((1 << run) - 1) << at, 1 << j);
                        let (x, y) = if turned { (its, mine) } else { (mine, its) };
                        self.part(x, y);
                        self.meet(x, y, 0);
                    }
                }
                at += run.max(1);
            }
        }
    }

    /// Words that became free meet others that are.
    fn again(&mut self) {
        let (taken_a, taken_b) = self.taken();
        let free = |side: &Compared, taken: u32| -> Vec<usize> { (0..side.spelling.words.len()).filter(|i| taken >> i & 1 == 0).collect() };
        let (free_a, free_b) = (free(self.a, taken_a), free(self.b, taken_b));
        let mut pairs: Vec<(u32, usize, usize, u32)> = Vec::new();
        for &i in &free_a {
            for &j in &free_b {
                let (v, w) = (&self.a.spelling.words[i], &self.b.spelling.words[j]);
                if v.is_initial || w.is_initial {
                    continue;
                }
                let weights = (self.a.weights[i], self.b.weights[j]);
                let cost = self.comparer.word_cost((self.a.spelling, v), (self.b.spelling, w), weights);
                if cost < weights.0 + weights.1 {
                    pairs.push((weights.0 + weights.1 - cost, i, j, cost));
                }
            }
        }
        pairs.sort_unstable_by(|p, q| q.cmp(p));
        for (_, i, j, cost) in pairs {
            let taken = self.taken();
            if taken.0 >> i & 1 == 0 && taken.1 >> j & 1 == 0 {
                self.meet(1 << i, 1 << j, cost);
            }
        }
    }

    /// Words that met by their letters, as what they are.
    fn agreements(&mut self) {
        for k in 0..self.met.len() {
            let m = self.met[k];
            let (Some(i), Some(j)) = (self.a.named.part_of(m.a), self.b.named.part_of(m.b)) else { continue };
            if self.used.0 >> i & 1 == 1 || self.used.1 >> j & 1 == 1 {
                continue;
            }
            let role = |side: &Compared, i: usize| side.named.parts.words[i].role;
            let what = match (role(self.a, i), role(self.b, j)) {
                (Role::Family, Role::Family) => What::Family,
                (Role::Patronymic, Role::Patronymic) => What::Patronymic,
                (Role::Given, Role::Given) => What::Given,
                (Role::Core, role) | (role, Role::Core) if self.persons => match role {
                    Role::Family => What::Family,
                    Role::Patronymic => What::Patronymic,
                    Role::Given => What::Given,
                    _ => What::Core,
                },
                (Role::Particle | Role::Named, _) | (_, Role::Particle | Role::Named) => continue,
                (one, other) if one.meaning().is_some() && other.meaning().is_some() => continue,
                _ => What::Core,
            };
            self.add(what, Says::Agreement, Some(i), Some(j));
        }
    }

    /// Phrases of different meaning that met in some words only: Министерство обороны, Министерство юстиции.
    fn phrases(&mut self) {
        for k in 0..self.met.len() {
            let m = self.met[k];
            let (Some(i), Some(j)) = (self.a.named.part_of(m.a), self.b.named.part_of(m.b)) else { continue };
            let (i, j) = (self.a.named.first(i), self.b.named.first(j));
            let (v, w) = (self.a.named.parts.words[i].role, self.b.named.parts.words[j].role);
            let (Some(one), Some(other)) = (v.meaning(), w.meaning()) else { continue };
            let what = match (v, w) {
                (Role::Head(_), Role::Head(_)) => What::Head,
                (Role::Country(_), Role::Country(_)) => What::Country,
                (Role::PlaceWord(_), Role::PlaceWord(_)) => What::PlaceWord,
                _ => continue,
            };
            let (taken_a, taken_b) = self.taken();
            let whole = self.a.named.spelled(i) & !taken_a == 0 && self.b.named.spelled(j) & !taken_b == 0;
            if one != other && !whole && !self.found.iter().any(|f| f.what == what) {
                let says = if kin(one.id(), other.id()) { Says::Omission } else { Says::Contradiction };
                self.add(what, says, Some(i), Some(j));
            }
        }
    }
}

/// The words of a meeting on one side, a bit each.
fn span(from: u8, words: u8) -> u32 {
    ((1u32 << words) - 1) << from
}

/// The number that a word of the parts is, and whether it may be a letter instead.
fn number(named: &Named, at: usize) -> Option<(u32, bool)> {
    match named.parts.words[at].role {
        Role::Number(number) => Some((number, false)),
        Role::Initial | Role::Core => numeral(named.parts.folded(at)).map(|number| (number, true)),
        _ => None,
    }
}

/// The value of a letter that is a Roman number. The Cyrillic letters І and Х may stand for the Latin.
fn numeral(folded: &str) -> Option<u32> {
    match folded {
        "i" | "і" => Some(1),
        "v" => Some(5),
        "x" | "х" => Some(10),
        _ => None,
    }
}
