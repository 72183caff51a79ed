//! The registry in a file: entities read one at a time, when they are asked for.

use super::code::Cursor;
use super::record::{Decoder, Glance};
use super::strings::Strings;
use super::{Bytes, DAMAGED, Image, ids, section};
use crate::registry::model::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A registry in a file.
#[derive(Debug)]
pub(in crate::registry) struct Stored {
    /// The file, for messages.
    pub path: PathBuf,
    pub image: Image,
    entities: usize,
    names: usize,
    pub manifest: Manifest,
    pub titles: Vec<String>,
    /// SHA-256 in hexadecimal.
    pub hash: String,
    strings: Strings,
    records: Bytes,
    places: Bytes,
    ids: Bytes,
    scope: Bytes,
    claims: OnceLock<Vec<Claim>>,
    sources: OnceLock<Vec<SourceRecord>>,
}

impl Stored {
    /// The error is the reason why the file cannot be used.
    pub(in crate::registry) fn new(path: &Path, image: Image) -> Result<Stored, String> {
        let damaged = |what: &str| format!("{what}; the file is {DAMAGED}");
        let section = |id: u32| image.section(id).ok_or_else(|| damaged(&format!("it has no section {id}")));
        let meta = image.checked(section::META).ok_or_else(|| damaged("the checksum of section 1 is wrong"))?;
        let strings = Strings::new(section(section::STRINGS)?).ok_or_else(|| damaged("its table of texts is not whole"))?;
        let (entities, names, manifest, titles) = read_meta(&meta, &strings).ok_or_else(|| damaged("its manifest is not whole"))?;
        let stored = Stored {
            path: path.to_owned(),
            entities,
            names,
            manifest,
            titles,
            hash: image.hash().iter().map(|b| format!("{b:02x}")).collect(),
            strings,
            records: section(section::RECORDS)?,
            places: section(section::PLACES)?,
            ids: section(section::IDS)?,
            scope: section(section::SCOPE)?,
            claims: OnceLock::new(),
            sources: OnceLock::new(),
            image,
        };
        let lengths = [
            (stored.places.len(), entities.checked_mul(8)),
            (stored.ids.len(), entities.checked_mul(8).and_then(|_| ids::places(entities).checked_mul(4))),
            (stored.scope.len(), Some(entities.div_ceil(8))),
        ];
        match lengths.iter().all(|(is, should)| Some(*is) == *should) {
            true => Ok(stored),
            false => Err(damaged("its sections are not of the lengths they should have")),
        }
    }

    pub(in crate::registry) fn len(&self) -> usize {
        self.entities
    }

    pub(in crate::registry) fn names(&self) -> usize {
        self.names
    }

    pub(in crate::registry) fn hash(&self) -> [u8; 32] {
        self.image.hash()
    }

    fn decoder<'a>(&'a self, bytes: &'a [u8]) -> Decoder<'a> {
        Decoder { bytes: Cursor::new(bytes), strings: &self.strings }
    }

    /// The bytes of an entity's record.
    fn record(&self, number: usize) -> Option<&[u8]> {
        if number >= self.entities {
            return None;
        }
        self.record_at(usize::try_from(self.places.u64_at(number)?).ok()?)
    }

    /// The bytes of the record that begins at a place.
    fn record_at(&self, start: usize) -> Option<&[u8]> {
        let mut cursor = Cursor::new(self.records.as_slice().get(start..)?);
        let len = cursor.number()?;
        cursor.bytes(len)
    }

    pub(in crate::registry) fn entity(&self, number: usize) -> Option<Entity> {
        self.decoder(self.record(number)?).entity()
    }

    pub(in crate::registry) fn glance(&self, number: usize) -> Option<Glance<'_>> {
        self.decoder(self.record(number)?).glance()
    }

    pub(in crate::registry) fn glance_at(&self, record: usize) -> Option<Glance<'_>> {
        self.decoder(self.record_at(record)?).glance()
    }

    pub(in crate::registry) fn name(&self, number: usize, name: usize) -> Option<Name> {
        self.decoder(self.record(number)?).name_at(name)
    }

    pub(in crate::registry) fn number(&self, id: &str) -> Option<usize> {
        let is = |number| self.record(number).and_then(|record| self.decoder(record).id()) == Some(id);
        ids::find(id, ids::places(self.entities), |place| self.ids.u32_at(place), is)
    }

    /// The table of ids.
    pub(in crate::registry) fn id_table(&self) -> Vec<u32> {
        (0..ids::places(self.entities)).filter_map(|place| self.ids.u32_at(place)).collect()
    }

    pub(in crate::registry) fn is_in_scope(&self, number: usize) -> bool {
        self.scope.get(number / 8).is_none_or(|byte| byte >> (number % 8) & 1 == 1)
    }

    pub(in crate::registry) fn claims(&self) -> &[Claim] {
        self.claims.get_or_init(|| self.read_claims().unwrap_or_default())
    }

    pub(in crate::registry) fn sources(&self) -> &[SourceRecord] {
        self.sources.get_or_init(|| self.read_sources().unwrap_or_default())
    }

    fn read_claims(&self) -> Option<Vec<Claim>> {
        let bytes = self.image.section(section::CLAIMS)?;
        let mut decoder = self.decoder(&bytes);
        decoder.claims().filter(|_| decoder.bytes.is_at_end())
    }

    fn read_sources(&self) -> Option<Vec<SourceRecord>> {
        let bytes = self.image.section(section::SOURCES)?;
        let mut decoder = self.decoder(&bytes);
        decoder.sources().filter(|_| decoder.bytes.is_at_end())
    }

    /// Reads all of it; the error says what is wrong.
    pub(in crate::registry) fn verify(&self) -> Result<(), String> {
        self.image.verify()?;
        let whole = |is: bool, what: &str| if is { Ok(()) } else { Err(format!("{what} not whole")) };
        whole(self.strings.is_whole(), "its table of texts is")?;
        whole(self.read_claims().is_some(), "its claims are")?;
        whole(self.read_sources().is_some(), "its records of sources are")?;
        let mut cursor = Cursor::new(&self.records);
        let mut names = 0;
        for number in 0..self.entities {
            let at = self.records.len() - cursor.rest();
            let broken = || format!("entity {} of {} is not whole", number + 1, self.entities);
            let len = cursor.number().filter(|_| self.places.u64_at(number) == Some(at as u64)).ok_or_else(broken)?;
            let mut decoder = self.decoder(cursor.bytes(len).ok_or_else(broken)?);
            let entity = decoder.entity().filter(|_| decoder.bytes.is_at_end()).ok_or_else(broken)?;
            names += entity.names.len();
            if self.number(&entity.id) != Some(number) {
                return Err(format!("the id {} does not lead to its entity", entity.id));
            }
            if let Some(relation) = entity.relations.iter().find(|r| self.number(&r.to).is_none()) {
                return Err(format!("no entity has the id {:?}, to which {} is related", relation.to, entity.id));
            }
        }
        whole(cursor.is_at_end(), "its records are")?;
        let taken = self.ids.chunks_exact(4).filter(|slot| **slot != [0; 4]).count();
        whole(taken == self.entities && names == self.names, "its list of ids and names is")
    }
}

/// How many entities and names, the manifest, and the titles.
fn read_meta(meta: &[u8], strings: &Strings) -> Option<(usize, usize, Manifest, Vec<String>)> {
    let mut decoder = Decoder { bytes: Cursor::new(meta), strings };
    let (entities, names) = (decoder.bytes.number()?, decoder.bytes.number()?);
    let manifest = decoder.manifest()?;
    let titles = decoder.bytes.count()?;
    let titles = (0..titles).map(|_| decoder.bytes.text().map(str::to_owned)).collect::<Option<_>>()?;
    decoder.bytes.is_at_end().then_some((entities, names, manifest, titles))
}
