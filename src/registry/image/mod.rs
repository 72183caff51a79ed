//! A registry in one file, read where it lies: a header, sections one after the other, and the table of the sections.
//!
//! All numbers are little-endian. The header, [`HEADER`] bytes:
//!
//! | at | bytes | |
//! |---|---|---|
//! | 0 | 8 | [`MAGIC`] |
//! | 8 | 4 | [`FORMAT`] |
//! | 12 | 4 | how many sections |
//! | 16 | 8 | fingerprint of the tables of letters that the file was made with |
//! | 24 | 8 | length of the file |
//! | 32 | 8 | where the table of sections begins |
//! | 40 | 32 | SHA-256 of the registry's source files |
//! | 72 | 8 | XXH3 of the header's first 72 bytes and the table of sections |
//!
//! Each line of the table of sections: id (4), zero (4), offset (8), length (8), XXH3 of the section (8).
//!
//! Opening reads the header and the table of sections, and nothing else: it takes the same time for any length.
//! [`Image::verify`] reads everything.

mod bytes;
mod code;
pub(super) mod ids;
mod map;
mod record;
mod store;
mod strings;
mod write;

pub(crate) use bytes::Bytes;
pub(super) use record::Glance;
pub(super) use store::Stored;
pub(super) use write::write_registry;

use crate::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// How a file of this kind begins: a byte that is no text, line ends that a tool for texts would change, an end of file.
pub(super) const MAGIC: [u8; 8] = *b"\x89ATAU\r\n\x1a";

/// The format that is written and read. It goes up with every change of the sections, of folding or of how words are cut.
pub(super) const FORMAT: u32 = 7;

/// The length of the header.
const HEADER: usize = 80;
/// Where the header's checksum stands.
const CHECKSUM: usize = 72;
/// The length of a line of the table of sections.
const LINE: usize = 32;
/// Sections begin at multiples of this.
const ALIGN: u64 = 8;

/// The sections of the registry itself; those from 100 to 199 are the resolver's.
mod section {
    /// Counts, manifest, titles.
    pub(super) const META: u32 = 1;
    /// The texts that many records name.
    pub(super) const STRINGS: u32 = 2;
    /// The entities, one after the other.
    pub(super) const RECORDS: u32 = 3;
    /// Where each record begins.
    pub(super) const PLACES: u32 = 4;
    /// From id to entity.
    pub(super) const IDS: u32 = 5;
    /// One bit an entity: inside its registry's scope.
    pub(super) const SCOPE: u32 = 6;
    pub(super) const CLAIMS: u32 = 7;
    pub(super) const SOURCES: u32 = 8;
}

/// A file of sections.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    bytes: Bytes,
    sections: Vec<Section>,
    hash: [u8; 32],
}

#[derive(Debug, Clone, Copy)]
struct Section {
    id: u32,
    at: u64,
    len: u64,
    checksum: u64,
}

/// Whether a file begins as those that `atau registry build` writes.
pub(super) fn is_image(path: &Path) -> bool {
    let mut start = [0; MAGIC.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == MAGIC
}

/// What is told of a file that is something else.
pub(super) const NOT_BUILT: &str = "it is no file that `atau registry build` writes";

/// What is told of a file that does not hold together.
pub(crate) const DAMAGED: &str = "damaged: build it again from its source files";

impl Image {
    /// Opens a file without reading its sections.
    pub(super) fn open(path: &Path) -> Result<Image, Error> {
        let file = File::open(path).map_err(|e| Error::io(path, &e))?;
        let bytes = map::map(&file).map_err(|e| Error::io(path, &e))?;
        Image::read(bytes).map_err(|reason| Error::file(path, reason))
    }

    /// A file from its bytes; the error is the reason why it cannot be used.
    pub(super) fn read(bytes: Bytes) -> Result<Image, String> {
        let damaged = |what: &str| format!("{what}; the file is {DAMAGED}");
        let header = bytes.get(..HEADER).ok_or_else(|| damaged("it ends within its header"))?;
        if header[..8] != MAGIC {
            return Err(NOT_BUILT.to_owned());
        }
        let u32_at = |at: usize| code::u32_at(header, at);
        let u64_at = |at: usize| code::u64_at(header, at);
        // A newer format may have another header: nothing else is asked before.
        let format = u32_at(8);
        if format != FORMAT {
            let age = if format > FORMAT { "a newer" } else { "an older" };
            return Err(format!("written by {age} atau (format {format}; this one reads format {FORMAT}): build it again with this one"));
        }
        let length = bytes.len() as u64;
        if u64_at(24) != length {
            return Err(damaged(&format!("it has {length} bytes and should have {}", u64_at(24))));
        }
        let (count, table_at) = (u32_at(12) as usize, u64_at(32));
        let table = usize::try_from(table_at).ok().and_then(|at| bytes.get(at..at.checked_add(count.checked_mul(LINE)?)?));
        let table = table.ok_or_else(|| damaged("its table of sections is not inside it"))?;
        if checksum(&[&header[..CHECKSUM], table]) != u64_at(CHECKSUM) {
            return Err(damaged("the checksum of its header is wrong"));
        }
        if u64_at(16) != crate::builtin::fingerprint() {
            return Err("made with other tables of letters than this atau has: build it again from its source files".to_owned());
        }
        let sections = table.chunks_exact(LINE).map(|line| Section {
            id: code::u32_at(line, 0),
            at: code::u64_at(line, 8),
            len: code::u64_at(line, 16),
            checksum: code::u64_at(line, 24),
        });
        let sections: Vec<Section> = sections.collect();
        if sections.iter().any(|s| s.at < HEADER as u64 || s.at.checked_add(s.len).is_none_or(|end| end > table_at)) {
            return Err(damaged("a section is not inside it"));
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(&header[40..CHECKSUM]);
        Ok(Image { bytes, sections, hash })
    }

    /// The bytes of a section; nothing when the file has none of that id.
    pub(crate) fn section(&self, id: u32) -> Option<Bytes> {
        let section = self.sections.iter().find(|s| s.id == id)?;
        // Opening made sure that sections are inside the bytes.
        self.bytes.slice(section.at as usize, section.len as usize)
    }

    /// The bytes of a section that is not long, when its checksum is right.
    pub(crate) fn checked(&self, id: u32) -> Option<Bytes> {
        let checksum = self.sections.iter().find(|s| s.id == id)?.checksum;
        self.section(id).filter(|bytes| xxh3_64(bytes) == checksum)
    }

    /// SHA-256 of the source files.
    fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Reads every section and compares its checksum; the error says what is wrong. Bytes between the sections are zero.
    pub(super) fn verify(&self) -> Result<(), String> {
        let mut end = HEADER;
        let mut sections = self.sections.clone();
        sections.sort_by_key(|s| s.at);
        let table_at = self.bytes.len() - self.sections.len() * LINE;
        for section in &sections {
            let start = section.at as usize;
            if start < end || self.bytes[end..start].iter().any(|b| *b != 0) || start - end >= ALIGN as usize {
                return Err(format!("section {} does not follow the one before it", section.id));
            }
            end = start + section.len as usize;
            if xxh3_64(&self.bytes[start..end]) != section.checksum {
                return Err(format!("the checksum of section {} is wrong", section.id));
            }
        }
        if end > table_at || self.bytes[end..table_at].iter().any(|b| *b != 0) {
            return Err("its end is not as it was written".to_owned());
        }
        let mut ids: Vec<u32> = self.sections.iter().map(|s| s.id).collect();
        ids.sort_unstable();
        match ids.windows(2).find(|w| w[0] == w[1]) {
            Some(twice) => Err(format!("section {} stands twice", twice[0])),
            None => Ok(()),
        }
    }
}

/// The checksum of parts one after the other.
fn checksum(parts: &[&[u8]]) -> u64 {
    let mut hash = Xxh3::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.digest()
}
