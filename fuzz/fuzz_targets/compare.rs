//! Any two strings compared: the halves of the input, at a line's end or in the middle, as they are or repeated to a length.
#![no_main]

use atau::resolve::{Comparison, LONGEST_NAME, Likeness, compare};
use libfuzzer_sys::fuzz_target;
use unicode_normalization::UnicodeNormalization;

fuzz_target!(|bytes: &[u8]| {
    let (repeated, bytes) = match bytes {
        [1, rest @ ..] => (LONGEST_NAME, rest),
        [2, rest @ ..] => (100_000, rest),
        _ => (0, bytes),
    };
    let at = bytes.iter().position(|b| *b == b'\n').unwrap_or(bytes.len() / 2);
    let (a, b) = (String::from_utf8_lossy(&bytes[..at]), String::from_utf8_lossy(&bytes[at..]));
    let a = if repeated == 0 { a.into_owned() } else { a.chars().cycle().take(repeated).collect() };
    let b = b.strip_prefix('\n').unwrap_or(&b);
    let there = check(compare(&a, b));
    let back = check(compare(b, &a));
    assert_eq!(there.score > 0.0, back.score > 0.0, "{there:?} {back:?}");
    // The normal form is nothing to go by; what is longer in one may be too long.
    if b.chars().count() * 4 < LONGEST_NAME && a.chars().count() * 4 < LONGEST_NAME {
        let decomposed: String = a.nfd().collect();
        let other = compare(&decomposed, b);
        assert_eq!((other.score, other.verdict, &other.why), (there.score, there.verdict, &there.why), "{a:?} {b:?}");
    }
    let own = check(compare(&a, &a));
    assert!(own.verdict == Likeness::Same || own.why.contains("no name"), "{own:?}");
});

fn check(comparison: Comparison) -> Comparison {
    assert!((0.0..=1.0).contains(&comparison.score) && !comparison.why.is_empty(), "{comparison:?}");
    assert!(comparison.how.is_some() || comparison.verdict == Likeness::Different, "{comparison:?}");
    comparison
}
