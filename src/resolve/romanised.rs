//! The scheme by which one word is another in a different script.

use super::outcome::WordRead;
use crate::scheme::Scheme;
use crate::text::{Script, fold, script_of};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A scheme with its scripts, that of the source first, and the tag of its language.
struct Writer {
    scheme: Scheme,
    scripts: (Option<Script>, Option<Script>),
    language: String,
}

/// The built-in schemes, those of the smaller alphabets first: a text that Russian letters suffice for is read as
/// Russian before it is read as Kazakh.
static WRITERS: LazyLock<Vec<Writer>> = LazyLock::new(|| {
    let mut schemes: Vec<Scheme> = Scheme::ids().filter_map(|id| Scheme::builtin(id).ok()).collect();
    schemes.sort_by_key(|scheme| scheme.letters().len());
    let script = |(a, b): (&str, &str)| (Script::from_short_name(a), Script::from_short_name(b));
    let writer = |scheme: Scheme| Writer { scripts: script(scheme.scripts()), language: scheme.language_tag().to_owned(), scheme };
    schemes.into_iter().map(writer).collect()
});

/// For each letter that they read, what each of them may write for it.
static MAY_WRITE: LazyLock<FxHashMap<char, Vec<Letters>>> = LazyLock::new(|| {
    let mut all: FxHashMap<char, Vec<Letters>> = FxHashMap::default();
    for (number, Writer { scheme, .. }) in WRITERS.iter().enumerate() {
        let mut of = |from: &str, to: &str, is_letter: bool| {
            let mut letters = fold(from);
            let Some(first) = letters.chars().next() else { return };
            let is_alone = is_letter && letters.len() == first.len_utf8();
            letters.truncate(first.len_utf8());
            // A letter that is not of the scheme passes through, or is read without its marks.
            let other = if letters.nfd().nth(1).is_some() { Letters::MAX } else { plain_letters(&letters) };
            let own = &mut all.entry(first).or_insert_with(|| vec![other; WRITERS.len()])[number];
            *own = plain_letters(&fold(to)) | if is_alone { 0 } else { *own };
        };
        scheme.letters().iter().for_each(|row| of(&row.letter, &row.value, true));
        scheme.rules().iter().for_each(|row| row.from.iter().for_each(|from| of(from, &row.to, false)));
    }
    all
});

/// A set of the letters from a to z.
type Letters = u32;

/// The letters from a to z of a folded text, whatever marks they have.
fn plain_letters(folded: &str) -> Letters {
    let plain = |set: Letters, c: char| if c.is_ascii_lowercase() { set | 1 << (c as u32 - 'a' as u32) } else { set };
    if folded.is_ascii() { folded.chars().fold(0, plain) } else { folded.nfd().fold(0, plain) }
}

/// For each scheme whether it may write the letters of the one text for those of the other.
fn may_write(source: &str, target: &str) -> Vec<bool> {
    let mut written: Vec<Letters> = vec![0; WRITERS.len()];
    for c in source.chars() {
        match MAY_WRITE.get(&c) {
            Some(letters) => written.iter_mut().zip(letters).for_each(|(all, own)| *all |= own),
            None if c.is_ascii() => written.iter_mut().for_each(|all| *all |= plain_letters(c.encode_utf8(&mut [0; 4]))),
            // It may be read without its marks.
            None => written.fill(Letters::MAX),
        }
    }
    let wanted = plain_letters(target);
    written.iter().map(|all| wanted & !all == 0).collect()
}

/// What a word that some scheme writes costs at most, in nats.
const UNWRITTEN: f64 = 4.0;

/// A word of the string and one of the name, folded, with their scripts.
struct Pair {
    text: (String, Script),
    name: (String, Script),
    /// What each scheme may write for the one in another script, where that is looked at.
    may_write: Vec<bool>,
}

impl Pair {
    fn of(word: &WordRead) -> Option<Pair> {
        let of = |word: &str| {
            let folded = fold(word);
            let script = script_of(&folded)?;
            Some((folded, script))
        };
        let (text, name) = (of(&word.word)?, of(&word.name)?);
        let may_write = match (text.1, name.1) {
            (Script::Latin, _) => may_write(&name.0, &text.0),
            (_, Script::Latin) => may_write(&text.0, &name.0),
            _ => Vec::new(),
        };
        Some(Pair { text, name, may_write })
    }

    /// Whether a scheme writes the one as the other.
    fn is_written(&self, writer: usize, room: &mut String) -> bool {
        let Writer { scheme, scripts, .. } = &WRITERS[writer];
        let (source, target) = match scripts {
            (Some(from), Some(to)) if (*from, *to) == (self.name.1, self.text.1) => (&self.name, &self.text),
            (Some(from), Some(to)) if (*from, *to) == (self.text.1, self.name.1) => (&self.text, &self.name),
            _ => return false,
        };
        let may_write = target.1 != Script::Latin || self.may_write.get(writer).is_none_or(|may| *may);
        may_write && scheme.writes(&source.0, &target.0, room)
    }
}

/// Names for each word the scheme that writes one side as the other; one for all words, where one does it. `lang` is the BCP 47 tag of the
/// language of the name, where it is known.
pub(super) fn name_schemes(words: &mut [WordRead], lang: Option<&str>) {
    let language = lang.and_then(|l| l.split('-').next());
    // For each word the numbers of the schemes that write it.
    let mut options: Vec<Vec<usize>> = vec![Vec::new(); words.len()];
    let mut room = String::new();
    let all = WRITERS.as_slice();
    let mut writers: Vec<usize> = (0..all.len()).filter(|w| language.is_none_or(|l| all[*w].language == l)).collect();
    // A word that costs too much is written so by no scheme.
    let pairs: Vec<_> = words.iter().map(|word| (word.cost <= UNWRITTEN).then(|| Pair::of(word)).flatten()).collect();
    // Mostly one scheme writes all words.
    let whole = writers.iter().copied().find(|w| pairs.iter().flatten().all(|pair| pair.is_written(*w, &mut room)));
    for (pair, options) in pairs.iter().zip(&mut options) {
        let Some(pair) = pair else { continue };
        match whole {
            Some(whole) => options.push(whole),
            None => options.extend(writers.iter().copied().filter(|w| pair.is_written(*w, &mut room))),
        }
        // One scheme for all words is looked for among those that write the first ones.
        if !options.is_empty() {
            writers.clone_from(options);
        }
    }
    // The scheme that explains most words is named for all of them.
    let mut explained = vec![0; all.len()];
    options.iter().flatten().for_each(|w| explained[*w] += 1);
    let best = (0..all.len()).rev().max_by_key(|w| explained[*w]);
    for (word, options) in words.iter_mut().zip(&options) {
        let named = best.filter(|w| options.contains(w)).or(options.first().copied());
        word.scheme = named.map(|w| all[w].scheme.id().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scheme_writes_it_may_write() {
        for text in ["щука", "ёжик", "подъезд", "құрманов", "киё\u{301}в", "їжак", "жаңаөзен", "юрьевич", "a\u{30C}т", "йўß", "آلما"]
        {
            for (number, Writer { scheme, .. }) in WRITERS.iter().enumerate() {
                let target = fold(&scheme.transliterate(text));
                assert!(may_write(&fold(text), &target)[number], "{} {text} {target}", scheme.id());
            }
        }
        assert!(may_write("щука", "shchukah").iter().any(|may| *may) && may_write("щука", "shchukaf").iter().all(|may| !may));
    }
}
