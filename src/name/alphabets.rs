//! Which languages a text may be in by its letters, by the alphabets of `tables/languages/`.

use crate::scheme::language::languages;
use crate::text::is_alphabetic;

/// All languages.
pub(crate) const ALL: u32 = u32::MAX;

/// The languages whose alphabets have all letters of a folded text, a bit each.
pub(crate) fn of(folded: &str) -> u32 {
    let has = |c: char| languages().iter().enumerate().filter(|(_, l)| l.alphabet.contains(&c)).fold(0, |all, (i, _)| all | 1 << i);
    folded.chars().filter(|c| is_alphabetic(*c)).fold(ALL, |all, c| all & has(c))
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
