//! The walk: each word of the full name in turn gives letters of the abbreviation or is left out, at the least cost.

use super::letters::{Fit, fits};
use super::parts::{Letter, Long, MOST_LETTERS, Short, Style};
use super::table::{Rule, TABLE};

/// What came of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// Letters of the word that were taken from its beginning, and letters of the abbreviation they gave; none when it was left out.
    pub(super) used: u8,
    /// Where the second part of a compound begins, and letters taken from there.
    pub(super) inner: Option<(u8, u8)>,
}

/// A way through.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) cost: u16,
    pub(super) rules: Rules,
    /// One for each word.
    pub(super) words: Vec<Taken>,
    /// Every piece is one letter, or every piece more.
    pub(super) singles: bool,
    pub(super) clips: bool,
}

/// A set of rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rules(u32);

impl Rules {
    pub(super) fn with(self, rule: Rule) -> Rules {
        Rules(self.0 | 1 << rule as u32)
    }

    fn and(self, other: Rules) -> Rules {
        Rules(self.0 | other.0)
    }

    pub(super) fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }

    pub(super) fn list(self) -> Vec<Rule> {
        Rule::all().filter(|r| self.has(*r)).collect()
    }
}

/// The least cost of a place: so many words walked, so many letters used.
#[derive(Debug, Clone, Copy)]
struct Place {
    cost: u16,
    rules: Rules,
    pieces: u8,
    singles: u8,
    /// Letters used before the last word, and what came of it.
    before: u8,
    taken: Taken,
}

const LEFT_OUT: Taken = Taken { used: 0, inner: None };
const NOWHERE: Place = Place { cost: u16::MAX, rules: Rules(0), pieces: 0, singles: 0, before: 0, taken: LEFT_OUT };

/// The cheapest way from the abbreviation to the name, of at most `limit`; it has two pieces or more.
pub(super) fn walk(short: &Short, long: &Long, limit: u16) -> Option<Way> {
    let (n, words) = (short.letters.len(), long.words.len());
    let row = n + 1;
    let mut places = vec![NOWHERE; row * (words + 1)];
    places[0].cost = 0;
    for w in 0..words {
        for i in 0..=n {
            let place = places[w * row + i];
            if place.cost > limit {
                continue;
            }
            if i < n {
                take(short, long, w, i, |to, piece| {
                    let cost = place.cost.saturating_add(piece.cost);
                    let at = &mut places[(w + 1) * row + to];
                    if cost <= limit && cost < at.cost {
                        *at = Place {
                            cost,
                            rules: place.rules.and(piece.rules),
                            pieces: place.pieces + piece.pieces,
                            singles: place.singles + piece.singles,
                            before: i as u8,
                            taken: piece.taken,
                        };
                    }
                });
            }
            if let Some(rule) = left_out(short, long, w, i) {
                let cost = place.cost + rule.cost();
                let at = &mut places[(w + 1) * row + i];
                if cost <= limit && cost < at.cost {
                    *at = Place { cost, rules: place.rules.with(rule), before: i as u8, taken: LEFT_OUT, ..place };
                }
            }
        }
    }
    let last = places[words * row + n];
    if last.cost > limit || last.pieces < 2 {
        return None;
    }
    // Letters read alike across scripts more often by chance, so that nothing of weight may be missing.
    if last.rules.has(Rule::Script) && [Rule::Tail, Rule::Lead, Rule::Kept].iter().any(|r| last.rules.has(*r)) {
        return None;
    }
    let mut taken = vec![LEFT_OUT; words];
    let mut i = n;
    for w in (0..words).rev() {
        let place = places[(w + 1) * row + i];
        taken[w] = place.taken;
        i = usize::from(place.before);
    }
    let (singles, clips) = (last.singles == last.pieces, last.singles == 0);
    Some(Way { cost: last.cost, rules: last.rules, words: taken, singles, clips })
}

/// By which rule word `w` is left out after `i` letters, if it may be.
fn left_out(short: &Short, long: &Long, w: usize, i: usize) -> Option<Rule> {
    let (word, n) = (&long.words[w], short.letters.len());
    long.class(w).or({
        if i == n && word.capital {
            Some(Rule::Tail)
        } else if word.joined && i > 0 {
            Some(Rule::Half)
        } else if w == 0 && !word.capital && n > 2 && long.words.get(1).is_some_and(|next| !next.joined) {
            Some(Rule::Lead)
        } else {
            None
        }
    })
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    cost: u16,
    rules: Rules,
    pieces: u8,
    singles: u8,
    taken: Taken,
}

/// Calls `each` with every piece that word `w` may give for the letters from `i` on, and the letter after it.
fn take(short: &Short, long: &Long, w: usize, i: usize, mut each: impl FnMut(usize, Piece)) {
    let len = long.words[w].to - long.words[w].from;
    let mut inner = None;
    beginnings(short, long, w, i, 0, &mut |k, used, fit_cost, fit_rules| {
        let Some((cost, rules)) = price(short, long, w, (i, k), (0, used), fit_rules) else { return };
        let singles = u8::from(k.min(used) == 1);
        let piece = Piece {
            cost: cost + fit_cost,
            rules: rules.and(fit_rules),
            pieces: 1,
            singles,
            taken: Taken { used: used as u8, inner: None },
        };
        each(i + k, piece);
        if len < 6 || i + k == short.letters.len() {
            return;
        }
        let Some(from) = *inner.get_or_insert_with(|| long.inner(w)) else { return };
        if used > from {
            return;
        }
        beginnings(short, long, w, i + k, from, &mut |k2, used2, fit_cost, fit_rules| {
            let Some((cost, rules)) = price(short, long, w, (i + k, k2), (from, used2), fit_rules) else { return };
            let second = Piece {
                cost: piece.cost + cost + fit_cost + Rule::Compound.cost(),
                rules: piece.rules.and(rules).and(fit_rules).with(Rule::Compound),
                pieces: 2,
                singles: singles + u8::from(k2.min(used2) == 1),
                taken: Taken { used: used as u8, inner: Some((from as u8, used2 as u8)) },
            };
            each(i + k + k2, second);
        });
    });
}

/// Calls `each` with every length, in letters of the abbreviation from `i` on and of word `w` from `from` on, in which the two fit.
fn beginnings(short: &Short, long: &Long, w: usize, i: usize, from: usize, each: &mut impl FnMut(usize, usize, u16, Rules)) {
    let letters = &short.letters[i..short.letters[i].word.1];
    let word = &long.word(w)[from..];
    grow(letters, &word[..word.len().min(63)], (0, 0), (0, Rules::default()), &mut [0; MOST_LETTERS + 1], each);
}

fn grow(
    letters: &[Letter],
    word: &[(char, usize)],
    (k, used): (usize, usize),
    (cost, rules): (u16, Rules),
    // For each number of letters of the abbreviation, the numbers of letters of the word that were tried, as bits: Latin o and
    // oo are both read о, and a row of them has very many ways.
    tried: &mut [u64; MOST_LETTERS + 1],
    each: &mut impl FnMut(usize, usize, u16, Rules),
) {
    let mut next: [(usize, usize, Fit); 4] = [(0, 0, Fit::Same); 4];
    let mut found = 0;
    fits(letters[k..].iter().map(|l| l.c), word[used..].iter().map(|(c, _)| *c), |a, b, fit| {
        if found < next.len() {
            next[found] = (a, b, fit);
            found += 1;
        }
    });
    for (a, b, fit) in &next[..found] {
        let (more, rules) = match fit {
            Fit::Same => (0, rules),
            Fit::Flattened => (Rule::Flattened.cost(), rules.with(Rule::Flattened)),
            Fit::Script => (Rule::Script.cost(), rules.with(Rule::Script)),
        };
        let cost = cost + more;
        if cost > TABLE.limit || tried[k + a] & (1 << (used + b)) != 0 {
            continue;
        }
        tried[k + a] |= 1 << (used + b);
        each(k + a, used + b, cost, rules);
        grow(letters, word, (k + a, used + b), (cost, rules), tried, each);
    }
}

/// What a piece costs by how the abbreviation is written; `None` where a piece may not be so.
fn price(short: &Short, long: &Long, w: usize, (i, k): (usize, usize), (from, used): (usize, usize), fit: Rules) -> Option<(u16, Rules)> {
    let (letters, word) = (&short.letters[i..i + k], &long.words[w]);
    let (first, len) = (letters[0], word.to - word.from);
    let whole = from == 0 && used == len;
    let all = first.word == (i, i + k);
    let free = Some((0, Rules::default()));
    let by = |rule: Rule, times: usize| Some((rule.cost() * times as u16, Rules::default().with(rule)));
    let further = k.min(used) - 1;
    let kept = || w > 0 && len < 5 && !word.capital && first.capital && long.class(w) == Some(Rule::Stop);
    match first.style {
        Style::Digits if whole && all => free,
        Style::Digits => None,
        Style::Capitals if further == 0 && kept() => by(Rule::Kept, 1),
        Style::Capitals if further == 0 || whole && (all || word.capitals) => free,
        // Across scripts, where more letters read alike, further letters say too little.
        Style::Capitals if fit.has(Rule::Script) => None,
        Style::Capitals => by(Rule::More, further),
        _ if letters[1..].iter().any(|l| l.capital) && !(whole && word.capitals) => None,
        Style::Small if whole && (further > 0 || all) || from > 0 && further == 0 => free,
        Style::Small if further == 0 && !(whole && long.class(w) == Some(Rule::Stop)) => by(Rule::Single, 1),
        Style::Small if further == 1 => by(Rule::Short, 1),
        Style::Small => free,
        Style::Mixed if first.capital && kept() => by(Rule::Kept, 1),
        Style::Mixed if first.capital || further > 0 || from > 0 || word.joined => free,
        Style::Mixed if long.class(w) == Some(Rule::Stop) => free,
        Style::Mixed => by(Rule::Single, 1),
    }
}
