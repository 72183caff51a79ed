//! From a string to an answer: who is meant, how sure that is, and why; two strings compared. Floor 4 of ARCHITECTURE.md: index, candidates,
//! score, outcome with its explanation.

mod aligned;
mod answer;
mod apart;
mod compare;
mod context;
mod decide;
mod explain;
mod fault;
mod index;
mod inflected;
mod named;
mod otherwise;
mod outcome;
mod reading;
mod roles;
mod romanised;
mod score;
mod sentence;
mod shared;
mod spelled;
mod steps;
mod weights;

pub use compare::{Comparison, Likeness, compare, compare_in};
pub use context::{Context, View};
pub use outcome::{Agreement, Candidate, Evidence, How, Outcome, PartFound, Verdict, WordRead};
pub use reading::{Reading, score};
pub use score::Thresholds;
pub use sentence::Language;

use crate::registry::Registry;
use crate::text::{fold, fold_plain, nfc};
use decide::{Bearer, Decision, Setting, decide, decide_placed};
use fault::Fault;
use index::{Forms, Index, Initials};
use sentence::Message;
use std::cell::RefCell;
use std::fmt;
use std::io::{self, Write};
use std::iter;
use std::sync::OnceLock;
use steps::{ByForm, Found, Hit, Known, Query, Step, by_form};

/// The longest string that is taken for a name, in characters.
pub const LONGEST_NAME: usize = 1_000;

/// Resolves strings onto the entities of a registry. Threads share one by reference.
///
/// ```
/// use atau::resolve::{Context, Resolver, Verdict};
/// use atau::Registry;
///
/// let resolver = Resolver::new(Registry::builtin());
/// let outcome = resolver.resolve("СоцСопр", &Context::new());
/// assert_eq!(outcome.id.as_deref(), Some("kz-org-socialist-resistance"));
/// assert_eq!(outcome.others().collect::<Vec<_>>(), ["ru-org-socialist-resistance"]);
///
/// let russian = resolver.resolve("СоцСопр", &Context::new().country("RU")?);
/// assert_eq!(russian.id.as_deref(), Some("ru-org-socialist-resistance"));
///
/// let open = resolver.without_scope();
/// assert_eq!(open.resolve("СоцСопр", &Context::new()).verdict, Verdict::Ambiguous);
/// # Ok::<(), atau::Error>(())
/// ```
pub struct Resolver {
    registry: Registry,
    forms: Forms,
    /// Made when a string is first asked for that no name is.
    index: OnceLock<Index>,
    /// Made when an abbreviation is first asked for.
    initials: OnceLock<Initials>,
    use_scope: bool,
    view: View,
    top: usize,
    thresholds: Thresholds,
    language: Language,
}

thread_local! {
    /// The folded form of the string being resolved, kept so that it is not allocated for each.
    static FOLDED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl fmt::Debug for Resolver {
    /// What it is over and how it answers; of the index nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Resolver { registry, use_scope, view, top, thresholds, language, .. } = self;
        let mut out = f.debug_struct("Resolver");
        out.field("registry", &registry.citation()).field("use_scope", use_scope).field("view", view).field("top", top);
        out.field("thresholds", thresholds).field("language", language).finish_non_exhaustive()
    }
}

impl Resolver {
    /// A resolver over a registry, within its scope, answering with the id whose name it is.
    pub fn new(registry: Registry) -> Resolver {
        let forms = Forms::new(&registry);
        Resolver {
            registry,
            forms,
            index: OnceLock::new(),
            initials: OnceLock::new(),
            use_scope: true,
            view: View::Names,
            top: 5,
            thresholds: Thresholds::default(),
            language: Language::English,
        }
    }

    /// The registry does not prefer what it is about.
    pub fn without_scope(mut self) -> Resolver {
        self.use_scope = false;
        self
    }

    /// Which id answers for a body that was renamed.
    ///
    /// ```
    /// use atau::resolve::{Context, Resolver, View};
    /// use atau::Registry;
    ///
    /// let resolver = Resolver::new(Registry::builtin()).with_view(View::Bodies);
    /// assert_eq!(resolver.resolve("ССК", &Context::new()).id.as_deref(), Some("kz-org-socialist-movement"));
    /// ```
    pub fn with_view(mut self, view: View) -> Resolver {
        self.view = view;
        self
    }

    /// How many candidates are listed (5 unless told). All bearers of one name are listed, however many.
    ///
    /// ```
    /// use atau::resolve::{Context, Resolver};
    /// use atau::Registry;
    ///
    /// let resolver = Resolver::new(Registry::builtin()).with_top(1);
    /// assert_eq!(resolver.resolve("Айгуль Курманова", &Context::new()).candidates().len(), 1);
    /// ```
    pub fn with_top(mut self, top: usize) -> Resolver {
        self.top = top;
        self
    }

    /// From which scores names that are like a string are matches and candidates.
    ///
    /// ```
    /// use atau::resolve::{Context, Resolver, Thresholds, Verdict};
    /// use atau::Registry;
    ///
    /// let careful = Resolver::new(Registry::builtin()).with_thresholds(Thresholds { match_from: 0.99, ..Thresholds::default() });
    /// assert_eq!(careful.resolve("Aynur Kurmanovv", &Context::new()).verdict, Verdict::Candidate);
    /// ```
    pub fn with_thresholds(mut self, thresholds: Thresholds) -> Resolver {
        self.thresholds = thresholds;
        self
    }

    /// The language of the sentences (English unless told).
    ///
    /// ```
    /// use atau::resolve::{Context, Language, Resolver};
    /// use atau::Registry;
    ///
    /// let resolver = Resolver::new(Registry::builtin()).with_language(Language::Russian);
    /// assert!(resolver.resolve("QSQ", &Context::new()).why().starts_with("«QSQ» — "));
    /// ```
    pub fn with_language(mut self, language: Language) -> Resolver {
        self.language = language;
        self
    }

    /// The registry.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Writes the registry and its index as one file, which [`Registry::open`] maps into memory. Gives its length in bytes.
    ///
    /// A file that some program has open must not be written over: write a new one and rename it, as `atau registry build`
    /// does.
    ///
    /// # Errors
    /// Those of `out`, and when there is more than the format can hold (4 billion entities, 4 GB of languages, dates and
    /// citations).
    ///
    /// ```
    /// use atau::{Registry, Resolver};
    /// let mut file = Vec::new();
    /// Resolver::new(Registry::builtin()).write_to(&mut file).unwrap();
    /// let registry = Registry::from_bytes(file)?;
    /// registry.verify()?;
    /// assert_eq!(registry.citation(), Registry::builtin().citation());
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<u64> {
        let index = self.index.get_or_init(|| Index::new(&self.registry, &self.forms));
        self.registry.write_image(|records| index.sections(records), out)
    }

    /// Resolves a string. Whatever it holds, there is an outcome.
    pub fn resolve(&self, text: &str, context: &Context) -> Outcome<'_> {
        FOLDED.with_borrow_mut(|room| match fold_plain(text.as_bytes(), room) {
            // Of plain letters and short there is no fault, and it is in NFC.
            Some(form) if text.len() <= LONGEST_NAME => self.resolve_folded(&Query::new(text, text, form), context),
            _ => match Fault::of(text) {
                Some(fault) => Outcome::of_fault(fault, self.language),
                None => {
                    let text_nfc = nfc(text);
                    self.resolve_folded(&Query::new(text, &text_nfc, fold(&text_nfc).as_bytes()), context)
                }
            },
        })
    }

    #[inline]
    fn resolve_folded(&self, query: &Query, context: &Context) -> Outcome<'_> {
        let of_form = match by_form(&self.registry, &self.forms, query) {
            ByForm::One(hit, name) if context.is_empty() => return Outcome::of_sole(self, query.raw, hit, name),
            found => found.placed(),
        };
        let setting = Setting::new(self, context);
        let decision = match context.is_empty() && !of_form.is_empty() {
            true => decide_placed(&setting, of_form, Vec::new()),
            false => self.decide(&setting, query, of_form.into_iter().map(|(hit, _)| hit).collect()),
        };
        Outcome::decided(self, query.raw, context, decision)
    }

    /// Goes through the steps until one decides, after those names that have the form of the string.
    fn decide(&self, setting: &Setting, query: &Query, mut of_form: Vec<Hit>) -> Decision {
        let context = setting.context;
        let known = Known {
            registry: &self.registry,
            forms: &self.forms,
            index: &self.index,
            initials: &self.initials,
            thresholds: self.thresholds,
        };
        let mut found = Found::default();
        for step in iter::once(None).chain(Step::ALL.map(Some)) {
            let next = match step {
                None => std::mem::take(&mut of_form).into(),
                Some(step) => step.look_up(&known, query, self.top.max(10)),
            };
            if found.hits.is_empty() {
                found = next;
                if found.hits.is_empty() {
                    continue;
                }
                // Only the type or country can speak against all that a step found.
                if step == Some(Step::Inflection) && found.hits.iter().all(|h| h.doubt.is_some()) {
                    continue;
                }
                if step == Some(Step::Likeness) || context.kind.is_none() && context.country.is_none() {
                    break;
                }
                let decision = decide(setting, found.clone());
                let contradicted = decision.bearers.first().is_some_and(Bearer::is_contradicted);
                if decision.verdict != Verdict::Candidate || !contradicted {
                    return decision;
                }
            } else if step == Some(Step::Likeness) {
                // What is a case form for all that is known is weighed with what is near.
                if found.hits.iter().all(|h| h.how == How::Inflected && h.doubt.is_some()) {
                    found = found.beside(next);
                }
            } else {
                // The name belongs to somebody else than the context says: who bears it in another form is listed too.
                let known: Vec<_> = found.hits.iter().map(|h| h.name).collect();
                let more = next.hits.into_iter().filter(|h| !known.contains(&h.name));
                found.hits.extend(more.map(|h| Hit { doubt: Some(Message::NameOfAnother), ..h }));
            }
        }
        decide(setting, found)
    }
}
