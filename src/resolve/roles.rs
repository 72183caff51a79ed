//! Two names part by part: which word met which as what, what one leaves out, what contradicts.
//!
//! Letters have said which words are alike; the parts of names say more: a letter stands for a name, two phrases mean the same, a
//! patronymic in Kazakh and one in Russian are of one father, one body is a movement and the other a party.

use super::named::Compared;
use super::reading::Reading;
use crate::name::parts::{Finding, Gender, Kind, Parts, Role, Says, What, kin};
use crate::name::reading::{Alignment, Comparer, Doubt, Met, Spelling, Word, steps};

/// What is charged for words that meet by more than their letters, in steps.
mod charge {
    use super::steps;
    /// A word that costs no more than this is spelled by habit.
    pub const HABIT: u32 = steps(0.6);
    /// Two words or phrases of one meaning.
    pub const SAME_SENSE: u32 = steps(1.0);
    /// The same number, written otherwise.
    pub const SAME_NUMBER: u32 = steps(0.3);
    /// A letter that stands for a name.
    pub const INITIAL: u32 = steps(1.0);
    /// A letter that costs more than this is another one.
    pub const OTHER_INITIAL: u32 = steps(1.0);
    /// Саша for Александр.
    pub const SHORT_NAME: u32 = steps(1.5);
    /// Phrases of one meaning and different length: Казахстан, Республика Казахстан.
    pub const OTHER_PHRASE: u32 = steps(2.0);
    /// The names of two fathers are one when they cost no more for each letter, and two from here.
    pub const FATHER: u32 = steps(0.62);
    pub const OTHER_FATHER: u32 = steps(1.0);
    /// What taking a man's name for a woman's was charged by the letters.
    pub const OPPOSITE: u32 = steps(3.0);
    /// Each thing in which the names contradict each other.
    pub const CONTRADICTION: u32 = steps(6.0);
    /// A single word that costs more than this is not sure to be the same.
    pub const OTHER_SPELLING: u32 = steps(1.4);
    /// Words that cost more than this for each letter are other words.
    pub const FAR: u32 = steps(2.2);
    /// More than any cost of a letter.
    pub const NEVER: u32 = steps(2.0);
}

/// What is left of the weight of a patronymic and of an initial that are left out, in hundredths.
const PATRONYMIC_LEFT: u32 = 40;
const INITIAL_LEFT: u32 = 50;

/// What the parts of two names say.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub findings: Vec<Finding>,
    /// The words that met stand in an order that makes another name of them: X bin Y, Y bin X.
    pub reordered: bool,
    /// One name is the end of the other: its first word is left out, which tells the bearer from the father.
    pub lead_left: bool,
    /// Of the words that met those that are least alike: the part of their weight that their letters cost, in thousandths.
    pub worst: u32,
}

/// Whether the letters of two names say all that their parts could: every word has met another, by spellings of habit, in one order.
pub(super) fn says_nothing(a: &Reading, b: &Reading, likeness: &Alignment) -> bool {
    let words = || a.spelling.words.iter().chain(&b.spelling.words);
    if likeness.met.is_empty() {
        // What means the same need not have a letter in common.
        let means = |of: &Reading| of.spelling.words.iter().any(|w| w.sense.is_some() || w.is_number || w.is_initial);
        return !means(a) || !means(b);
    }
    likeness.left == [0, 0]
        && likeness.doubt.is_none()
        && likeness.met.iter().all(|m| u32::from(m.cost) <= charge::HABIT && m.words == (1, 1))
        && likeness.met.windows(2).all(|w| w[0].b < w[1].b)
        && !words().any(|w| w.is_initial)
}

impl Told {
    /// What letters alone tell, where the parts say no more.
    pub(super) fn by_letters(a: &Reading, b: &Reading, likeness: &Alignment) -> Told {
        let weigh = |weights: &[u32], from: u8, words: u8| weights[usize::from(from)..][..usize::from(words)].iter().sum::<u32>();
        let plain = likeness.met.iter().filter(|m| a.spelling.words[usize::from(m.a)].sense.is_none());
        let part = |m: &Met| u32::from(m.cost) * 1000 / (weigh(&a.weights, m.a, m.words.0) + weigh(&b.weights, m.b, m.words.1)).max(1);
        Told { worst: plain.map(part).max().unwrap_or(0), ..Told::default() }
    }

    pub(super) fn has(&self, what: What, says: Says) -> bool {
        self.findings.iter().any(|f| f.what == what && f.says == says)
    }
}

/// Looks at two names part by part, after their letters: puts right which words answer to which, what that costs and why the two may not
/// be one, and says what was found.
pub(super) fn revise(comparer: &mut Comparer, a: &Compared, b: &Compared, likeness: &mut Alignment) -> Told {
    let persons = are_persons(&a.named.parts, &b.named.parts);
    let mut both =
        Both { comparer, a, b, persons, met: std::mem::take(&mut likeness.met), used: (0, 0), meant: (0, 0), found: Vec::with_capacity(8) };
    both.drop_far();
    let mut freed = both.meanings();
    if persons {
        freed |= both.persons();
    }
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
    comparer: &'w mut Comparer,
    a: &'w Compared<'w>,
    b: &'w Compared<'w>,
    persons: bool,
    met: Vec<Met>,
    /// The words of the parts that a finding was made of, one bit each.
    used: (u64, u64),
    /// The words of the spellings that met by their meaning.
    meant: (u32, u32),
    found: Vec<Finding>,
}

impl Both<'_> {
    fn add(&mut self, what: What, says: Says, weight: u8, a: Option<usize>, b: Option<usize>) {
        self.used.0 |= a.map_or(0, |i| self.a.named.phrase(i));
        self.used.1 |= b.map_or(0, |j| self.b.named.phrase(j));
        self.found.push(Finding { what, says, weight, a: a.map(|i| i as u8), b: b.map(|j| j as u8) });
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
            initial(a, m.a) || initial(b, m.b) || u32::from(m.cost) <= charge::FAR * longest
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
                What::Number => charge::SAME_NUMBER,
                _ if x.count_ones() == y.count_ones() => charge::SAME_SENSE,
                _ => charge::OTHER_PHRASE,
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
            self.add(what, Says::Agreement, 30, Some(i), Some(j));
        }
        freed
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

    /// Initials, patronymics and short forms of given names. Whether words became free that had met others.
    fn persons(&mut self) -> bool {
        let (a, b) = (self.a, self.b);
        let mut freed = self.fathers();
        let is = |role: Role| move |w: &&crate::name::parts::Word| w.role == role;
        let initials = |side: &Compared| side.named.parts.words.iter().any(|w| w.role == Role::Initial);
        // Short forms: Саша, Александр.
        let (taken_a, taken_b) = self.taken();
        for i in a.named.all(Role::Given).filter(|i| taken_a & a.named.spelled(*i) == 0) {
            let short = |j: &usize| taken_b & b.named.spelled(*j) == 0 && a.named.parts.same_meaning(i, &b.named.parts, *j);
            if let Some(j) = b.named.all(Role::Given).find(short) {
                self.meet(a.named.spelled(i), b.named.spelled(j), charge::SHORT_NAME);
                self.add(What::Given, Says::Agreement, 40, Some(i), Some(j));
            }
        }
        if initials(a) || initials(b) {
            freed |= self.initials();
        }
        for side in [a, b] {
            let words = &side.named.parts.words;
            if !words.is_empty()
                && words.iter().all(|w| matches!(w.role, Role::Initial | Role::Particle))
                && words.iter().any(|w| is(Role::Initial)(&w))
            {
                self.add(What::InitialsOnly, Says::Contradiction, 100, None, None);
                break;
            }
        }
        freed
    }

    /// The patronymics of both names, in whatever language.
    fn fathers(&mut self) -> bool {
        let (a, b) = (self.a, self.b);
        let (Some(i), Some(j)) = (a.named.all(Role::Patronymic).next(), b.named.all(Role::Patronymic).next()) else { return false };
        let (x, y) = (a.named.spelled(i), b.named.spelled(j));
        let (v, w) = (a.named.parts.words[i], b.named.parts.words[j]);
        let met = self.met.iter().find(|m| span(m.a, m.words.0) & x != 0 && span(m.b, m.words.1) & y != 0).map(|m| u32::from(m.cost));
        let (stem, other) = (Spelling::of(a.named.parts.stem(i)), Spelling::of(b.named.parts.stem(j)));
        let (stems, letters) = match (stem.words.as_slice(), other.words.as_slice()) {
            ([v], [w]) => {
                let letters = u32::from(v.letters.max(w.letters)).max(3);
                (self.comparer.word_cost((&stem, v), (&other, w), (letters * charge::OTHER_FATHER, 0)), letters)
            }
            _ => (u32::MAX, 3),
        };
        if v.gender.contradicts(w.gender) {
            self.add(What::Gender, Says::Contradiction, 80, Some(i), Some(j));
        }
        let mut freed = false;
        if stems < letters * charge::OTHER_FATHER && met.is_none_or(|cost| cost > stems) {
            freed = self.part(x, y);
            self.meet(x, y, stems);
        }
        let cost = met.unwrap_or(u32::MAX).min(stems);
        if cost <= letters * charge::FATHER {
            self.add(What::Patronymic, Says::Agreement, 50, Some(i), Some(j));
        } else if cost >= letters * charge::OTHER_FATHER {
            freed |= self.part(x, y);
            self.add(What::Patronymic, Says::Contradiction, 70, Some(i), Some(j));
        }
        freed
    }

    /// Letters that stand for names: in the order of the names that have met no other word.
    fn initials(&mut self) -> bool {
        let (a, b) = (self.a, self.b);
        let of_initials = |side: &Compared| side.named.all(Role::Initial).fold(0, |mask, i| mask | side.named.spelled(i));
        let freed = self.part(of_initials(a), of_initials(b));
        let (taken_a, taken_b) = self.taken();
        let open = |side: &Compared, taken: u32, used: u64| -> Vec<usize> {
            let words = side.named.parts.words.iter().enumerate();
            let may = |w: &crate::name::parts::Word| matches!(w.role, Role::Given | Role::Patronymic | Role::Core | Role::Initial);
            let free = |i: usize| used >> i & 1 == 0 && taken & side.named.spelled(i) == 0;
            words.filter(|(i, w)| may(w) && !w.continues() && free(*i)).map(|(i, _)| i).collect()
        };
        let (open_a, open_b) = (open(a, taken_a, self.used.0), open(b, taken_b, self.used.1));
        let is_initial = |side: &Compared, i: usize| side.named.parts.words[i].role == Role::Initial;
        let joined = |side: &Compared, i: usize| side.named.parts.words[i].joined();
        let (mut p, mut q) = (0, 0);
        while let (Some(&i), Some(&j)) = (open_a.get(p), open_b.get(q)) {
            if !is_initial(a, i) && !is_initial(b, j) {
                (p, q) = (p + 1, q + 1);
                continue;
            }
            let (part_a, part_b) = (a.named.letter_or_word(a.spelling, i), b.named.letter_or_word(b.spelling, j));
            let cost = match (part_a.word(a), part_b.word(b)) {
                (Some(v), Some(w)) => {
                    let weights = if v.1.is_initial { (charge::NEVER, 0) } else { (0, charge::NEVER) };
                    self.comparer.word_cost(v, w, weights)
                }
                _ => u32::MAX,
            };
            let letter = |part: Option<(&Spelling, &Word)>| part.is_some_and(|(_, word)| word.is_initial);
            let two = letter(part_a.word(a)) && letter(part_b.word(b));
            let fits = if two { cost <= charge::OTHER_INITIAL } else { cost <= charge::NEVER };
            if fits {
                let charge = if two { cost } else { charge::INITIAL };
                self.meet(a.named.spelled(i), b.named.spelled(j), charge);
                self.add(What::Initial, Says::Agreement, 20, Some(i), Some(j));
                (p, q) = (p + 1, q + 1);
            } else if joined(b, j) && !is_initial(b, j) {
                // Касым-Жомарт has one letter or two.
                self.used.1 |= 1 << j;
                q += 1;
            } else if joined(a, i) && !is_initial(a, i) {
                self.used.0 |= 1 << i;
                p += 1;
            } else {
                self.add(What::Initial, Says::Contradiction, 70, Some(i), Some(j));
                (p, q) = (p + 1, q + 1);
            }
        }
        for i in open_a.iter().skip(p.max(1)).filter(|i| joined(a, **i)) {
            self.used.0 |= 1 << i;
        }
        for j in open_b.iter().skip(q.max(1)).filter(|j| joined(b, **j)) {
            self.used.1 |= 1 << j;
        }
        freed
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
            let (what, weight) = match (role(self.a, i), role(self.b, j)) {
                (Role::Family, Role::Family) => (What::Family, 60),
                (Role::Patronymic, Role::Patronymic) => (What::Patronymic, 50),
                (Role::Given, Role::Given) => (What::Given, 50),
                (Role::Core, role) | (role, Role::Core) if self.persons => match role {
                    Role::Family => (What::Family, 50),
                    Role::Patronymic => (What::Patronymic, 40),
                    Role::Given => (What::Given, 40),
                    _ => (What::Core, 40),
                },
                (Role::Particle | Role::Named, _) | (_, Role::Particle | Role::Named) => continue,
                _ => (What::Core, 40),
            };
            self.add(what, Says::Agreement, weight, Some(i), Some(j));
        }
    }

    /// A man and a woman. `by_endings` is what the letters say.
    fn gender(&mut self, by_endings: bool) -> bool {
        if self.found.iter().any(|f| f.what == What::Gender) {
            return true;
        }
        let (a, b) = (&self.a.named.parts, &self.b.named.parts);
        // Without endings that deny each other only given names tell; Айнура may be the genitive of Айнур.
        let given = |parts: &Parts| parts.words.iter().position(|w| w.role == Role::Given && w.is_given_name());
        let by_names = || {
            let (Some(i), Some(j)) = (given(a), given(b)) else { return false };
            let (one, other) = (a.folded(i), b.folded(j));
            let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
            let stem = short.trim_end_matches(['а', 'я', 'й', 'ь', 'ы', 'и', 'e', 'у', 'ю', 'a', 'y', 'i']);
            a.words[i].gender.contradicts(b.words[j].gender) && !long.starts_with(stem)
        };
        if !by_endings && !(self.persons && by_names()) {
            return false;
        }
        // Курамшина Вадима is a man's name in another case: no woman is called Вадима. In the name of a body any name may be in one.
        if !self.persons && (a.kind == Kind::Organisation || b.kind == Kind::Organisation) || declined(a, b) || declined(b, a) {
            for m in &mut self.met {
                m.cost -= if u32::from(m.cost) >= charge::OPPOSITE { charge::OPPOSITE as u16 } else { 0 };
            }
            return false;
        }
        let gendered = |side: &Compared, i: u8| side.named.part_of(i).filter(|i| side.named.parts.words[*i].gender != Gender::Unknown);
        let pair = self.met.iter().find_map(|m| {
            let (i, j) = (gendered(self.a, m.a)?, gendered(self.b, m.b)?);
            a.words[i].gender.contradicts(b.words[j].gender).then_some((i, j))
        });
        self.found.push(Finding {
            what: What::Gender,
            says: Says::Contradiction,
            weight: 80,
            a: pair.map(|(i, _)| i as u8),
            b: pair.map(|(_, j)| j as u8),
        });
        true
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
            if one != other && !whole && !kin(one.id(), other.id()) && !self.found.iter().any(|f| f.what == what) {
                self.add(what, Says::Contradiction, 70, Some(i), Some(j));
            }
        }
    }

    /// What is left on both sides contradicts, what is left on one side is left out.
    fn rest(&mut self) {
        let sorts: [(What, fn(Role) -> bool, u8, u8); 9] = [
            (What::Number, |r| matches!(r, Role::Number(_)), 90, 60),
            (What::Head, |r| matches!(r, Role::Head(_)), 80, 25),
            (What::Quality, |r| matches!(r, Role::Quality(_)), 50, 20),
            (What::Legal, |r| matches!(r, Role::Legal(_)), 15, 3),
            (What::PlaceWord, |r| matches!(r, Role::PlaceWord(_)), 60, 10),
            (What::Country, |r| matches!(r, Role::Country(_)), 70, 10),
            (What::Family, |r| r == Role::Family, 60, 40),
            (What::Given, |r| r == Role::Given, 50, 15),
            (What::Core, |r| r == Role::Core, 50, 30),
        ];
        let taken = self.taken();
        for (what, is, against, out) in sorts {
            loop {
                let (i, j) = (self.left(self.a, taken.0, self.used.0, is), self.left(self.b, taken.1, self.used.1, is));
                match (i, j) {
                    (None, None) => break,
                    (Some(i), Some(j)) => {
                        let id = |parts: &Parts, i: usize| parts.words[i].role.meaning().map_or("", |m| m.id());
                        let near = kin(id(&self.a.named.parts, i), id(&self.b.named.parts, j));
                        let (says, weight) = if near { (Says::Omission, out) } else { (Says::Contradiction, against) };
                        self.add(what, says, weight, Some(i), Some(j));
                    }
                    (i, j) => self.add(what, Says::Omission, out, i, j),
                }
            }
        }
        for (what, is, out) in
            [(What::Patronymic, (|r| r == Role::Patronymic) as fn(Role) -> bool, 10), (What::Initial, |r| r == Role::Initial, 5)]
        {
            while let Some(i) = self.left(self.a, taken.0, self.used.0, is) {
                self.add(what, Says::Omission, out, Some(i), None);
            }
            while let Some(j) = self.left(self.b, taken.1, self.used.1, is) {
                self.add(what, Says::Omission, out, None, Some(j));
            }
        }
    }

    fn left(&self, side: &Compared, taken: u32, used: u64, is: fn(Role) -> bool) -> Option<usize> {
        let words = side.named.parts.words.iter().enumerate();
        let free = |i: usize| used >> i & 1 == 0 && taken & side.named.spelled(i) == 0;
        words.filter(|(i, w)| is(w.role) && !w.continues() && free(*i)).map(|(i, _)| i).next()
    }

    /// What the revised meetings cost, and why the two may not be one.
    fn finish(&mut self, likeness: &mut Alignment, gender: bool) {
        let before = likeness.letters + likeness.left[0] + likeness.left[1] + u32::from(likeness.contradictions) * charge::CONTRADICTION;
        // What the order of the words cost.
        let order = likeness.cost.saturating_sub(before);
        self.met.sort_unstable_by_key(|m| (m.a, m.b));
        let taken = self.taken();
        let weigh =
            |side: &Compared, mask: u32| (0..side.weights.len()).filter(|i| mask >> i & 1 == 1).map(|i| side.weights[i]).sum::<u32>();
        let persons = self.persons;
        let left = |side: &Compared, taken: u32| -> u32 {
            let has_family = side.named.all(Role::Family).next().is_some();
            let part = |i: usize| match side.named.part_of(i as u8).map(|p| side.named.parts.words[p].role) {
                Some(Role::Patronymic) if persons && has_family => PATRONYMIC_LEFT,
                Some(Role::Initial) if persons => INITIAL_LEFT,
                _ => 100,
            };
            (0..side.weights.len()).filter(|i| taken >> i & 1 == 0).map(|i| side.weights[i] * part(i) / 100).sum()
        };
        likeness.letters = self.met.iter().map(|m| u32::from(m.cost)).sum();
        likeness.met_weight = weigh(self.a, taken.0) + weigh(self.b, taken.1);
        likeness.left = [left(self.a, taken.0), left(self.b, taken.1)];
        let against = |f: &&Finding| {
            f.says == Says::Contradiction
                && matches!(f.what, What::Number | What::Head | What::Initial | What::InitialsOnly | What::Patronymic)
        };
        let contradictions = self.found.iter().filter(against).count() as u32;
        likeness.contradictions = contradictions as u8;
        let left_over = |side: &Compared, taken: u32, which: &dyn Fn(&Word, Role) -> bool| {
            let role = |i: usize| side.named.part_of(i as u8).map_or(Role::Core, |p| side.named.parts.words[p].role);
            side.spelling.words.iter().enumerate().any(|(i, w)| taken >> i & 1 == 0 && which(w, role(i)))
        };
        let more = |_: &Word, role: Role| !matches!(role, Role::Legal(_));
        let initials = persons && self.found.iter().any(|f| f.what == What::Initial);
        let named = self.b.named.all(Role::Named).next().is_some();
        // A state university is called a university; a people's party is another party.
        let kind = |_: &Word, role: Role| match role {
            Role::PlaceWord(_) | Role::Head(_) => true,
            Role::Quality(m) => !matches!(m.id(), "state-adj" | "public" | "republican"),
            _ => false,
        };
        let core = |w: &Word, role: Role| match role {
            // Of whom a body is named after the family name is enough.
            Role::Core if named => false,
            Role::Core | Role::Given | Role::Family => w.sense.is_none() && !w.is_initial,
            Role::Number(_) | Role::Country(_) => !persons,
            _ => false,
        };
        likeness.doubt = match likeness.doubt {
            _ if contradictions > 0 => Some(Doubt::Contradiction),
            _ if gender => Some(Doubt::Gender),
            Some(Doubt::Derived) => Some(Doubt::Derived),
            _ if left_over(self.a, taken.0, &more) => Some(Doubt::More),
            _ if left_over(self.b, taken.1, &kind) => Some(Doubt::Kind),
            _ if (self.met.len() == 1 || initials) && self.met.iter().any(|m| u32::from(m.cost) > charge::OTHER_SPELLING) => {
                Some(Doubt::Spelling)
            }
            _ if (self.met.len() == 1 || !persons) && left_over(self.b, taken.1, &core) => Some(Doubt::Part),
            _ => None,
        };
        likeness.cost = contradictions * charge::CONTRADICTION + likeness.letters + likeness.left[0] + likeness.left[1] + order;
        likeness.met = std::mem::take(&mut self.met);
    }
}

impl Both<'_> {
    fn told(self, met: &[Met]) -> Told {
        let organisation = [self.a, self.b].iter().any(|s| s.named.parts.kind == Kind::Organisation);
        let falls = met.windows(2).filter(|w| w[0].b > w[1].b).count();
        let turned = falls == 1 && met.last().zip(met.first()).is_some_and(|(last, first)| last.b < first.b);
        let worst = |m: &Met| {
            let weigh = |side: &Compared, from: u8, words: u8| (from..from + words).map(|i| side.weights[usize::from(i)]).sum::<u32>();
            u32::from(m.cost) * 1000 / (weigh(self.a, m.a, m.words.0) + weigh(self.b, m.b, m.words.1)).max(1)
        };
        let (n, o) = (self.a.spelling.words.len(), self.b.spelling.words.len());
        let taken = met.iter().fold((0, 0), |(a, b), m| (a | span(m.a, m.words.0), b | span(m.b, m.words.1)));
        let (longer, short_taken, long_taken) = if n > o { (self.a, taken.1, taken.0) } else { (self.b, taken.0, taken.1) };
        let name = longer.named.part_of(0).is_none_or(|p| longer.named.parts.words[p].role != Role::Particle);
        let lead_left =
            !organisation && n != o && n.min(o) > 1 && falls == 0 && name && short_taken == (1 << n.min(o)) - 1 && long_taken & 1 == 0;
        Told {
            reordered: !organisation && falls > 0 && !turned,
            lead_left,
            worst: met.iter().filter(|m| self.a.named.meaning_of(m.a).is_none()).map(worst).max().unwrap_or(0),
            findings: self.found,
        }
    }
}

/// Whether a woman's name is a man's in another case: its given name is that of the man with an ending, and no name of a woman.
fn declined(woman: &Parts, man: &Parts) -> bool {
    let given = |parts: &Parts| parts.words.iter().position(|w| w.role == Role::Given);
    let family = |parts: &Parts| parts.words.iter().position(|w| w.role == Role::Family);
    let (Some(i), Some(j)) = (given(woman), given(man)) else { return false };
    woman.gender == Gender::Feminine
        && !woman.words[i].is_given_name()
        && man.words[j].is_given_name()
        && case_of(woman.folded(i), man.folded(j))
        && family(woman).zip(family(man)).is_some_and(|(i, j)| case_of(woman.folded(i), man.folded(j)))
}

/// Whether a word is a man's name with the ending of a case.
fn case_of(word: &str, name: &str) -> bool {
    word.strip_prefix(name).is_some_and(|ending| matches!(ending, "а" | "у" | "ом" | "ым" | "е" | "a" | "u" | "om" | "ym" | "e"))
}

/// The words of a meeting on one side, a bit each.
fn span(from: u8, words: u8) -> u32 {
    ((1u32 << words) - 1) << from
}
