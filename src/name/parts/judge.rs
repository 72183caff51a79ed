//! Two names part by part: what contradicts, what is only left out, what agrees.

use super::lexicon::{LEXICON, word_key};
use super::{Kind, Meaning, Parts, Role, Word};

/// Two words that sound alike: the word of the first name, that of the second, and how much of them differs, from 0 (nothing)
/// to 100 (everything).
pub type Pair = (u8, u8, u8);

/// Up to this much difference two words may be one word with a slip.
const SLIP: u8 = 30;

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// A man's and a woman's name: Курманов, Курманова.
    Gender,
    /// Family names.
    Family,
    /// Given names; also that one is short for the other.
    Given,
    /// Patronymics: of one father in whatever form (Серікұлы, Серикович), or of two.
    Patronymic,
    /// A letter and the name it may stand for.
    Initial,
    /// One name has nothing but initials, which are never enough.
    InitialsOnly,
    /// A family name with and without its ending: Құрманов, Құрман.
    EndingDropped,
    /// Kinds of body: Сопротивление, Движение.
    Head,
    /// Which of several bodies: socialist, communist.
    Quality,
    /// Legal forms.
    Legal,
    /// Kinds of place.
    PlaceWord,
    /// Countries.
    Country,
    /// Numbers and ordinals.
    Number,
    /// Other words.
    Core,
    /// A person, an organisation, a place.
    Kind,
}

impl What {
    /// The word for it: `ending-dropped`.
    pub fn name(self) -> &'static str {
        match self {
            What::Gender => "gender",
            What::Family => "family",
            What::Given => "given",
            What::Patronymic => "patronymic",
            What::Initial => "initial",
            What::InitialsOnly => "initials-only",
            What::EndingDropped => "ending-dropped",
            What::Head => "head",
            What::Quality => "quality",
            What::Legal => "legal",
            What::PlaceWord => "place-word",
            What::Country => "country",
            What::Number => "number",
            What::Core => "core",
            What::Kind => "kind",
        }
    }
}

/// What a finding says of the two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Says {
    /// Speaks for one name.
    Agreement,
    /// One name leaves it out.
    Omission,
    /// Speaks against one name.
    Contradiction,
}

/// One thing that two names agree in, that one leaves out, or that they contradict each other in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub what: What,
    /// For or against.
    pub says: Says,
    /// How much, from 0 to 100.
    pub weight: u8,
    /// The word of the first name.
    pub a: Option<u8>,
    /// The word of the second name.
    pub b: Option<u8>,
}

/// Judges two names whose words somebody has aligned by their sound. Each word stands in at most one pair; words that are in none
/// are compared by their roles.
///
/// ```
/// use atau::name::parts::{Says, What, analyse, judge};
/// let (a, b) = (analyse("Айнур Курманов", None), analyse("Айнура Курманова", None));
/// let found = judge(&a, &b, &[(0, 0, 15), (1, 1, 12)]);
/// assert!(found.iter().any(|f| f.what == What::Gender && f.says == Says::Contradiction));
/// ```
pub fn judge(a: &Parts, b: &Parts, aligned: &[Pair]) -> Vec<Finding> {
    let mut both = Both { a, b, used: (0, 0), found: Vec::with_capacity(8) };
    let family =
        |parts: &Parts| parts.kind == Kind::Person || parts.kind == Kind::Unknown && parts.words.iter().any(|w| w.role == Role::Family);
    let persons = a.kind == Kind::Person || b.kind == Kind::Person || family(a) && family(b);
    if a.kind != b.kind && a.kind != Kind::Unknown && b.kind != Kind::Unknown {
        both.add(What::Kind, Says::Contradiction, 20, None, None);
    }
    both.meanings();
    for &(i, j, cost) in aligned {
        if usize::from(i) < a.words.len() && usize::from(j) < b.words.len() && !both.is_used(i, j) {
            both.pair(i, j, cost);
        }
    }
    if persons {
        both.persons();
    }
    both.rest();
    both.found
}

/// Aligns the words of two names that sound the same, and judges.
///
/// ```
/// use atau::name::parts::{Says, What, agreement, analyse};
/// let resistance = analyse("Социалистическое Сопротивление Казахстана", None);
/// let movement = analyse("Socialist Movement of Kazakhstan", None);
/// let found = agreement(&resistance, &movement);
/// assert!(found.iter().any(|f| f.what == What::Head && f.says == Says::Contradiction));
/// ```
pub fn agreement(a: &Parts, b: &Parts) -> Vec<Finding> {
    let keys = |parts: &Parts| (0..parts.words.len()).map(|i| word_key(parts.folded(i))).collect::<Vec<_>>();
    let (a_keys, b_keys) = (keys(a), keys(b));
    let mut free = vec![true; b_keys.len()];
    let mut aligned: Vec<Pair> = Vec::new();
    for (i, key) in a_keys.iter().enumerate() {
        let same = (0..b_keys.len()).find(|j| free[*j] && key.iter().any(|k| b_keys[*j].contains(k)));
        if let Some(j) = same {
            free[j] = false;
            aligned.push((i as u8, j as u8, 0));
        }
    }
    judge(a, b, &aligned)
}

struct Both<'a> {
    a: &'a Parts,
    b: &'a Parts,
    /// The words that a finding was made of, one bit each.
    used: (u64, u64),
    found: Vec<Finding>,
}

/// A word of a sort, as its meaning.
type Sort = fn(Role) -> Option<Meaning>;

impl Both<'_> {
    fn add(&mut self, what: What, says: Says, weight: u8, a: Option<u8>, b: Option<u8>) {
        self.used.0 |= a.map_or(0, bit);
        self.used.1 |= b.map_or(0, bit);
        self.found.push(Finding { what, says, weight, a, b });
    }

    fn is_used(&self, i: u8, j: u8) -> bool {
        self.used.0 & bit(i) != 0 || self.used.1 & bit(j) != 0
    }

    fn free(&self, second: bool, role: impl Fn(&Word) -> bool) -> Option<u8> {
        let (parts, used) = if second { (self.b, self.used.1) } else { (self.a, self.used.0) };
        let found = parts.words.iter().enumerate().find(|(i, w)| used & bit(*i as u8) == 0 && role(w));
        found.map(|(i, _)| i as u8)
    }

    /// Words that mean the same, whatever they sound like; each phrase is taken once.
    fn meanings(&mut self) {
        for i in 0..self.a.words.len() {
            let (what, m) = match self.a.words[i].role {
                Role::Head(m) => (What::Head, m),
                Role::Quality(m) => (What::Quality, m),
                Role::Legal(m) => (What::Legal, m),
                Role::PlaceWord(m) => (What::PlaceWord, m),
                Role::Country(m) => (What::Country, m),
                _ => continue,
            };
            if self.a.words[i].continues() {
                continue;
            }
            let same = self.free(true, |w| w.role.meaning() == Some(m) && !w.continues());
            if let Some(j) = same {
                self.add(what, Says::Agreement, 30, Some(i as u8), Some(j));
                self.phrase(i, usize::from(j));
            }
        }
        for i in 0..self.a.words.len() {
            if let Role::Number(n) = self.a.words[i].role
                && let Some(j) = self.free(true, |w| w.role == Role::Number(n))
            {
                self.add(What::Number, Says::Agreement, 30, Some(i as u8), Some(j));
            }
        }
    }

    /// The words after the first of a phrase are done with it.
    fn phrase(&mut self, i: usize, j: usize) {
        let rest = |parts: &Parts, at: usize| {
            let more = parts.words[at + 1..].iter().take_while(|w| w.continues()).count();
            (at + 1..=at + more).fold(0, |bits, k| bits | bit(k as u8))
        };
        self.used.0 |= rest(self.a, i);
        self.used.1 |= rest(self.b, j);
    }

    /// Two words that sound alike.
    fn pair(&mut self, i: u8, j: u8, cost: u8) {
        let (v, w) = (self.a.words[usize::from(i)], self.b.words[usize::from(j)]);
        let close = cost <= SLIP;
        let says = |close: bool| if close { Says::Agreement } else { Says::Contradiction };
        match (v.role, w.role) {
            (Role::Patronymic, Role::Patronymic) => self.fathers(i, j, cost),
            (Role::Initial, _) | (_, Role::Initial) => self.initial(i, j),
            (Role::Given, Role::Given) => {
                let same = LEXICON.same_given(v.given, w.given);
                match same {
                    Some(weight) => self.add(What::Given, Says::Agreement, weight / 2, Some(i), Some(j)),
                    // Both are names of their own: Айнур and Айнура.
                    None if v.gender.contradicts(w.gender) => self.add(What::Gender, Says::Contradiction, 70, Some(i), Some(j)),
                    None => self.add(What::Given, says(close), 50, Some(i), Some(j)),
                }
            }
            (Role::Family, Role::Family) => {
                let stems = same_stem(self.a.stem(usize::from(i)), self.b.stem(usize::from(j)));
                let dropped = v.ending().is_some() != w.ending().is_some();
                match () {
                    () if v.gender.contradicts(w.gender) && (stems || close) => {
                        self.add(What::Gender, Says::Contradiction, 80, Some(i), Some(j))
                    }
                    () if stems && dropped => self.add(What::EndingDropped, Says::Agreement, 40, Some(i), Some(j)),
                    () => self.add(What::Family, says(close || stems), 60, Some(i), Some(j)),
                }
            }
            (Role::Head(_), Role::Head(_)) => self.add(What::Head, Says::Contradiction, 80, Some(i), Some(j)),
            (Role::Number(_), _) | (_, Role::Number(_)) => {}
            (Role::Particle | Role::Named, _) | (_, Role::Particle | Role::Named) => {}
            _ if close => self.add(What::Core, Says::Agreement, 40, Some(i), Some(j)),
            // A word that only looks a little like the other is no pair; it is judged with those that have none.
            _ => {}
        }
    }

    /// Two patronymics.
    fn fathers(&mut self, i: u8, j: u8, cost: u8) {
        let (v, w) = (self.a.words[usize::from(i)], self.b.words[usize::from(j)]);
        if v.gender.contradicts(w.gender) {
            self.add(What::Gender, Says::Contradiction, 80, Some(i), Some(j));
        }
        let (stem, other) = (self.a.stem(usize::from(i)), self.b.stem(usize::from(j)));
        let (says, weight) = match () {
            () if same_stem(stem, other) || cost <= SLIP / 2 => (Says::Agreement, 50),
            // Қабылұлы and Кабулович may be one father, Маратович and Муратович hardly are.
            () if one_letter(stem, other) => (Says::Contradiction, 20),
            () => (Says::Contradiction, 70),
        };
        self.add(What::Patronymic, says, weight, Some(i), Some(j));
        self.phrase(usize::from(i), usize::from(j));
    }

    fn initial(&mut self, i: u8, j: u8) {
        let fits = initial_fits(self.a.folded(usize::from(i)), self.b.folded(usize::from(j)));
        let says = if fits { Says::Agreement } else { Says::Contradiction };
        self.add(What::Initial, says, if fits { 20 } else { 70 }, Some(i), Some(j));
    }

    /// What is left of the parts of persons.
    fn persons(&mut self) {
        for parts in [self.a, self.b] {
            if !parts.words.is_empty() && parts.words.iter().all(|w| matches!(w.role, Role::Initial | Role::Particle)) {
                self.add(What::InitialsOnly, Says::Contradiction, 100, None, None);
                break;
            }
        }
        let of = |role: Role| move |w: &Word| w.role == role && !w.continues();
        // Serikuly and Серикович do not sound alike, Саша and Александр neither.
        while let (Some(i), Some(j)) = (self.free(false, of(Role::Patronymic)), self.free(true, of(Role::Patronymic))) {
            self.fathers(i, j, 100);
        }
        while let (Some(i), Some(j)) = (self.free(false, of(Role::Given)), self.free(true, of(Role::Given))) {
            self.pair(i, j, 100);
        }
        while let (Some(i), Some(j)) = (self.free(false, of(Role::Family)), self.free(true, of(Role::Family))) {
            self.pair(i, j, 100);
        }
        // Letters stand for what is left, in its order: the given name before the patronymic.
        let name = |w: &Word| matches!(w.role, Role::Given | Role::Patronymic) && !w.continues();
        let given_first = |both: &Self, second: bool| both.free(second, of(Role::Given)).or_else(|| both.free(second, name));
        loop {
            let (i, j) = match (self.free(false, of(Role::Initial)), self.free(true, of(Role::Initial))) {
                (Some(i), Some(j)) => (i, j),
                (Some(i), None) => match given_first(self, true) {
                    Some(j) => (i, j),
                    None => break,
                },
                (None, Some(j)) => match given_first(self, false) {
                    Some(i) => (i, j),
                    None => break,
                },
                (None, None) => break,
            };
            self.initial(i, j);
        }
        let told = self.found.iter().any(|f| f.what == What::Gender);
        if !told && self.a.gender.contradicts(self.b.gender) {
            self.add(What::Gender, Says::Contradiction, 60, None, None);
        }
    }

    /// What is left on both sides contradicts, what is left on one side is left out.
    fn rest(&mut self) {
        let sorts: [(What, Sort, u8, u8); 5] = [
            (What::Head, |r| if let Role::Head(m) = r { Some(m) } else { None }, 80, 25),
            (What::Quality, |r| if let Role::Quality(m) = r { Some(m) } else { None }, 50, 20),
            (What::Legal, |r| if let Role::Legal(m) = r { Some(m) } else { None }, 15, 3),
            (What::PlaceWord, |r| if let Role::PlaceWord(m) = r { Some(m) } else { None }, 60, 10),
            (What::Country, |r| if let Role::Country(m) = r { Some(m) } else { None }, 70, 10),
        ];
        for (what, sort, against, out) in sorts {
            let of = |w: &Word| sort(w.role).is_some() && !w.continues();
            loop {
                let (i, j) = (self.free(false, of), self.free(true, of));
                match (i, j) {
                    (Some(i), Some(j)) => {
                        let id = |parts: &Parts, k: u8| parts.words[usize::from(k)].role.meaning().map_or("", Meaning::id);
                        if kin(id(self.a, i), id(self.b, j)) {
                            self.add(what, Says::Omission, out, Some(i), Some(j));
                        } else {
                            self.add(what, Says::Contradiction, against, Some(i), Some(j));
                        }
                        self.phrase(usize::from(i), usize::from(j));
                    }
                    (Some(i), None) => {
                        self.add(what, Says::Omission, out, Some(i), None);
                        self.used.0 |= self.tail(self.a, i);
                    }
                    (None, Some(j)) => {
                        self.add(what, Says::Omission, out, None, Some(j));
                        self.used.1 |= self.tail(self.b, j);
                    }
                    (None, None) => break,
                }
            }
        }
        self.one(What::Number, |w| matches!(w.role, Role::Number(_)), 90, 60);
        self.one(What::Patronymic, |w| w.role == Role::Patronymic && !w.continues(), 70, 10);
        self.one(What::Family, |w| w.role == Role::Family, 60, 40);
        self.one(What::Given, |w| w.role == Role::Given, 50, 15);
        self.one(What::Initial, |w| w.role == Role::Initial, 70, 5);
        self.one(What::Core, |w| w.role == Role::Core, 50, 30);
    }

    fn tail(&self, parts: &Parts, at: u8) -> u64 {
        let at = usize::from(at);
        let more = parts.words[at + 1..].iter().take_while(|w| w.continues()).count();
        (at + 1..=at + more).fold(0, |bits, k| bits | bit(k as u8))
    }

    fn one(&mut self, what: What, of: impl Fn(&Word) -> bool, against: u8, out: u8) {
        loop {
            match (self.free(false, &of), self.free(true, &of)) {
                (Some(i), Some(j)) => self.add(what, Says::Contradiction, against, Some(i), Some(j)),
                (None, None) => break,
                (i, j) => self.add(what, Says::Omission, out, i, j),
            }
        }
    }
}

fn bit(word: u8) -> u64 {
    1u64.checked_shl(u32::from(word)).unwrap_or(0)
}

/// Whether one meaning is the other with something added: foundation, charity-foundation; ministry, ministry-justice.
pub(crate) fn kin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_suffix(short).is_some_and(|rest| rest.ends_with('-')) || long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))
}

/// Whether two stems are of one name: Серік and Серик, Сергей and Серге(евич), Мұса and Мус(ич).
fn same_stem(a: &str, b: &str) -> bool {
    fn bare(stem: &str) -> &str {
        let cut = stem.trim_end_matches(['й', 'и', 'і', 'ь', 'я', 'а', 'ә', 'i', 'y', 'j', 'a', 'ı', '\'']);
        if cut.chars().nth(1).is_some() { cut } else { stem }
    }
    let (a, b) = (bare(a), bare(b));
    if a == b {
        return true;
    }
    let keys = word_key(a);
    word_key(b).iter().any(|k| keys.contains(k))
}

/// Whether the sounds of two stems differ in one letter.
fn one_letter(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (word_key(a).into_iter().next(), word_key(b).into_iter().next()) else { return false };
    a.len() > 3 && rapidfuzz::distance::levenshtein::distance(a.chars(), b.chars()) == 1
}

/// Whether a letter may stand for a word: the sounds of the word begin with those of the letter.
fn initial_fits(a: &str, b: &str) -> bool {
    let (a, b) = (word_key(a), word_key(b));
    a.iter().any(|a| b.iter().any(|b| a.starts_with(b.as_str()) || b.starts_with(a.as_str())))
}
