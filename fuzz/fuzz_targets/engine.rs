//! Any text through every built-in scheme under every option, and through the functions of `text`.
#![no_main]

use atau::Scheme;
use atau::text::{clean, fold, nfc, repair_all};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The longest text that is read back, in bytes.
const REVERSED: usize = 60;
/// A text that has a mark is left to the engine as a whole; a line of its own does not touch the lines before it.
const SLOW: &str = "\n\u{301}";

static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
    let builtin: Vec<Scheme> = Scheme::ids().map(|id| Scheme::builtin(id).expect(id)).collect();
    let set = |scheme: &Scheme| {
        let options = scheme.options().into_iter().flat_map(|o| {
            let others: Vec<String> = o.values.iter().filter(|v| **v != o.default).cloned().collect();
            others.into_iter().map(move |value| (o.name.clone(), value))
        });
        options.map(|(name, value)| scheme.with_option(&name, &value).expect("an option's own value")).collect::<Vec<_>>()
    };
    let others: Vec<Scheme> = builtin.iter().flat_map(set).collect();
    builtin.into_iter().chain(others).collect()
});

fuzz_target!(|text: &str| {
    let decomposed: String = text.nfd().collect();
    let slow = format!("{text}{SLOW}");
    let (mut appended, mut whole_slow) = (String::new(), String::new());
    for scheme in SCHEMES.iter() {
        let id = scheme.id();
        let whole = scheme.transliterate(text);
        appended.clear();
        appended.push('e');
        scheme.transliterate_into(text, &mut appended);
        assert_eq!(appended[1..], whole, "{id}: transliterate_into");
        assert_eq!(nfc(&whole), whole, "{id}: not in NFC");
        whole_slow.clear();
        scheme.transliterate_into(&slow, &mut whole_slow);
        assert_eq!(whole_slow.strip_suffix(SLOW), Some(whole.as_str()), "{id}: the fast way");
        assert_eq!(scheme.transliterate(&decomposed), whole, "{id}: another normal form");
    }
    if text.len() <= REVERSED {
        // One scheme a text, by the text: all of them would take too long.
        let number = text.bytes().fold(0usize, |sum, b| sum.wrapping_mul(31).wrapping_add(b.into())) % SCHEMES.len();
        let scheme = &SCHEMES[number];
        let best = scheme.reverse(text);
        assert_eq!(scheme.reverse(&decomposed), best, "{}: another normal form, read back", scheme.id());
        let candidates = scheme.reverse_candidates(text, 5);
        let weights: f64 = candidates.iter().map(|c| c.weight).sum();
        assert!((0.0..=1.000_001).contains(&weights), "{}: weights add up to {weights}", scheme.id());
        assert!(candidates.len() <= 5 && candidates.is_sorted_by(|a, b| a.weight >= b.weight));
    }
    let cleaned = clean(text);
    let again = clean(&cleaned.text);
    assert_eq!(again.text, cleaned.text, "cleaned twice");
    assert!(again.changes.is_empty(), "cleaned twice: {:?}", again.changes);
    assert_eq!(nfc(&cleaned.text), cleaned.text, "cleaned, not in NFC");
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folded twice");
    let readings = repair_all(text);
    assert!(readings.len() <= 16, "{} readings", readings.len());
    for reading in readings {
        assert_eq!(nfc(&reading.text), reading.text, "repaired, not in NFC");
    }
});
