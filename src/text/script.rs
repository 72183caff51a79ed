//! Which script a letter or a text is written in.

use super::word::is_common_mark;
pub use unicode_script::Script;
use unicode_script::UnicodeScript;

/// The script of one character; `Common` for digits, spaces and punctuation, `Inherited` for marks.
pub(crate) fn script_of_char(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\0'..='\x7f' => Script::Common,
        // U+0483–0489 are marks that belong to the script by name, and some to several.
        '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' => Script::Cyrillic,
        _ => c.script(),
    }
}

/// The script of a text: that of its letters, when they are all of one.
///
/// ```
/// use atau::text::{Script, script_of};
/// assert_eq!(script_of("СССР, 1991"), Some(Script::Cyrillic));
/// assert_eq!(script_of("CДК"), None); // the first letter is Latin
/// assert_eq!(script_of("1991"), None);
/// ```
pub fn script_of(text: &str) -> Option<Script> {
    let mut found = None;
    for script in text.chars().map(script_of_char) {
        match (script, found) {
            (Script::Common | Script::Inherited | Script::Unknown, _) => {}
            (_, None) => found = Some(script),
            (_, Some(first)) if first == script => {}
            _ => return None,
        }
    }
    found
}

/// The ISO 15924 code of a script, such as `Cyrl`.
pub fn script_code(script: Script) -> &'static str {
    script.short_name()
}

/// The first word of a text that has letters of more than one script.
pub(crate) fn mixed_word(text: &str) -> Option<&str> {
    // Most texts are in one script, or have nothing but ASCII.
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}');
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ḁ'..='ỿ');
    let plain = |c: char| c.is_ascii() && !c.is_ascii_alphabetic() || is_common_mark(c);
    if text.chars().all(|c| cyrillic(c) || plain(c)) || text.chars().all(|c| latin(c) || plain(c)) {
        return None;
    }
    let inherited = |c: char| script_of_char(c) == Script::Inherited;
    text.split(|c: char| !c.is_alphabetic() && !inherited(c))
        .find(|word| word.chars().any(|c| c.is_alphabetic()) && script_of(word).is_none())
}
