//! What cannot be a name.

use super::LONGEST_NAME;
use super::sentence::{Language, Message};
use crate::text::is_alphanumeric;

/// Why a string cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    OnlySpaces,
    /// So many characters.
    TooLong(usize),
    Nul,
    DirectionControl(char),
    NoLetterOrDigit,
}

impl Fault {
    /// Why a string cannot be a name, if it cannot.
    pub(super) fn of(text: &str) -> Option<Fault> {
        let mut any = false;
        let mut bad = None;
        let mut length = 0;
        for c in text.chars().take(LONGEST_NAME + 1) {
            length += 1;
            any = any || is_alphanumeric(c);
            match c {
                '\0' => bad = bad.or(Some(Fault::Nul)),
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => bad = bad.or(Some(Fault::DirectionControl(c))),
                _ => {}
            }
        }
        if text.is_empty() {
            return Some(Fault::Empty);
        }
        if !any && text.chars().all(char::is_whitespace) {
            return Some(Fault::OnlySpaces);
        }
        if length > LONGEST_NAME {
            return Some(Fault::TooLong(text.chars().count()));
        }
        bad.or((!any).then_some(Fault::NoLetterOrDigit))
    }

    /// The fault as a clause.
    pub(super) fn say(self, language: Language) -> String {
        match self {
            Fault::Empty => language.say(Message::Empty, &[]),
            Fault::OnlySpaces => language.say(Message::OnlySpaces, &[]),
            Fault::TooLong(count) => language.say(Message::TooLong, &[("count", &count.to_string()), ("most", &LONGEST_NAME.to_string())]),
            Fault::Nul => language.say(Message::Nul, &[]),
            Fault::DirectionControl(c) => language.say(Message::DirectionControl, &[("code", &format!("U+{:04X}", c as u32))]),
            Fault::NoLetterOrDigit => language.say(Message::NoLetterOrDigit, &[]),
        }
    }
}
