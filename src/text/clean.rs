//! Cleaning a name for a list: what can be mended without guessing, and a report of what was.

use super::script::{Script, script_of_char};
use super::{is_invisible, is_mark, nfc, repair};
use std::fmt;

/// One kind of mending.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Brought to Unicode normal form C.
    Form,
    /// Spaces: no-break and other kinds, doubled ones, those at either end.
    Spaces,
    /// Invisible characters taken out: soft hyphen, zero-width and direction controls, BOM, NUL.
    Invisible,
    /// Quotation marks and apostrophes brought to `"` and `'`.
    Quotes,
    /// Dashes: hyphens to `-`, dashes between spaces to `–`.
    Dashes,
    /// A letter of another script read as its look-alike: from, to.
    LookAlike(char, char),
    /// A space put between a label and the name glued to it, at a change of script: before, after.
    Glued(String, String),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Form => f.write_str("NFC"),
            Change::Spaces => f.write_str("spaces"),
            Change::Invisible => f.write_str("invisible characters"),
            Change::Quotes => f.write_str("quotes"),
            Change::Dashes => f.write_str("dashes"),
            Change::LookAlike(from, to) => {
                write!(f, "look-alike U+{:04X} {from} to U+{:04X} {to}", *from as u32, *to as u32)
            }
            Change::Glued(before, after) => write!(f, "label {before:?} glued to {after:?}"),
        }
    }
}

/// A cleaned text and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The clean text, in NFC.
    pub text: String,
    /// What was done, each kind once, in the order it was done; look-alikes and labels one by one.
    pub changes: Vec<Change>,
}

/// Cleans a text. Never guesses: a letter that could be two others stays.
///
/// ```
/// use atau::text::clean;
/// let cleaned = clean(" CДК\u{A0}«Жанарту»");
/// assert_eq!(cleaned.text, "СДК \"Жанарту\"");
/// let done: Vec<String> = cleaned.changes.iter().map(ToString::to_string).collect();
/// assert_eq!(done, ["spaces", "quotes", "look-alike U+0043 C to U+0421 С"]);
/// ```
pub fn clean(text: &str) -> Cleaned {
    mend(text, true)
}

/// Cleans a text as [`clean`] does, but its quotation marks and dashes stay as they are.
///
/// ```
/// assert_eq!(atau::text::clean_letters(" CДК\u{A0}«Жанарту»").text, "СДК «Жанарту»");
/// ```
pub fn clean_letters(text: &str) -> Cleaned {
    mend(text, false)
}

fn mend(text: &str, marks: bool) -> Cleaned {
    let mut changes = Vec::new();
    let mut note = |change: Change, done: bool| {
        if done && !changes.contains(&change) {
            changes.push(change);
        }
    };
    let normal = nfc(text);
    note(Change::Form, normal != text);
    let visible: String = normal.chars().filter(|c| !is_invisible(*c) && *c != '\0').collect();
    note(Change::Invisible, visible.len() != normal.len());
    // A mark may join the letter that something invisible parted it from.
    let text = nfc(&visible);
    let spaced = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    note(Change::Spaces, spaced != text);
    let mut text = spaced;
    if marks {
        let quoted = straighten_quotes(&text);
        note(Change::Quotes, quoted != text);
        text = straighten_dashes(&quoted);
        note(Change::Dashes, text != quoted);
    }
    // A name that is parted from its label is a word of its own, whose letters may then be clear.
    for _ in 0..8 {
        if let Some(repaired) = repair(&text) {
            changes.extend(repaired.letters.iter().map(|(from, to)| Change::LookAlike(*from, *to)));
            text = repaired.text;
        }
        let parted = split_labels(&text, &mut changes);
        if parted == text {
            break;
        }
        text = parted;
    }
    Cleaned { text, changes }
}

fn straighten_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        let in_word = before.is_some_and(char::is_alphabetic) && chars.peek().is_some_and(|c| c.is_alphabetic());
        out.push(match c {
            // Inside a word it is a hard sign of BGN/PCGN: ob”yekt.
            '\u{201D}' if in_word => c,
            '«' | '»' | '\u{201C}'..='\u{201F}' | '\u{2E42}' | '\u{301D}'..='\u{301F}' | '\u{FF02}' => '"',
            '`' | '\u{B4}' | '\u{2018}'..='\u{201B}' | '\u{2039}' | '\u{203A}' | '\u{FF07}' => '\'',
            _ => c,
        });
        before = Some(c);
    }
    out
}

fn straighten_dashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let free = out.ends_with(' ') && chars.peek() == Some(&' ');
        out.push(match c {
            '-' | '\u{2014}' | '\u{2015}' | '\u{2212}' if free => '\u{2013}',
            '\u{2010}'..='\u{2012}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
            _ => c,
        });
    }
    out
}

/// Puts a space into a word that is a run of one script in small letters and then a run of another that begins
/// with a capital, as in `Kazakh nameҚазақстан`.
fn split_labels(text: &str, changes: &mut Vec<Change>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic() && !is_mark(c)) {
        match border(piece).map(|at| piece.split_at(at)) {
            Some((before, after)) if is_label(before) && after.starts_with(char::is_uppercase) => {
                out.extend([before, " ", after]);
                changes.push(Change::Glued(before.to_owned(), after.trim_end().to_owned()));
            }
            _ => out.push_str(piece),
        }
    }
    out
}

fn is_label(text: &str) -> bool {
    text.chars().count() > 2 && text.chars().rev().find(|c| !is_mark(*c)).is_some_and(char::is_lowercase)
}

/// Where a word changes from Latin to Cyrillic or back, when it does so once.
fn border(word: &str) -> Option<usize> {
    let mut last = None;
    let mut border = None;
    for (i, c) in word.char_indices() {
        let script = script_of_char(c);
        if !matches!(script, Script::Latin | Script::Cyrillic) {
            continue;
        }
        if last.is_some_and(|last| last != script) {
            if border.is_some() {
                return None;
            }
            border = Some(i);
        }
        last = Some(script);
    }
    border
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        let cases = [
            ("Kazakh nameҚазақстанның Социалистік Қозғалысы", "Kazakh name Қазақстанның Социалистік Қозғалысы"),
            ("NewspaperСоциалист", "Newspaper Социалист"),
            ("“Zhanartu»", "\"Zhanartu\""),
            ("ob”yekt", "ob”yekt"),
            ("a — b - c", "a – b – c"),
            ("Нур‑Султан", "Нур-Султан"),
            ("1991–2001", "1991–2001"),
            ("\u{202E}СДК\0", "СДК"),
            ("и\u{200B}\u{306}", "й"),
            ("Yкімет", "Yкімет"),
            ("ХХI съезд", "ХХI съезд"),
            ("abcАбв abcАбв", "abc Абв abc Абв"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text).text, expected, "{text:?}");
            assert_eq!(clean(text).changes.is_empty(), text == expected, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "\\PC*") {
            let once = clean(&text);
            let twice = clean(&once.text);
            proptest::prop_assert_eq!(&twice.text, &once.text);
            proptest::prop_assert!(twice.changes.is_empty(), "{:?}", twice.changes);
        }
    }
}
