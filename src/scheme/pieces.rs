//! A text in pieces that have nothing to do with each other, so that the fast way does all but those that it cannot do.

use super::compile::Program;

/// How long a piece is in bytes, if there is a place to cut it.
const PIECE: usize = 512;
/// Among how many spaces such a place is looked for.
const SPACES: usize = 1 << 14;

impl Program {
    /// As [`Program::run`], for a text that the fast way cannot do as a whole.
    pub(super) fn run_pieces(&self, mut text: &str, out: &mut String) {
        if text.len() <= PIECE {
            return self.run_any(text, out);
        }
        while !text.is_empty() {
            let piece;
            (piece, text) = text.split_at(piece_end(text, PIECE));
            let begin = out.len();
            if !self.run_fast(piece, out) {
                out.truncate(begin);
                self.run_any(piece, out);
            }
        }
    }
}

/// The end of a piece of about `len` bytes, more where there is no clean edge, which is not 0.
fn piece_end(text: &str, mut len: usize) -> usize {
    while len < text.len() {
        let end = (0..=len).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        if let Some(edge) = clean_edge(&text[..end]).filter(|edge| *edge > 0) {
            return edge;
        }
        len *= 2;
    }
    text.len()
}

/// Where a text can be cut so that neither side's transliteration depends on the other: after a line end, or at a space
/// between two words of two letters or more, since a lone capital looks no further than to the nearest such word.
pub(super) fn clean_edge(text: &str) -> Option<usize> {
    if let Some(at) = text.rfind('\n') {
        return Some(at + 1);
    }
    let spaces = text.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let word = |c: &char| c.is_alphabetic();
    let between = |at: &usize| {
        let after = text[*at..].trim_start().chars().take(2).filter(word).count();
        let before = text[..*at].trim_end().chars().rev().take(2).filter(word).count();
        after == 2 && before == 2
    };
    spaces.take(SPACES).find(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scheme;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SCHEMES: LazyLock<Vec<Scheme>> = LazyLock::new(|| Scheme::ids().map(|id| Scheme::builtin(id).unwrap()).collect());

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn pieces_give_what_the_whole_does(text in "([ЩщЁЖеьъкіәя]{1,4}[,.?]?[ \n-]|[«Я\u{301}ѐ ]){0,40}", len in 1..60usize) {
            for scheme in SCHEMES.iter() {
                let (mut whole, mut pieces) = (String::new(), String::new());
                scheme.program.run_any(&text, &mut whole);
                let mut rest = &text[..];
                while !rest.is_empty() {
                    let piece;
                    (piece, rest) = rest.split_at(piece_end(rest, len));
                    scheme.program.run_any(piece, &mut pieces);
                }
                prop_assert_eq!(whole, pieces, "{}", scheme.id());
            }
        }
    }

    #[test]
    fn a_text_with_a_mark_is_what_the_engine_writes() {
        let text = ["съезд Щукин, ёлка ".repeat(300), "зѐбра й\u{306} е\u{308}ж ".to_owned(), "ЩУКА Ж.\n".repeat(300)].concat();
        for scheme in SCHEMES.iter() {
            let mut whole = String::new();
            scheme.program.run_any(&text, &mut whole);
            assert_eq!(scheme.transliterate(&text), whole, "{}", scheme.id());
        }
    }
}
