//! The scheme by which one word is another in a different script.

use super::outcome::WordRead;
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

/// What a word that some scheme writes costs at most, in nats.
const UNWRITTEN: f64 = 4.0;

/// Names for each word the scheme that writes one side as the other; one for all words, where one does it. `lang` is the BCP 47 tag of the
/// language of the name, where it is known.
pub(super) fn name_schemes(words: &mut [WordRead], lang: Option<&str>) {
    let language = lang.and_then(|l| l.split('-').next());
    let mut options: Vec<Vec<&str>> = vec![Vec::new(); words.len()];
    let (mut written, mut folded) = (String::new(), String::new());
    let mut writers: Vec<&Scheme> = SCHEMES.iter().filter(|s| language.is_none_or(|l| s.language_tag() == l)).collect();
    for (word, options) in words.iter().zip(&mut options) {
        // A word that costs this much is written so by no scheme.
        if word.cost > UNWRITTEN {
            continue;
        }
        let (text, name) = (fold(&word.word), fold(&word.name));
        let (Some(from), Some(to)) = (script_of(&text), script_of(&name)) else { continue };
        for scheme in &writers {
            let (a, b) = scheme.scripts();
            let (a, b) = (Script::from_short_name(a), Script::from_short_name(b));
            let (source, target) = match (Some(from), Some(to)) {
                pair if pair == (b, a) => (&name, &text),
                pair if pair == (a, b) => (&text, &name),
                _ => continue,
            };
            written.clear();
            folded.clear();
            scheme.transliterate_into(source, &mut written);
            fold_into(&written, &mut folded);
            if folded == *target {
                options.push(scheme.id());
            }
        }
        // One scheme for all words is looked for among those that write the first ones.
        if !options.is_empty() {
            writers.retain(|s| options.contains(&s.id()));
        }
    }
    // The scheme that explains most words is named for all of them.
    let best = SCHEMES.iter().map(Scheme::id).rev().max_by_key(|id| options.iter().filter(|o| o.contains(id)).count());
    for (word, options) in words.iter_mut().zip(&options) {
        word.scheme = best.filter(|id| options.contains(id)).or(options.first().copied()).map(str::to_owned);
    }
}
