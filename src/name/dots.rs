//! Letters that are often written without their dots, ё as е, by `often_written` of `tables/languages/`.

use crate::scheme::language::languages;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A small letter, and the one that often stands for it.
static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| languages().iter().flat_map(|l| l.often_written.iter().copied()).collect());

/// The letter that often stands for a small letter, or the letter itself.
pub(crate) fn without_dots_letter(c: char) -> char {
    PAIRS.iter().find(|(dotted, _)| *dotted == c).map_or(c, |(_, plain)| *plain)
}

/// A word or name in small letters as it is often written.
pub(crate) fn without_dots(text: &str) -> Cow<'_, str> {
    match text.chars().any(|c| PAIRS.iter().any(|(dotted, _)| *dotted == c)) {
        true => Cow::Owned(text.chars().map(without_dots_letter).collect()),
        false => Cow::Borrowed(text),
    }
}

/// A form in small letters with its dots put in at one place, for each place where they may have been left out: Орле is a form
/// of Орёл.
pub(crate) fn with_dots(form: &str) -> impl Iterator<Item = String> {
    let places = form.char_indices().flat_map(|(at, c)| PAIRS.iter().filter(move |(_, plain)| *plain == c).map(move |pair| (at, pair)));
    places.map(|(at, (dotted, plain))| format!("{}{dotted}{}", &form[..at], &form[at + plain.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_left_out_and_put_in() {
        assert_eq!(without_dots("берёзовый ёж"), "березовый еж");
        assert!(matches!(without_dots("орел"), Cow::Borrowed("орел")));
        assert_eq!(with_dots("зелене").collect::<Vec<_>>(), ["зёлене", "зелёне", "зеленё"]);
        assert_eq!(with_dots("орла").count(), 0);
    }
}
