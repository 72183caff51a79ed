//! Names that live in several scripts: `atau` ("name" in Kazakh) transliterates Kazakh and Russian, cleans names, tells
//! their parts, case forms and abbreviations, and resolves the many spellings of a name onto one entity id, with a
//! probability and reasons.
//!
//! Four nouns do the work:
//!
//! - [`Scheme`] transliterates: a table of letters and rules, built in or your own;
//! - [`Registry`] says who is who: entities with dated, sourced names, read from plain files;
//! - [`Resolver`] takes a string, with what is known about it, to an [`Outcome`];
//! - [`Error`] tells what was expected, what was found and where.
//!
//! ```
//! use atau::{Registry, Resolver, Scheme};
//! use atau::resolve::{Context, Verdict};
//!
//! let scheme = Scheme::builtin("kaz-latn-2021")?;
//! assert_eq!(scheme.transliterate("Қазақстан, ЩУКА"), "Qazaqstan, ŞUKA");
//!
//! let resolver = Resolver::new(Registry::builtin());
//! let outcome = resolver.resolve("Socialističeskoe Soprotivlenie Kazahstana", &Context::new());
//! assert_eq!(outcome.verdict, Verdict::Match);
//! assert_eq!(outcome.id.as_deref(), Some("kz-org-socialist-resistance"));
//! # Ok::<(), atau::Error>(())
//! ```
//!
//! Beside them stand [`resolve::compare`] for two strings without a registry, [`name::parts`], [`name::inflect`] and
//! [`abbreviation`].
//!
//! Without default features the library has no dependency of the command line. It reads no environment, opens no
//! network, and does not panic on any input.
#![warn(missing_docs)]
#![deny(unsafe_code)]

mod builtin;
mod error;
pub mod name;
pub mod registry;
pub mod resolve;
pub mod scheme;
pub mod text;

pub use error::Error;
pub use name::abbreviation;
pub use registry::Registry;
pub use resolve::{Outcome, Resolver};
pub use scheme::Scheme;
