//! From a registry to the sections of its file, and to the file.

use super::code::{put_number, put_text};
use super::record::Encoder;
use super::strings::Interner;
use super::{ALIGN, Bytes, CHECKSUM, FORMAT, HEADER, LINE, MAGIC, checksum, section};
use crate::registry::Registry;
use std::io::{self, Write};
use xxhash_rust::xxh3::xxh3_64;

/// Writes a registry as one file, with further sections that belong to it and may tell where the records of entities begin. Gives the length of the
/// file in bytes.
pub(in crate::registry) fn write_registry(
    registry: &Registry,
    further: impl FnOnce(&[u64]) -> Vec<Section>,
    out: &mut impl Write,
) -> io::Result<u64> {
    let (mut sections, places) = sections(registry)?;
    sections.extend(further(&places));
    write_file(&sections, registry.hash(), out)
}

fn write_file(sections: &[Section], hash: [u8; 32], out: &mut impl Write) -> io::Result<u64> {
    let mut table = Vec::with_capacity(sections.len() * LINE);
    let mut at = HEADER as u64;
    for (id, bytes) in sections {
        at = at.next_multiple_of(ALIGN);
        table.extend(id.to_le_bytes());
        table.extend([0; 4]);
        [at, bytes.len() as u64, xxh3_64(bytes)].iter().for_each(|n| table.extend(n.to_le_bytes()));
        at += bytes.len() as u64;
    }
    let table_at = at.next_multiple_of(ALIGN);
    let length = table_at + table.len() as u64;
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(FORMAT.to_le_bytes());
    header.extend((sections.len() as u32).to_le_bytes());
    [crate::builtin::fingerprint(), length, table_at].iter().for_each(|n| header.extend(n.to_le_bytes()));
    header.extend(hash);
    debug_assert_eq!(header.len(), CHECKSUM);
    header.extend(checksum(&[&header, &table]).to_le_bytes());
    out.write_all(&header)?;
    let mut written = HEADER as u64;
    let mut aligned = |bytes: &[u8], out: &mut dyn Write| {
        let zeros = written.next_multiple_of(ALIGN) - written;
        out.write_all(&[0; ALIGN as usize][..zeros as usize])?;
        written += zeros + bytes.len() as u64;
        out.write_all(bytes)
    };
    for (_, bytes) in sections {
        aligned(bytes, out)?;
    }
    aligned(&table, out)?;
    Ok(length)
}

/// A section, with its id.
type Section = (u32, Bytes);

/// The sections of a registry, and where the record of each entity begins.
fn sections(registry: &Registry) -> io::Result<(Vec<Section>, Vec<u64>)> {
    let too_many = |what: &str| io::Error::other(format!("too many {what} for one file"));
    if u32::try_from(registry.len()).is_err() {
        return Err(too_many("entities"));
    }
    let mut strings = Interner::default();
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let mut places = Vec::new();
    let mut scope = vec![0_u8; registry.len().div_ceil(8)];
    let mut names = 0_u64;
    for (number, entity) in registry.entities().enumerate() {
        places.push(records.len() as u64);
        record.clear();
        Encoder { out: &mut record, strings: &mut strings }.entity(&entity);
        put_number(&mut records, record.len() as u64);
        records.extend_from_slice(&record);
        names += entity.names.len() as u64;
        if registry.is_in_scope(number) {
            scope[number / 8] |= 1 << (number % 8);
        }
    }
    let (mut claims, mut sources, mut meta) = (Vec::new(), Vec::new(), Vec::new());
    Encoder { out: &mut claims, strings: &mut strings }.claims(registry.claims());
    Encoder { out: &mut sources, strings: &mut strings }.sources(registry.sources());
    put_number(&mut meta, registry.len() as u64);
    put_number(&mut meta, names);
    Encoder { out: &mut meta, strings: &mut strings }.manifest(registry.manifest());
    put_number(&mut meta, registry.titles().len() as u64);
    registry.titles().iter().for_each(|title| put_text(&mut meta, title));
    let ids: Vec<u8> = registry.id_table().iter().flat_map(|place| place.to_le_bytes()).collect();
    let strings = strings.section().ok_or_else(|| too_many("languages, dates and sources"))?;
    let all = [
        (section::META, meta),
        (section::STRINGS, strings),
        (section::RECORDS, records),
        (section::PLACES, places.iter().flat_map(|at| at.to_le_bytes()).collect()),
        (section::IDS, ids),
        (section::SCOPE, scope),
        (section::CLAIMS, claims),
        (section::SOURCES, sources),
    ];
    Ok((all.into_iter().map(|(id, bytes)| (id, Bytes::from(bytes))).collect(), places))
}
