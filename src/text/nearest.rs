//! The word that was meant.

use rapidfuzz::distance::osa;

/// The known word that is nearest to the one given, if any is near enough to be meant.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let distance = |word: &str| {
        let word = word.to_lowercase();
        let distance = osa::distance(given.chars(), word.chars());
        // The beginning of a word is nearer than any other word with as many letters wrong.
        let begun = given.chars().count() > 2 && word.starts_with(&given);
        (begun || distance <= 1 + word.chars().count() / 3 && distance < word.chars().count()).then_some((
            !begun,
            distance,
            word.chars().next() != given.chars().next(),
        ))
    };
    known.into_iter().filter_map(|word| Some((distance(word)?, word))).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}
