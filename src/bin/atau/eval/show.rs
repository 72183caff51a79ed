//! Answers that were not right, for reading.

use serde::Serialize;
use std::fmt;

/// Most names of an entity that are shown.
const NAMES: usize = 4;
/// Most characters of a name that are shown.
const LONGEST: usize = 100;

/// Which failures are kept.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Any at all.
    pub failures: bool,
    /// Only wrong matches.
    pub wrong_only: bool,
}

impl Wanted {
    /// Whether an answer is kept that failed, or is a wrong match.
    pub fn takes(self, failed: bool, wrong: bool) -> bool {
        self.failures && (wrong || failed && !self.wrong_only)
    }
}

/// An answer that was not right.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Miss {
    Link {
        query: String,
        /// The names of the right entities; none when nobody registered is meant.
        gold: Vec<String>,
        /// The first candidate.
        got: Option<Got>,
        outcome: &'static str,
        how: Option<&'static str>,
    },
    Pair {
        a: String,
        b: String,
        /// The label.
        same: bool,
        verdict: &'static str,
        score: f64,
        how: Option<&'static str>,
    },
}

#[derive(Debug, Clone, Serialize)]
pub struct Got {
    pub id: String,
    pub name: String,
    pub score: f64,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Miss::Link { query, gold, got, outcome, how } => {
                let some = gold.iter().take(NAMES).map(|n| shown(n)).collect::<Vec<_>>().join(" / ");
                let gold = if gold.is_empty() { "nobody" } else { some.as_str() };
                write!(f, "{} | {gold} | ", shown(query))?;
                match got {
                    Some(got) => write!(f, "{} {:.3}{} {outcome}", shown(&got.name), got.score, step(*how)),
                    None => f.write_str("nothing"),
                }
            }
            Miss::Pair { a, b, same, verdict, score, how } => {
                let label = if *same { "same" } else { "different" };
                write!(f, "{} | {} | {label} | {score:.3}{} {verdict}", shown(a), shown(b), step(*how))
            }
        }
    }
}

/// A text on one line of a terminal, cut where it is long; what would change the line's order or the cursor is a space.
pub fn shown(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    let cut = text.chars().nth(LONGEST).is_some();
    text.chars().take(LONGEST).map(plain).chain(cut.then_some('…')).collect()
}

/// The step that found an answer, after a space.
fn step(how: Option<&str>) -> String {
    how.map_or(String::new(), |how| format!(" {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_stays_on_its_line() {
        for (text, expected) in [("Әуезов", "Әуезов"), ("a\nb\u{1b}[1m", "a b [1m"), ("\u{202E}сба\u{2069}", " сба ")] {
            assert_eq!(shown(text), expected);
        }
        assert_eq!(shown(&"ә".repeat(LONGEST)), "ә".repeat(LONGEST));
        assert_eq!(shown(&"ә".repeat(LONGEST + 1)), "ә".repeat(LONGEST) + "…");
    }
}
