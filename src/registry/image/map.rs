//! From an open file to its bytes.

use super::bytes::Bytes;
use memmap2::Mmap;
use std::fs::File;
use std::io::{self, Read};

/// The bytes of a file, mapped into memory, so that only what is read takes any; where files cannot be mapped, read.
///
/// What is mapped is the file itself. `atau registry build` never writes into an existing file: it puts a new one in its
/// place, and who has the old one mapped keeps it. A program that writes into the mapped file changes what is read here, which
/// then may be nonsense but is bounds-checked like any damaged file; one that shortens it ends this process by a signal
/// (SIGBUS) when the missing part is touched.
#[allow(unsafe_code)]
pub(super) fn map(file: &File) -> io::Result<Bytes> {
    // SAFETY: the map is read-only and bytes are all that is read from it, at bounds-checked places; texts are checked to be
    // UTF-8 at each reading and copied. What remains is that the bytes must not change while a slice of them is borrowed,
    // which nobody but the owner of the file can promise; the documentation says so (docs/registry.md).
    match unsafe { Mmap::map(file) } {
        Ok(map) => Ok(Bytes::mapped(map)),
        Err(_) => {
            let mut bytes = Vec::new();
            io::BufReader::new(file).read_to_end(&mut bytes)?;
            Ok(Bytes::from(bytes))
        }
    }
}
