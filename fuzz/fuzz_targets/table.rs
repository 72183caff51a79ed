//! Any text as the table of a scheme. What stands after the first NUL is transliterated too. A text that begins with `+`
//! and a digit is put behind the head of a table that extends a built-in one, so that more of them load.
#![no_main]

use atau::Scheme;
use atau::text::nfc;
use libfuzzer_sys::fuzz_target;
use std::borrow::Cow;

/// The longest text that is read back: each word takes some milliseconds.
const REVERSED: usize = 24;

const HEADS: [(&str, &str); 10] = [
    ("rus", "rus-bgnpcgn-1947"),
    ("rus", "rus-duden"),
    ("rus", "rus-icao-9303"),
    ("rus", "rus-iso-9-1995"),
    ("rus", "rus-wikipedia"),
    ("rus", "rus-yandex-maps"),
    ("kaz", "kaz-latn-2021"),
    ("kaz", "kaz-arab-tote"),
    ("kaz", "kaz-bgnpcgn-1979"),
    ("kaz", "kaz-odni-2015"),
];

const TEXTS: [&str; 4] = [
    "Щука, ЩУКА; объект – подъезд. Е. Ж. Щ",
    "Қазақстан Өңірі ҰЛТТЫҚ іс-шара ёж",
    "Герма\u{301}ния и\u{306} е\u{308} ГЕРМА\u{301}НИЯ д’Артаньян",
    "\u{AD}й\u{200B}ь ㄱ각\u{1100}\u{1161} ﬀ ǅ ß İ 1я_я",
];

fuzz_target!(|data: &[u8]| {
    let Ok(input) = std::str::from_utf8(data) else { return };
    let (table, own) = input.split_once('\0').unwrap_or((input, ""));
    let scheme = match Scheme::from_table(&with_head(table), "fuzz.toml") {
        Ok(scheme) => scheme,
        Err(error) => {
            assert!(error.is_data() && !error.to_string().is_empty());
            error.diagnostics().iter().for_each(|d| drop(d.to_string()));
            return;
        }
    };
    run(&scheme, own);
    for option in scheme.options() {
        for value in &option.values {
            let set = scheme.with_option(&option.name, value).expect("an option's own value");
            run(&set, own);
        }
    }
    let short = nfc(own).chars().take(REVERSED).collect::<String>();
    for text in ["Shchuka’", short.as_str()] {
        scheme.reverse(text);
        let weights: f64 = scheme.reverse_candidates(text, 3).iter().map(|c| c.weight).sum();
        assert!((0.0..=1.000_001).contains(&weights), "{text:?}: weights add up to {weights}");
    }
    assert!(scheme.failing_examples().is_empty(), "from_table let failing examples through");
    let _ = (scheme.letters(), scheme.rules(), scheme.sources(), scheme.language_tag());
});

fn with_head(table: &str) -> Cow<'_, str> {
    let rest = table.strip_prefix('+').and_then(|rest| Some((rest.chars().next()?.to_digit(10)?, &rest[1..])));
    let Some((number, rest)) = rest else { return table.into() };
    let (language, parent) = HEADS[number as usize];
    let head = "id = \"x\"\ntitle = \"x\"\nauthority = \"x\"\nscript = { from = \"Cyrl\", to = \"Latn\" }";
    format!("{head}\nlanguage = \"{language}\"\nextends = \"{parent}\"\n{rest}").into()
}

fn run(scheme: &Scheme, own: &str) {
    for text in TEXTS.into_iter().chain([own]) {
        let whole = scheme.transliterate(text);
        let mut appended = String::from("e");
        scheme.transliterate_into(text, &mut appended);
        assert_eq!(appended[1..], whole, "transliterate_into: {text:?}");
        assert_eq!(nfc(&whole), whole, "not in NFC: {text:?}");
    }
}
