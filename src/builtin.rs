//! The tables that are part of the program, as texts. They take the same path as a user's own files.

pub(crate) struct BuiltIn {
    /// File name without folder and ending; for a scheme its id.
    pub stem: &'static str,
    /// The path from the project's root.
    pub path: &'static str,
    /// The file.
    pub text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
