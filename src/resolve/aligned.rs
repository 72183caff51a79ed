//! Which words of a name answer to those of a string: as much as a score depends on, and all of it as evidence.

use super::decide::Decision;
use super::index::NameId;
use super::outcome::{Evidence, How, WordRead};
use super::{Resolver, romanised};
use crate::name::reading::{Alignment, Met, STEP, Side, Spelling, charges};
use crate::text::{fold, is_alphanumeric, is_mark, nfc};
use std::ptr;

/// How a name is the string: in another script, and whether all words of both are met.
pub(super) struct Way {
    two_scripts: bool,
    whole: bool,
    other_romanisation: bool,
}

impl Way {
    pub(super) fn of(spelling: &Spelling, other: &Spelling, likeness: &Alignment) -> Way {
        let script = |spelling: &Spelling| spelling.words.iter().find(|w| !w.is_number).map(|w| w.side);
        let (met_a, met_b) = met_words(&likeness.met);
        let all = |spelling: &Spelling, met: u32| (0..spelling.words.len()).all(|at| met >> at & 1 == 1);
        // Two romanisations of one name differ by habit in every word.
        let latin = |spelling: &Spelling| spelling.words.iter().all(|w| w.side == Side::Latin);
        Way {
            two_scripts: script(spelling) != script(other),
            whole: all(spelling, met_a) && all(other, met_b),
            other_romanisation: latin(spelling)
                && latin(other)
                && likeness.met.iter().all(|met| u32::from(met.cost) <= charges().other_romanisation),
        }
    }

    /// Whether the two names are one in two scripts.
    pub(super) fn how(&self) -> How {
        if self.whole && (self.two_scripts || self.other_romanisation) { How::Script } else { How::Near }
    }

    /// Whether a scheme may write the one as the other.
    pub(super) fn may_be_of_scheme(&self) -> bool {
        self.whole && self.two_scripts
    }
}

/// Which words of the one and of the other are met, a bit each.
fn met_words(met: &[Met]) -> (u32, u32) {
    let words = |from: u8, count: u8| (from..from + count).fold(0, |all, at| all | 1 << at);
    met.iter().fold((0, 0), |(a, b), met| (a | words(met.a, met.words.0), b | words(met.b, met.words.1)))
}

/// What words that met cost, in nats to a hundredth.
fn cost(met: &Met) -> f64 {
    (f64::from(met.cost) * f64::from(STEP) * 100.0).round() / 100.0
}

/// Which words of a name met words of the string, to be told when it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Aligned {
    pub name: NameId,
    pub met: Vec<Met>,
    /// Whether it is told, too, which schemes write the one as the other.
    pub schemes: bool,
}

/// Tells of all hits of a decision, as evidence before the other, which words met words of the string; the string is as it was given.
pub(super) fn tell(resolver: &Resolver, text: &str, decision: &mut Decision) {
    let text = nfc(text);
    let folded = fold(&text);
    let spelling = Spelling::of(&folded);
    // Very many may bear one name.
    let mut last: Option<(Box<Aligned>, Vec<Evidence>)> = None;
    for bearer in decision.bearers.iter_mut().chain(&mut decision.comparable) {
        let Some(aligned) = bearer.hit.aligned.take() else { continue };
        if last.as_ref().is_none_or(|(known, _)| *known != aligned) {
            let Some(name) = resolver.forms.name(&resolver.registry, aligned.name) else { continue };
            let form = fold(&name.text);
            let schemes = aligned.schemes.then_some(name.lang.as_deref());
            let name = (&*name.text, &*form, &Spelling::of(&form));
            let evidence = alignment((&text, &folded, &spelling), name, &aligned.met, schemes);
            last = Some((aligned, evidence));
        }
        bearer.hit.evidence.splice(0..0, last.iter().flat_map(|(_, evidence)| evidence).cloned());
    }
}

/// The words of a text with its own capitals, when they are cut as its spelling is.
fn as_written<'t>(text: &'t str, spelling: &Spelling) -> Vec<&'t str> {
    let inside = |c: char| is_alphanumeric(c) || is_mark(c) || matches!(c, '\'' | '’' | 'ʼ' | 'ʹ' | '‘' | '`' | 'ʻ');
    let words: Vec<&str> = text.split(|c: char| !inside(c)).filter(|w| w.contains(is_alphanumeric)).collect();
    let digits = |w: &&str| w.contains(|c: char| c.is_ascii_digit()) && w.contains(char::is_alphabetic);
    if words.len() == spelling.words.len() && !words.iter().any(digits) { words } else { Vec::new() }
}

/// Which words of two names answer to which, and which are left. Schemes are looked for when the language of the second name is given, known or not.
pub(super) fn alignment(
    (text, folded_a, spelling): (&str, &str, &Spelling),
    (name, folded, other): (&str, &str, &Spelling),
    met: &[Met],
    schemes: Option<Option<&str>>,
) -> Vec<Evidence> {
    let (written_a, written_b) = (as_written(text, spelling), as_written(name, other));
    let text = |of: &str, spelling: &Spelling, from: u8, words: u8| -> String {
        let words = usize::from(from)..usize::from(from + words);
        let written = if ptr::eq(spelling, other) { &written_b } else { &written_a };
        match (written.get(words.clone()), spelling.words.get(words)) {
            (Some(written), _) => written.join(" "),
            (_, Some([first, .., last])) => of[first.text.start as usize..last.text.end as usize].to_owned(),
            (_, Some([only])) => of[only.text.start as usize..only.text.end as usize].to_owned(),
            _ => String::new(),
        }
    };
    let mut words: Vec<WordRead> = Vec::with_capacity(met.len());
    for met in met {
        words.push(WordRead {
            word: text(folded_a, spelling, met.a, met.words.0),
            name: text(folded, other, met.b, met.words.1),
            scheme: None,
            cost: cost(met),
        });
    }
    let (met_a, met_b) = met_words(met);
    let left = |of: &str, spelling: &Spelling, met: u32| -> Vec<String> {
        (0..spelling.words.len() as u8).filter(|i| met >> i & 1 == 0).map(|i| text(of, spelling, i, 1)).collect()
    };
    let (left_text, left_name) = (left(folded_a, spelling, met_a), left(folded, other, met_b));
    if let Some(lang) = schemes {
        romanised::name_schemes(&mut words, lang);
    }
    let mut evidence = vec![Evidence::Read { words }];
    if !(left_text.is_empty() && left_name.is_empty()) {
        evidence.push(Evidence::Left { text: left_text, name: left_name });
    }
    evidence
}
