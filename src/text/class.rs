//! What single characters are, told without a search for those that most names are made of.

use super::{Script, is_alphanumeric, is_uppercase, script_of_char};
use std::sync::LazyLock;

/// What a character is: a letter or digit, a capital, a letter, a space, and its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(u8);

/// The classes of the characters below [`LOW`].
static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(|| ('\0'..LOW).map(Class::of).collect());

/// Latin and Cyrillic end below this.
const LOW: char = '\u{530}';

impl Class {
    const ALPHANUMERIC: u8 = 1;
    const UPPERCASE: u8 = 2;
    const ALPHABETIC: u8 = 4;
    const SPACE: u8 = 8;
    const LATIN: u8 = 16;
    const CYRILLIC: u8 = 32;
    const OTHER: Class = Class(64);

    /// Gives the classes of characters; none where normal forms, marks or other scripts have to be thought of.
    #[inline]
    pub(crate) fn plain() -> impl Fn(char) -> Option<Class> {
        let classes = CLASSES.as_slice();
        move |c| {
            let class = match classes.get(c as usize) {
                Some(class) => *class,
                // Dashes, quotation marks and apostrophes.
                None if matches!(c, '\u{2010}'..='\u{201F}') => Class(0),
                None => Class::OTHER,
            };
            (class != Class::OTHER).then_some(class)
        }
    }

    fn of(c: char) -> Class {
        let script = match script_of_char(c) {
            Script::Common => 0,
            Script::Latin => Class::LATIN,
            Script::Cyrillic if !matches!(c, '\u{483}'..='\u{489}') => Class::CYRILLIC,
            _ => return Class::OTHER,
        };
        if c == '\0' || matches!(c, '\u{300}'..'\u{400}') {
            return Class::OTHER;
        }
        let bit = |is: bool, bit: u8| if is { bit } else { 0 };
        Class(
            script
                | bit(is_alphanumeric(c), Class::ALPHANUMERIC)
                | bit(is_uppercase(c), Class::UPPERCASE)
                | bit(c.is_alphabetic(), Class::ALPHABETIC)
                | bit(c.is_whitespace(), Class::SPACE),
        )
    }

    pub(crate) fn is_alphanumeric(self) -> bool {
        self.0 & Class::ALPHANUMERIC != 0
    }

    pub(crate) fn is_uppercase(self) -> bool {
        self.0 & Class::UPPERCASE != 0
    }

    pub(crate) fn is_alphabetic(self) -> bool {
        self.0 & Class::ALPHABETIC != 0
    }

    pub(crate) fn is_space(self) -> bool {
        self.0 & Class::SPACE != 0
    }

    /// That of a word with one letter more; that of no letter for another character.
    #[inline]
    pub(crate) fn and(self, letter: Class) -> Class {
        if letter.is_alphabetic() { Class(self.0 | letter.0 & (Class::ALPHABETIC | Class::LATIN | Class::CYRILLIC)) } else { Class(0) }
    }

    /// Whether a word of this class has letters of two scripts, or of none.
    #[inline]
    pub(crate) fn is_mixed_word(self) -> bool {
        self.0 == Class::ALPHABETIC | Class::LATIN | Class::CYRILLIC || self.0 == Class::ALPHABETIC
    }
}
