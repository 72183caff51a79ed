//! The folded form of a text: what is left when differences of typing are taken away.
//!
//! Folded are case, normal form, width, kinds of quotation mark, apostrophe, dash and space, invisible
//! characters, the space after a full stop, a stop or comma at the end, and brackets around the whole. Letters and diacritics are kept: no mark is ever stripped.

use super::plain::{ROOM, fold_letter, plain};
use super::word::is_common_mark;
use super::{is_invisible, nfc};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The folded form of a text.
///
/// ```
/// use atau::text::fold;
/// assert_eq!(fold("«Ақ  Жол»\u{A0}ПАРТИЯСЫ"), "ақ жол партиясы");
/// assert_eq!(fold("QOZĞALISI"), fold("Qozğalısı"));
/// assert_ne!(fold("Nursultan"), fold("Nur-Sultan"));
/// assert_ne!(fold("ён"), fold("ен"));
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of `text` to `out`; allocates nothing else when the text is short and in NFC.
pub fn fold_into(text: &str, out: &mut String) {
    let (mut short, mut long) = ([0; 128], Vec::new());
    let room = match text.len() + ROOM {
        len if len <= short.len() => &mut short[..],
        len => {
            long.resize(len, 0);
            &mut long[..]
        }
    };
    match plain(text.as_bytes(), room).and_then(|(len, _)| str::from_utf8(room.get(..len)?).ok()) {
        Some(folded) => out.push_str(folded),
        None => fold_normal(&nfc(text), out),
    }
}

pub(super) fn fold_normal(text: &str, out: &mut String) {
    let wide = |c: char| ('\u{FF01}'..='\u{FFEE}').contains(&c) && !c.nfkc().eq([c]);
    if text.chars().any(wide) {
        let narrow = |c: char| if wide(c) { c.nfkc().collect() } else { vec![c] };
        let text: String = text.chars().flat_map(narrow).nfc().collect();
        return fold_normal(&text, out);
    }
    let base = out.len();
    let mut space = false;
    let mut open = 0;
    let mut unsettled = false;
    let mut ahead = (0, false, false);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match kind(c) {
            Kind::Invisible | Kind::DoubleQuote => {
                unsettled = true;
                continue;
            }
            Kind::Space => {
                space = out.len() > base;
                before = Some(' ');
                continue;
            }
            Kind::Apostrophe => {
                // One look ahead serves for a whole run of marks.
                if ahead.0 <= at {
                    ahead = look_ahead(text, end);
                }
                let follows = before.is_some_and(char::is_alphanumeric);
                let precedes = ahead.1;
                if !follows && precedes {
                    open += 1;
                    unsettled = true;
                    continue;
                }
                // Of the marks that could close, the last before another opens does: 'Workers' Party'.
                if !precedes && open > 0 && ahead.2 {
                    open -= 1;
                    unsettled = true;
                    continue;
                }
                put_space(&mut space, out, base);
                out.push('\'');
            }
            Kind::Dash => {
                put_space(&mut space, out, base);
                out.push('-');
                before = Some(c);
            }
            Kind::Other => {
                put_space(&mut space, out, base);
                fold_char(c, before, out);
                // Some capitals fold to a letter and its marks.
                unsettled |= c == 'ß' || c >= '\u{530}' || ('\u{1F0}'..='\u{3B0}').contains(&c);
                before = Some(c);
            }
        }
    }
    if out.ends_with(['.', ',', ';', ':', ')']) {
        let kept = trimmed(&out[base..]).to_owned();
        out.truncate(base);
        out.push_str(&kept);
    }
    if unsettled && is_nfc_quick(out[base..].chars()) != IsNormalized::Yes {
        // Marks that something stood between may have to change places, and those of a folded letter to join it, as parts of
        // a Korean syllable do.
        let normal = nfc(&out[base..]).into_owned();
        out.truncate(base);
        out.push_str(&normal);
    }
}

/// A text without a stop, comma or colon at the end, and brackets around the whole.
pub(super) fn trimmed(mut text: &str) -> &str {
    loop {
        let end = text.trim_end_matches(['.', ',', ';', ':', ' ']).len();
        let inner = text[..end].strip_prefix('(').and_then(|t| t.strip_suffix(')')).filter(|t| !t.contains(['(', ')']));
        match inner {
            Some(inner) => text = inner.trim(),
            None if end == text.len() || end == 0 => return text,
            None => text = &text[..end],
        }
    }
}

/// A space that was seen is written before the next character, so that none stands at either end; the space
/// after a full stop goes, so that В. И. Ленин is В.И. Ленин.
fn put_space(space: &mut bool, out: &mut String, base: usize) {
    if std::mem::take(space) && out.len() > base && !out.ends_with('.') {
        out.push(' ');
    }
}

/// What comes after an apostrophe that ends at `from`: where the run of marks ends, whether a letter or digit follows it,
/// and whether no other apostrophe closes a quotation after it.
fn look_ahead(text: &str, from: usize) -> (usize, bool, bool) {
    let rest = &text[from..];
    let run = rest.find(|c| !matches!(kind(c), Kind::Invisible | Kind::DoubleQuote | Kind::Apostrophe)).unwrap_or(rest.len());
    let precedes = rest[run..].starts_with(char::is_alphanumeric);
    let mut before = None;
    for c in rest[run..].chars().filter(|c| !matches!(kind(*c), Kind::Invisible | Kind::DoubleQuote)) {
        if matches!(kind(c), Kind::Apostrophe) {
            // It opens after a space and closes, or stands inside a word, after a letter.
            return (from + run, precedes, !before.is_some_and(char::is_alphanumeric));
        }
        before = Some(c);
    }
    (from + run, precedes, true)
}

enum Kind {
    Space,
    Invisible,
    DoubleQuote,
    Apostrophe,
    Dash,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='\u{2AF}' | '\u{400}'..='\u{52F}' => Kind::Other,
        _ if is_common_mark(c) => Kind::Other,
        '"' | '«' | '»' | '\u{201C}'..='\u{201F}' | '\u{2039}' | '\u{203A}' | '\u{2E42}' | '\u{301D}'..='\u{301F}' | '\u{FF02}' => {
            Kind::DoubleQuote
        }
        '\'' | '`' | '\u{B4}' | '\u{2018}'..='\u{201B}' | '\u{2BC}' | '\u{FF07}' => Kind::Apostrophe,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => Kind::Dash,
        _ if c.is_whitespace() || c.is_control() => Kind::Space,
        _ if is_invisible(c) => Kind::Invisible,
        _ => Kind::Other,
    }
}

fn fold_char(c: char, before: Option<char>, out: &mut String) {
    match c {
        // The dot of a Turkic capital İ in normal form D of its small letter.
        '\u{307}' if matches!(before, Some('i' | 'I' | 'İ')) => {}
        // Its capital is an apostrophe and an N.
        'ŉ' => out.push(c),
        _ if is_common_mark(c) => out.push(c),
        _ => match fold_letter(c) {
            Some(folded) => out.push(folded),
            None => case_fold(c, out),
        },
    }
}

/// Case folding as the small letters of the capitals, which joins ß with ss and ς with σ.
fn case_fold(c: char, out: &mut String) {
    if c.is_lowercase() || c.is_uppercase() {
        // The capital ẞ has itself for a capital: it is made small first.
        out.extend(c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    } else {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_typing_fold() {
        let cases = [
            ("  Нұр\u{A0}\u{2009} Отан\t", "нұр отан"),
            ("и\u{306}", "й"),
            ("НҰР-СҰЛТАН", "нұр-сұлтан"),
            ("Нұр–Сұлтан", "нұр-сұлтан"),
            ("В. И. Ленина", "в.и.ленина"),
            ("В.И. Ленина", "в.и.ленина"),
            ("'Revolutionary Workers' Party'", "revolutionary workers' party"),
            ("'Zhanartu' and 'Ақ жол'", "zhanartu and ақ жол"),
            ("“Zhanartu»", "zhanartu"),
            ("Ａｔａｕ", "atau"),
            ("Kazan’", "kazan'"),
            ("İ i̇ I ı", "i i i i"),
            // A syllable that something stood in.
            ("\u{1100}»\u{1161}", "\u{AC00}"),
            ("Straße", "strasse"),
            ("со\u{AD}вет\u{200B}", "совет"),
            ("ß\u{301}", "sś"),
            ("а»\u{306}", "\u{4D1}"),
            ("(ССК)", "сск"),
            ("Отан.", "отан"),
            ("Ақ жол (партия)", "ақ жол (партия)"),
            ("\u{5D8}\u{5BC}\"\u{DCA}", "\u{5D8}\u{DCA}\u{5BC}"),
            ("", ""),
            (" \u{200B} ", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    /// The letters that are folded without a search fold as they do with it.
    #[test]
    fn quick_letters_fold_as_others() {
        for c in '\0'..='\u{52F}' {
            if matches!(c, 'ı' | 'İ' | 'ŉ' | '\u{307}') {
                continue;
            }
            let (mut quick, mut slow) = (String::new(), String::new());
            fold_char(c, None, &mut quick);
            case_fold(c, &mut slow);
            assert_eq!(quick, slow, "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
