//! Transliteration (floor 1 of ARCHITECTURE.md). A scheme is a table file; reading, checking and compiling it are three steps, and
//! no scheme has code of its own.

mod check;
mod collision;
mod compile;
mod describe;
mod detect;
mod engine;
mod fast;
pub(crate) mod language;
mod later;
mod lint;
mod load;
mod pattern;
mod pieces;
mod reverse;
mod stream;
mod table;
mod words;

pub use describe::{LetterRow, OptionInfo, RuleRow};
pub use detect::{
    Column, ColumnDetection, Detection, Disagreement, LONGEST_WORD, MOST_WORDS, SchemeFit, SchemeShare, WordDetection, detect,
};
pub use reverse::Candidate;

use crate::error::Error;
use crate::text::{Diagnostic, Source};
use compile::Program;
use later::Later;
use reverse::Backward;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use table::Table;

/// A transliteration scheme, ready to use. Cheap to clone.
///
/// ```
/// use atau::Scheme;
/// let scheme = Scheme::builtin("rus-bgnpcgn-1947")?;
/// assert_eq!(scheme.transliterate("Щука, ЩУКА"), "Shchuka, SHCHUKA");
/// assert_eq!(scheme.transliterate("Щ. Елизаров"), "Shch. Yelizarov");
/// # Ok::<(), atau::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Scheme {
    source: Source,
    table: Arc<Table>,
    options: BTreeMap<String, String>,
    program: Arc<Later>,
    /// The units for the way back, made when first needed.
    backward: Arc<OnceLock<Backward>>,
}

impl Scheme {
    /// A built-in scheme by its id or by a name that other tools use for it.
    ///
    /// # Errors
    /// When there is none of that name ([`Error::is_unknown`]); the message names the nearest.
    ///
    /// ```
    /// use atau::Scheme;
    /// let scheme = Scheme::builtin("kaz-latn-2021")?;
    /// assert_eq!(scheme.transliterate("Қазақстан Өңірі, ШЫМКЕНТ"), "Qazaqstan Öñırı, ŞYMKENT");
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn builtin(name: &str) -> Result<Scheme, Error> {
        load::builtin(name)
    }

    /// Whether there is a built-in scheme of that id or other name, without reading its table; errors as [`Scheme::builtin`].
    pub(crate) fn known(name: &str) -> Result<(), Error> {
        load::known(name).map(|_| ())
    }

    /// The ids of the built-in schemes, in order.
    pub fn ids() -> impl Iterator<Item = &'static str> {
        load::ids()
    }

    /// A scheme from a table file of one's own, in the format of the built-in ones.
    ///
    /// # Errors
    /// When the file cannot be read, or has faults: [`Error::diagnostics`] lists all of them with their places. An
    /// example that comes out otherwise is a fault.
    pub fn open(path: impl AsRef<Path>) -> Result<Scheme, Error> {
        load::open(path.as_ref())
    }

    /// A scheme from the text of a table; `name` stands for the file in messages.
    ///
    /// # Errors
    /// As [`Scheme::open`].
    ///
    /// ```
    /// let own = r#"
    /// id = "rus-own"
    /// title = "As BGN/PCGN, with w for в"
    /// authority = "the author"
    /// language = "rus"
    /// script = { from = "Cyrl", to = "Latn" }
    /// extends = "rus-bgnpcgn-1947"
    /// examples = [{ in = "Вова", out = "Wowa" }]
    /// [letters]
    /// "в" = "w"
    /// "#;
    /// let scheme = atau::Scheme::from_table(own, "own.toml")?;
    /// assert_eq!(scheme.transliterate("Воробьёв"), "Worob’yëw");
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn from_table(text: &str, name: &str) -> Result<Scheme, Error> {
        load::own(text, name)
    }

    /// The same scheme under another setting of one of its options; every scheme of Russian has `stress`
    /// (`drop`, the default, or `keep`).
    ///
    /// # Errors
    /// When the scheme has no such option, or the option no such value.
    ///
    /// ```
    /// use atau::Scheme;
    /// let scheme = Scheme::builtin("rus-bgnpcgn-1947")?;
    /// assert_eq!(scheme.transliterate("Герма\u{301}ния"), "Germaniya");
    /// assert_eq!(scheme.with_option("stress", "keep")?.transliterate("Герма\u{301}ния"), "Germániya");
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn with_option(&self, name: &str, value: &str) -> Result<Scheme, Error> {
        let known = self.options();
        let Some(option) = known.iter().find(|o| o.name == name) else {
            return Err(Error::unknown("option", name, known.iter().map(|o| o.name.as_str())));
        };
        if !option.values.iter().any(|v| v == value) {
            return Err(Error::invalid("value of this option", value, format!("one of {}", option.values.join(", "))));
        }
        let mut options = self.options.clone();
        options.insert(name.to_owned(), value.to_owned());
        Ok(Scheme::compiled(self.source.clone(), self.table.clone(), options))
    }

    fn compiled(source: Source, table: Arc<Table>, options: BTreeMap<String, String>) -> Scheme {
        // A table without faults names a language that exists; without one nothing would be transliterated.
        let program = language::language(&table.language.value).map(|language| Program::compile(&table, language, &options));
        Scheme { source, program: Arc::new(program.unwrap_or_default().into()), table, options, backward: Arc::default() }
    }

    /// The transliteration of a text, in NFC. What the scheme does not know passes through.
    pub fn transliterate(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 8 + fast::SPARE);
        self.program.run(text, &mut out);
        out
    }

    /// Appends the transliteration to a buffer; nothing else is allocated when the text is in NFC.
    pub fn transliterate_into(&self, text: &str, out: &mut String) {
        self.program.run(text, out);
    }

    /// Whether the transliteration of a text, folded, is this, found faster than by writing it: mostly it is not. The room is for what is written.
    pub(crate) fn writes(&self, text: &str, folded: &str, room: &mut String) -> bool {
        self.program.writes(text, folded, room)
    }

    /// Transliterates all that a reader gives, in memory of about half a megabyte however long the text or its
    /// lines are.
    ///
    /// # Errors
    /// Those of the reader and the writer, and [`std::io::ErrorKind::InvalidData`] when the bytes are not UTF-8, with the
    /// line and the offset of the first that is not.
    ///
    /// ```
    /// let scheme = atau::Scheme::builtin("rus-icao-9303")?;
    /// let mut out = Vec::new();
    /// scheme.transliterate_stream("Щука и Ёж".as_bytes(), &mut out).unwrap();
    /// assert_eq!(out, b"Shchuka i Ezh");
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn transliterate_stream(&self, reader: impl std::io::Read, writer: impl std::io::Write) -> std::io::Result<()> {
        stream::transliterate(self, reader, writer)
    }

    /// What a text was before this scheme wrote it: the likeliest source of each word. For a scheme that
    /// [is reversible](Scheme::is_reversible) it is the source itself; for others letters may have been lost, and
    /// [`Scheme::reverse_candidates`] lists what it may have been.
    ///
    /// ```
    /// use atau::Scheme;
    /// let scheme = Scheme::builtin("rus-iso-9-1995")?;
    /// assert_eq!(scheme.reverse("Ŝuka, OBʺEKT"), "Щука, ОБЪЕКТ");
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn reverse(&self, text: &str) -> String {
        reverse::best(self, text)
    }

    /// What a text may have been before this scheme wrote it, the likeliest first, at most `most`. The weights of all
    /// that were found add up to one.
    ///
    /// ```
    /// use atau::Scheme;
    /// let scheme = Scheme::builtin("rus-icao-9303")?;
    /// let candidates = scheme.reverse_candidates("Andrei", 3);
    /// assert_eq!(candidates[0].text, "Андрей");
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn reverse_candidates(&self, text: &str, most: usize) -> Vec<Candidate> {
        reverse::candidates(self, text, most)
    }

    /// The pairs of strings that the scheme writes alike, under its present options, which explain every collision among
    /// strings of up to three letters of the alphabet; found by trying them all, which takes some hundredths of a second.
    ///
    /// ```
    /// use atau::Scheme;
    /// let pairs = Scheme::builtin("rus-alalc")?.collisions();
    /// assert_eq!(pairs, [("щ".to_owned(), "шч".to_owned())]);
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn collisions(&self) -> Vec<(String, String)> {
        let alphabet = language::language(self.language()).map_or(&[][..], |l| l.alphabet.as_slice());
        collision::collisions(self, alphabet, lint::LETTERS)
    }

    /// What the maker of a table should mend: rules that never fit, collisions that the table does not declare, declared
    /// ones that are none. Takes up to a second, since short strings are tried.
    pub fn lint(&self) -> Vec<Diagnostic> {
        lint::lint(self)
    }

    /// Runs the examples of the table; those that come out otherwise, with their places.
    pub fn failing_examples(&self) -> Vec<Diagnostic> {
        load::failing_examples(self)
    }
}
