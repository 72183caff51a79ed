//! What the parts of two names say in the end: what is left on either side, what that costs, and why the two may not be one.

use super::{Both, span};
use crate::name::parts::{Finding, Kind, Parts, Role, Says, Sense, What, kin};
use crate::name::reading::{Alignment, Doubt, Endings, Met, Word, charges};
use crate::resolve::named::Compared;
use crate::resolve::reading::Reading;

/// What the parts of two names say.
#[derive(Debug, Clone, Default)]
pub(in crate::resolve) struct Told {
    pub findings: Vec<Finding>,
    /// The words that met stand in an order that makes another name of them: X bin Y, Y bin X.
    pub reordered: bool,
    /// One name is the end of the other: its first word is left out, which tells the bearer from the father.
    pub lead_left: bool,
    /// Of the words that met those that are least alike: the part of their weight that their letters cost, in thousandths.
    pub worst: u32,
}

/// Whether the letters of two names say all that their parts could: every word has met another, by spellings of habit, in one order.
pub(in crate::resolve) fn says_nothing(a: &Reading, b: &Reading, likeness: &Alignment) -> bool {
    let words = || a.spelling.words.iter().chain(&b.spelling.words);
    if likeness.met.is_empty() {
        // What means the same need not have a letter in common.
        let means = |of: &Reading| of.spelling.words.iter().any(|w| w.sense.is_some() || w.is_number || w.is_initial);
        let compound = |of: &Reading, other: &Reading| {
            let pair =
                |w: &[Word]| matches!(w[0].sense, Some((_, Sense::Quality))) && other.spelling.words.iter().any(|z| could_join(&w[1], z));
            of.spelling.words.windows(2).any(pair)
        };
        return !(means(a) && means(b) || compound(a, b) || compound(b, a));
    }
    let habit = charges().habit;
    likeness.left == [0, 0]
        && likeness.doubt.is_none()
        && likeness.met.iter().all(|m| u32::from(m.cost) <= habit && m.words == (1, 1))
        && likeness.met.windows(2).all(|w| w[0].b < w[1].b)
        && !words().any(|w| w.is_initial)
}

/// Whether a word may be another with one before it that says which of several: Узень, Жаңаөзен.
pub(super) fn could_join(last: &Word, whole: &Word) -> bool {
    let plain = |w: &Word| w.sense.is_none() && !w.is_number && !w.is_initial;
    plain(last) && plain(whole) && whole.letters > last.letters + 1
}

impl Told {
    /// What letters alone tell, where the parts say no more.
    pub(in crate::resolve) fn by_letters(a: &Reading, b: &Reading, likeness: &Alignment) -> Told {
        let weigh = |weights: &[u32], from: u8, words: u8| weights[usize::from(from)..][..usize::from(words)].iter().sum::<u32>();
        let plain = likeness.met.iter().filter(|m| m.words != (1, 1) || a.spelling.words[usize::from(m.a)].sense.is_none());
        let part = |m: &Met| u32::from(m.cost) * 1000 / (weigh(&a.weights, m.a, m.words.0) + weigh(&b.weights, m.b, m.words.1)).max(1);
        Told { worst: plain.map(part).max().unwrap_or(0), ..Told::default() }
    }

    pub(in crate::resolve) fn has(&self, what: What, says: Says) -> bool {
        self.findings.iter().any(|f| f.what == what && f.says == says)
    }
}

/// A sort of words, and which roles are of it.
type Sort = (What, fn(Role) -> bool);

/// The words of the parts that have met nothing, a bit each, those that begin a phrase alone.
fn open(side: &Compared, taken: u32) -> u64 {
    let words = side.named.parts.words.iter().enumerate();
    // A word that is two parts may have met in one of them only.
    let is_free = |i: usize| taken & side.named.spelled(i) == 0 || side.named.is_shared(i);
    words.filter(|(i, word)| !word.continues() && is_free(*i)).fold(0, |open, (i, _)| open | 1 << i)
}

/// The first of some words, a bit each, that is of a sort.
fn first_of(side: &Compared, mut words: u64, is: fn(Role) -> bool) -> Option<usize> {
    while words != 0 {
        let first = words.trailing_zeros() as usize;
        if is(side.named.parts.words[first].role) {
            return Some(first);
        }
        words &= words - 1;
    }
    None
}

impl Both<'_> {
    /// What is left on both sides contradicts, what is left on one side is left out.
    pub(super) fn rest(&mut self) {
        let sorts: [Sort; 9] = [
            (What::Number, |r| matches!(r, Role::Number(_))),
            (What::Head, |r| matches!(r, Role::Head(_))),
            (What::Quality, |r| matches!(r, Role::Quality(_))),
            (What::Legal, |r| matches!(r, Role::Legal(_))),
            (What::PlaceWord, |r| matches!(r, Role::PlaceWord(_))),
            (What::Country, |r| matches!(r, Role::Country(_))),
            (What::Family, |r| r == Role::Family),
            (What::Given, |r| r == Role::Given),
            (What::Core, |r| r == Role::Core),
        ];
        let taken = self.taken();
        let (open_a, open_b) = (open(self.a, taken.0), open(self.b, taken.1));
        if open_a & !self.used.0 == 0 && open_b & !self.used.1 == 0 {
            return;
        }
        let left_a = |both: &Both, is| first_of(both.a, open_a & !both.used.0, is);
        let left_b = |both: &Both, is| first_of(both.b, open_b & !both.used.1, is);
        for (what, is) in sorts {
            loop {
                match (left_a(self, is), left_b(self, is)) {
                    (None, None) => break,
                    (Some(i), Some(j)) => {
                        let id = |parts: &Parts, i: usize| parts.words[i].role.meaning().map_or("", |m| m.id());
                        let near = kin(id(&self.a.named.parts, i), id(&self.b.named.parts, j));
                        self.add(what, if near { Says::Omission } else { Says::Contradiction }, Some(i), Some(j));
                    }
                    (i, j) => self.add(what, Says::Omission, i, j),
                }
            }
        }
        let alone: [Sort; 2] = [(What::Patronymic, |r| r == Role::Patronymic), (What::Initial, |r| r == Role::Initial)];
        for (what, is) in alone {
            while let Some(i) = left_a(self, is) {
                self.add(what, Says::Omission, Some(i), None);
            }
            while let Some(j) = left_b(self, is) {
                self.add(what, Says::Omission, None, Some(j));
            }
        }
    }

    /// Whether words met by what they mean.
    pub(super) fn by_meaning(&self, m: &Met) -> bool {
        span(m.a, m.words.0) & !self.meant.0 == 0 && span(m.b, m.words.1) & !self.meant.1 == 0
    }

    /// What the revised meetings cost, and why the two may not be one.
    pub(super) fn finish(&mut self, likeness: &mut Alignment, gender: bool) {
        let before =
            likeness.letters + likeness.left[0] + likeness.left[1] + u32::from(likeness.contradictions) * self.charges.contradiction;
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
                Some(Role::Patronymic) if persons && has_family => self.charges.patronymic_left,
                Some(Role::Initial) if persons => self.charges.initial_left,
                _ => 100,
            };
            (0..side.weights.len()).filter(|i| taken >> i & 1 == 0).map(|i| side.weights[i] * part(i) / 100).sum()
        };
        let elided = self.elided(taken);
        if elided
            && likeness.doubt == Some(Doubt::Derived)
            && let Some(last) = self.met.last_mut()
        {
            last.cost = last.cost.saturating_sub(self.charges.derived as u16);
        }
        likeness.letters = self.met.iter().map(|m| u32::from(m.cost)).sum();
        likeness.met_weight = weigh(self.a, taken.0) + weigh(self.b, taken.1);
        likeness.left = [left(self.a, taken.0), left(self.b, taken.1)];
        if elided {
            likeness.left[1] = likeness.left[1].min(self.charges.elided);
        }
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
            Role::Quality(m) => !m.may_be_unsaid(),
            _ => false,
        };
        let core = |w: &Word, role: Role| match role {
            // Of whom a body is named after the family name is enough.
            Role::Core if named => false,
            Role::Core | Role::Given | Role::Family => w.sense.is_none() && !w.is_initial,
            Role::Number(_) | Role::Country(_) => !persons,
            _ => false,
        };
        // What means the same is not named after it.
        let by_letters = self.met.iter().any(|m| u32::from(m.cost) > self.charges.habit && !self.by_meaning(m));
        likeness.doubt = match likeness.doubt {
            _ if contradictions > 0 => Some(Doubt::Contradiction),
            _ if gender => Some(Doubt::Gender),
            Some(Doubt::Derived) if by_letters => Some(Doubt::Derived),
            _ if self.is_family_of_given() => Some(Doubt::Derived),
            _ if left_over(self.a, taken.0, &more) => Some(Doubt::More),
            _ if self.is_body_of(taken) => Some(Doubt::Body),
            _ if left_over(self.b, taken.1, &kind) => Some(Doubt::Kind),
            _ if (self.met.len() == 1 || initials) && self.met.iter().any(|m| u32::from(m.cost) > self.charges.other_spelling) => {
                Some(Doubt::Spelling)
            }
            _ if self.any_other_word() => Some(Doubt::Word),
            _ if (self.met.len() == 1 || !persons) && left_over(self.b, taken.1, &core) => Some(Doubt::Part),
            _ => None,
        };
        likeness.cost = contradictions * self.charges.contradiction + likeness.letters + likeness.left[0] + likeness.left[1] + order;
        likeness.met = std::mem::take(&mut self.met);
    }

    /// Whether one is a word alone and the other a family name made of it: Жұмабай, Жұмабаев. In longer names the ending may be dropped.
    fn is_family_of_given(&self) -> bool {
        let ([one], [other]) = (self.a.named.parts.words.as_slice(), self.b.named.parts.words.as_slice()) else { return false };
        let (of_one, of_other) = (self.a.named.parts.folded(0), self.b.named.parts.folded(0));
        let (word, stem) = match (one.stem_of_given(), other.stem_of_given()) {
            (Some(stem), None) => (of_other, &of_one[..stem]),
            (None, Some(stem)) => (of_one, &of_other[..stem]),
            _ => return false,
        };
        // Жұмаба-ев has lost й.
        word.chars().count() <= stem.chars().count() + 1
    }

    /// Whether the name is that of the string, which says of what kind it is, with another word for a kind of body before or after all of it:
    /// the presidium of a council, the press service of a ministry.
    fn is_body_of(&self, (taken_a, taken_b): (u32, u32)) -> bool {
        let is_head =
            |side: &Compared, i: usize| matches!(side.named.part_of(i as u8).map(|p| side.named.parts.words[p].role), Some(Role::Head(_)));
        let all = (1u32 << self.b.spelling.words.len()) - 1;
        let left = all & !taken_b;
        let outer = left.count_ones() == 1 && (left == 1 || left == all ^ all >> 1);
        outer
            && is_head(self.b, left.trailing_zeros() as usize)
            && (0..self.a.spelling.words.len()).any(|i| taken_a >> i & 1 == 1 && is_head(self.a, i))
    }

    /// Whether the string is all met, and lacks of the name a word for a place only that is left out after its adjective: Мартукский, Мартукский район.
    fn elided(&self, taken: (u32, u32)) -> bool {
        let (a, b) = (&self.a.spelling.words, &self.b.spelling.words);
        let left = |words: &[Word], taken: u32| !taken & ((1u32 << words.len()) - 1);
        let Some(last) = a.last().filter(|_| left(a, taken.0) == 0 && left(b, taken.1) != 0) else { return false };
        let letters: Vec<_> = self.a.spelling.letters(last).collect();
        let Some(word) = Endings::get().elided(&letters) else { return false };
        let left = left(b, taken.1);
        (0..b.len() as u8).filter(|j| left >> j & 1 == 1).all(|j| self.b.named.meaning_of(j).is_some_and(|m| m.id() == word))
    }

    pub(super) fn told(self, met: &[Met]) -> Told {
        let organisation = [self.a, self.b].iter().any(|s| s.named.parts.kind == Kind::Organisation);
        let falls = met.windows(2).filter(|w| w[0].b > w[1].b).count();
        let turned = falls == 1 && met.last().zip(met.first()).is_some_and(|(last, first)| last.b < first.b);
        let worst = |m: &Met| {
            let weigh = |side: &Compared, from: u8, words: u8| (from..from + words).map(|i| side.weights[usize::from(i)]).sum::<u32>();
            u32::from(m.cost) * 1000 / (weigh(self.a, m.a, m.words.0) + weigh(self.b, m.b, m.words.1)).max(1)
        };
        let means = |m: &Met| self.a.named.meaning_of(m.a).is_some() && self.b.named.meaning_of(m.b).is_some();
        let (n, o) = (self.a.spelling.words.len(), self.b.spelling.words.len());
        let taken = met.iter().fold((0, 0), |(a, b), m| (a | span(m.a, m.words.0), b | span(m.b, m.words.1)));
        let (longer, short_taken, long_taken) = if n > o { (self.a, taken.1, taken.0) } else { (self.b, taken.0, taken.1) };
        let name = longer.named.part_of(0).is_none_or(|p| !matches!(longer.named.parts.words[p].role, Role::Particle | Role::Family));
        let lead_left =
            !organisation && n != o && n.min(o) > 1 && falls == 0 && name && short_taken == (1 << n.min(o)) - 1 && long_taken & 1 == 0;
        Told {
            reordered: !organisation && falls > 0 && !turned,
            lead_left,
            worst: met.iter().filter(|m| !self.by_meaning(m) && (m.words != (1, 1) || !means(m))).map(worst).max().unwrap_or(0),
            findings: self.found,
        }
    }
}
