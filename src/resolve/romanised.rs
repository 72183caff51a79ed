//! Whether one text is another in a different script, word by word, and by which schemes.

use super::outcome::WordRead;
use super::steps::score;
use crate::scheme::Scheme;
use crate::text::{Script, fold, fold_into, script_of};
use std::sync::LazyLock;

/// The built-in schemes, those of the smaller alphabets first: a text that Russian letters suffice for is read as
/// Russian before it is read as Kazakh.
static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
    let mut schemes: Vec<Scheme> = Scheme::ids().filter_map(|id| Scheme::builtin(id).ok()).collect();
    schemes.sort_by_key(|scheme| scheme.letters().len());
    schemes
});

/// How two texts in different scripts read word by word.
pub(super) struct Reading {
    pub words: Vec<WordRead>,
    /// Whether every word is rendered exactly by some scheme.
    pub exact: bool,
    /// Whether one scheme does it for all.
    pub one_scheme: bool,
}

impl Reading {
    pub(super) fn score(&self) -> f64 {
        match (self.exact, self.one_scheme) {
            (true, true) => score::ONE_SCHEME,
            (true, false) => score::SCHEMES,
            (false, _) => score::KEY,
        }
    }
}

/// Reads `text` as a rendering of `name` or the other way round; nothing when they are in one script or have
/// different numbers of words. `lang` is the BCP 47 tag of the language, where it is known.
pub(super) fn read(text: &str, name: &str, lang: Option<&str>) -> Option<Reading> {
    let (from, to) = (script_of(text)?, script_of(name)?);
    if from == to {
        return None;
    }
    let (words, names) = (split(text), split(name));
    if words.len() != names.len() || words.is_empty() {
        return None;
    }
    // The source is the side in the script the schemes read.
    let reads = |scheme: &&Scheme, source: Script, target: Script| {
        let (a, b) = scheme.scripts();
        let language = lang.and_then(|l| l.split('-').next());
        Some(source) == Script::from_short_name(a)
            && Some(target) == Script::from_short_name(b)
            && language.is_none_or(|l| scheme.language_tag() == l)
    };
    let mut options: Vec<Vec<&str>> = vec![Vec::new(); words.len()];
    let (folded_words, folded_names): (Vec<String>, Vec<String>) =
        (words.iter().map(|w| fold(w)).collect(), names.iter().map(|n| fold(n)).collect());
    let (mut written, mut folded) = (String::new(), String::new());
    for scheme in SCHEMES.iter() {
        let forward = reads(&scheme, to, from);
        if !forward && !reads(&scheme, from, to) {
            continue;
        }
        let (sources, targets) = if forward { (&names, &folded_words) } else { (&words, &folded_names) };
        for ((source, target), schemes) in sources.iter().zip(targets).zip(&mut options) {
            written.clear();
            folded.clear();
            scheme.transliterate_into(source, &mut written);
            fold_into(&written, &mut folded);
            if folded == *target {
                schemes.push(scheme.id());
            }
        }
    }
    let exact = options.iter().all(|o| !o.is_empty());
    // The scheme that explains most words is named for all of them.
    let best = SCHEMES.iter().map(Scheme::id).rev().max_by_key(|id| options.iter().filter(|o| o.contains(id)).count());
    let one_scheme = best.is_some_and(|id| options.iter().all(|o| o.contains(&id)));
    let scheme = |schemes: &Vec<&str>| best.filter(|id| schemes.contains(id)).or(schemes.first().copied()).map(str::to_owned);
    let words = words.iter().zip(&names).zip(&options);
    let words = words.map(|((w, n), o)| WordRead { word: (*w).to_owned(), name: (*n).to_owned(), scheme: scheme(o) }).collect();
    Some(Reading { words, exact, one_scheme })
}

fn split(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '«' | '»' | ',' | ';' | '(' | ')')).filter(|w| !w.is_empty()).collect()
}
