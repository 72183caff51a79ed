//! Which languages a text may be in by its letters, by the alphabets of `tables/languages/`.

use crate::scheme::language::languages;
use crate::text::is_alphabetic;
use std::sync::LazyLock;

/// All languages.
pub(crate) const ALL: u32 = u32::MAX;

/// Letters of Latin and Cyrillic are below this.
const LOW: u32 = 0x530;

/// For each letter below [`LOW`] the languages whose alphabets have it.
static HAVE: LazyLock<Vec<u32>> = LazyLock::new(|| (0..LOW).map(|c| char::from_u32(c).map_or(0, have)).collect());

fn have(letter: char) -> u32 {
    languages().iter().enumerate().filter(|(_, l)| l.alphabet.contains(&letter)).fold(0, |all, (i, _)| all | 1 << i)
}

/// The languages whose alphabets have all letters of a folded text, a bit each.
pub(crate) fn of(folded: &str) -> u32 {
    let known = HAVE.as_slice();
    let letters = folded.chars().filter(|c| is_alphabetic(*c));
    letters.fold(ALL, |all, c| all & known.get(c as usize).copied().unwrap_or_else(|| have(c)))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn letters_tell_languages() {
        assert_eq!(of("марат"), of("марат") & of("мұрат") | of("щёки"));
        assert_ne!(of("марат"), of("мұрат"));
        assert_eq!(of("marat"), 0);
    }
}
