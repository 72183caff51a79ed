//! Names that live in several scripts.
mod builtin;
mod error;
pub mod scheme;
pub mod text;
pub use error::{Error, nearest};
pub use scheme::Scheme;
