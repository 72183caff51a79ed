//! The tables that are part of the program, as texts. They take the same path as a user's own files.

pub(crate) struct BuiltIn {
    /// File name without folder and ending; for a scheme its id.
    pub stem: &'static str,
    /// The path from the project's root.
    pub path: &'static str,
    /// The file.
    pub text: &'static str,
}

/// A number that changes with the tables that say how texts are read (`FINGERPRINT` is made by the build script), and with
/// the version of Unicode.
pub(crate) fn fingerprint() -> u64 {
    let (major, minor, update) = unicode_normalization::UNICODE_VERSION;
    FINGERPRINT ^ (u64::from(major) << 32 | u64::from(minor) << 16 | u64::from(update))
}

include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
