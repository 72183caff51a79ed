//! Parts of persons: initials, patronymics, short forms of given names, men and women.

use super::{Both, NEVER, span};
use crate::name::parts::{Finding, Gender, Kind, Parts, Role, Says, What, are_two_given, is_case_of, unchanging};
use crate::name::reading::{Met, Spelling, Word};
use crate::resolve::named::Compared;

impl Both<'_> {
    /// Initials, patronymics and short forms of given names. Whether words became free that had met others.
    pub(super) fn persons(&mut self) -> bool {
        let (a, b) = (self.a, self.b);
        let mut freed = self.fathers();
        let is = |role: Role| move |w: &&crate::name::parts::Word| w.role == role;
        let initials = |side: &Compared| side.named.parts.words.iter().any(|w| w.role == Role::Initial);
        // Short forms: Саша, Александр.
        let (taken_a, taken_b) = self.taken();
        for i in a.named.all(Role::Given).filter(|i| taken_a & a.named.spelled(*i) == 0) {
            let short = |j: &usize| taken_b & b.named.spelled(*j) == 0 && a.named.parts.same_meaning(i, &b.named.parts, *j);
            if let Some(j) = b.named.all(Role::Given).find(short) {
                self.meet(a.named.spelled(i), b.named.spelled(j), self.charges.short_name);
                self.add(What::Given, Says::Agreement, Some(i), Some(j));
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
                self.add(What::InitialsOnly, Says::Contradiction, None, None);
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
        // The cheapest of several, so that neither name's order decides.
        let meet = |m: &&Met| span(m.a, m.words.0) & x != 0 && span(m.b, m.words.1) & y != 0;
        let met = self.met.iter().filter(meet).map(|m| u32::from(m.cost)).min();
        // What is spelled alike needs no look at its stem.
        let stems =
            (met != Some(0)).then(|| self.comparer.text_cost(a.named.parts.stem(i), b.named.parts.stem(j), self.charges.other_father));
        let (stems, letters) = stems.flatten().unwrap_or((u32::MAX, 3));
        if v.gender.contradicts(w.gender) {
            self.add(What::Gender, Says::Contradiction, Some(i), Some(j));
        }
        let mut freed = false;
        if stems < letters * self.charges.other_father && met.is_none_or(|cost| cost > stems) {
            freed = self.part(x, y);
            self.meet(x, y, stems);
        }
        let cost = met.unwrap_or(u32::MAX).min(stems);
        let is_known = || are_two_given(a.named.parts.stem(i), b.named.parts.stem(j));
        self.is_other_father = cost > self.charges.habit && is_known();
        if cost <= letters * self.charges.father {
            self.add(What::Patronymic, Says::Agreement, Some(i), Some(j));
        } else if cost >= letters * self.charges.other_father {
            freed |= self.part(x, y);
            self.add(What::Patronymic, Says::Contradiction, Some(i), Some(j));
        } else {
            // A patronymic of another language wavers as much.
            let ending = |side: &Compared, i: usize| {
                let parts = &side.named.parts;
                parts.folded(i).get(parts.stem(i).len()..).unwrap_or_default().to_owned()
            };
            let endings = self.comparer.text_cost(&ending(a, i), &ending(b, j), self.charges.other_father);
            self.is_other_father |= endings.is_some_and(|(cost, letters)| cost < letters * self.charges.other_father);
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
                    let weights = if v.1.is_initial { (NEVER, 0) } else { (0, NEVER) };
                    self.comparer.word_cost(v, w, weights)
                }
                _ => u32::MAX,
            };
            let letter = |part: Option<(&Spelling, &Word)>| part.is_some_and(|(_, word)| word.is_initial);
            let two = letter(part_a.word(a)) && letter(part_b.word(b));
            let fits = if two { cost <= self.charges.other_initial } else { cost <= NEVER };
            if fits {
                let charge = if two { cost } else { self.charges.initial_of_name };
                self.meet(a.named.spelled(i), b.named.spelled(j), charge);
                self.add(What::Initial, Says::Agreement, Some(i), Some(j));
                (p, q) = (p + 1, q + 1);
            } else if joined(b, j) && !is_initial(b, j) {
                // Касым-Жомарт has one letter or two.
                self.used.1 |= 1 << j;
                q += 1;
            } else if joined(a, i) && !is_initial(a, i) {
                self.used.0 |= 1 << i;
                p += 1;
            } else {
                self.add(What::Initial, Says::Contradiction, Some(i), Some(j));
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

    /// A man and a woman. `by_endings` is what the letters say.
    pub(super) fn gender(&mut self, by_endings: bool) -> bool {
        if self.found.iter().any(|f| f.what == What::Gender) {
            return true;
        }
        if self.undeclined() {
            return true;
        }
        let (a, b) = (&self.a.named.parts, &self.b.named.parts);
        // Without endings that deny each other only given names tell; Айнура may be the genitive of Айнур.
        let given = |parts: &Parts| parts.words.iter().position(|w| w.role == Role::Given && w.is_given_name());
        let by_names = || {
            let (Some(i), Some(j)) = (given(a), given(b)) else { return false };
            let (one, other) = (a.folded(i), b.folded(j));
            let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
            let stem = unchanging(short);
            a.words[i].gender.contradicts(b.words[j].gender) && !long.starts_with(stem)
        };
        if !(by_endings || self.persons && by_names()) {
            return false;
        }
        // Курамшина Вадима is a man's name in another case: no woman is called Вадима. In the name of a body any name may be in one.
        if !self.persons && (a.kind == Kind::Organisation || b.kind == Kind::Organisation) || declined(a, b) || declined(b, a) {
            for m in &mut self.met {
                m.cost -= if u32::from(m.cost) >= self.charges.opposite { self.charges.opposite as u16 } else { 0 };
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
            a: pair.map(|(i, _)| i as u8),
            b: pair.map(|(_, j)| j as u8),
        });
        true
    }
}

impl Both<'_> {
    /// Whether the name is of a woman whose family name has no cases, and the string has it in one: Алла Бут, Бута. Charges that.
    fn undeclined(&mut self) -> bool {
        let (a, b) = (&self.a.named.parts, &self.b.named.parts);
        let is_woman = b.kind == Kind::Person && b.words.iter().any(|w| w.gender == Gender::Feminine && w.is_given_name());
        let declined = |m: &&mut Met| {
            let (Some(i), Some(j)) = (self.a.named.part_of(m.a), self.b.named.part_of(m.b)) else { return false };
            let (form, family) = (a.folded(i), b.folded(j));
            b.words[j].role == Role::Family && form != family && is_case_of(form, family)
        };
        let Some(met) = self.met.iter_mut().find(declined).filter(|_| is_woman) else { return false };
        met.cost += self.charges.opposite as u16;
        true
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
        && is_case_of(woman.folded(i), man.folded(j))
        && family(woman).zip(family(man)).is_some_and(|(i, j)| is_case_of(woman.folded(i), man.folded(j)))
}
