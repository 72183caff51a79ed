//! Who is who (floor 3 of ARCHITECTURE.md). A registry is a folder of plain text files: entities with dated, sourced names, their
//! relations, and what sources say differently. Knows nothing of how a string is matched.

mod check;
mod date;
mod draft;
mod glance;
pub(crate) mod image;
mod language;
mod model;
mod read;
mod relation;
mod write;

pub use date::{Date, Period};
pub use model::{
    Certainty, Claim, ClaimValue, Entity, EntityType, Identifier, Made, Manifest, Name, NameKind, Relation, Scope, SourceRecord,
};
pub use relation::{RelationType, relation_types};
pub use write::RegistryFormat;

pub(crate) use glance::Glance;
pub(crate) use image::Bytes;
pub(crate) use model::country_code;

use crate::builtin::REGISTRY;
use crate::error::Error;
use crate::text::Diagnostic;
use draft::Draft;
use image::{DAMAGED, Image, Stored, ids};
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Entities and their names, read and checked. Cheap to clone.
///
/// ```
/// use atau::Registry;
/// let registry = Registry::builtin();
/// let entity = registry.entity("kz-org-socialist-resistance").unwrap();
/// assert_eq!(entity.display_name(), "Социалистическое Сопротивление Казахстана");
/// assert_eq!(entity.relations[0].kind, "renamed_to");
/// ```
#[derive(Debug, Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

#[derive(Debug)]
enum Inner {
    /// Read from text.
    Held(Held),
    /// In a file that `atau registry build` wrote.
    Stored(Stored),
}

#[derive(Debug, Default)]
struct Held {
    entities: Vec<Entity>,
    by_id: Vec<u32>,
    claims: Vec<Claim>,
    sources: Vec<SourceRecord>,
    manifest: Manifest,
    /// The title and version of each registry that has one.
    titles: Vec<String>,
    /// For each entity whether it is inside the scope of its registry.
    in_scope: Vec<bool>,
    warnings: Vec<Diagnostic>,
    /// SHA-256 of the files' contents.
    hash: [u8; 32],
    /// The same in hexadecimal.
    hash_text: String,
}

/// One answer from each place where a registry may be.
macro_rules! each {
    ($registry:ident, $held:pat => $from_text:expr, $stored:pat => $from_file:expr) => {
        match &*$registry.inner {
            Inner::Held($held) => $from_text,
            Inner::Stored($stored) => $from_file,
        }
    };
}

static BUILTIN: LazyLock<Registry> = LazyLock::new(|| {
    let mut draft = Draft::default();
    read_builtin(&mut draft);
    // The built-in files are checked by a test; a fault in one would show there.
    Registry::from_draft(draft).unwrap_or_else(|_| Registry { inner: Arc::new(Inner::Held(Held::default())) })
});

fn read_builtin(draft: &mut Draft) {
    for file in REGISTRY {
        read::read_text(file.path, file.text, "toml", draft);
    }
}

impl Registry {
    /// The built-in registry.
    pub fn builtin() -> Registry {
        BUILTIN.clone()
    }

    /// Opens registries from files or folders (TOML, CSV, JSON lines) and joins them; `with_builtin` adds the
    /// built-in one. Each keeps its scope; [`Registry::manifest`] has that of the first that declares one.
    ///
    /// # Errors
    /// When a path cannot be read, or the files have faults: [`Error::diagnostics`] lists all of them, warnings too.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("bodies.csv");
    /// std::fs::write(&path, "id,name\nkz-akorda,Ақорда\nkz-akorda,Akorda\n").unwrap();
    /// let registry = atau::Registry::open([&path], false)?;
    /// assert_eq!(registry.entity("kz-akorda").unwrap().names.len(), 2);
    /// # Ok::<(), atau::Error>(())
    /// ```
    pub fn open<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, with_builtin: bool) -> Result<Registry, Error> {
        let paths: Vec<P> = paths.into_iter().collect();
        if let Some(built) = paths.iter().map(AsRef::as_ref).find(|path| image::is_image(path)) {
            if paths.len() > 1 || with_builtin {
                return Err(Error::file(built, "a registry that was built stands alone: build one of all their source files"));
            }
            return Registry::stored(built, Image::open(built)?);
        }
        let mut draft = Draft::default();
        if with_builtin {
            read_builtin(&mut draft);
        }
        for path in paths {
            draft.registry += 1;
            read::read_path(path.as_ref(), &mut draft)?;
        }
        Registry::from_draft(draft)
    }

    /// A registry from the bytes of a file that `atau registry build` wrote.
    ///
    /// # Errors
    /// When the bytes are no such file, or one of another format. Damage beyond the header shows in [`Registry::verify`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Registry, Error> {
        let path = Path::new("the bytes");
        Registry::stored(path, Image::read(bytes.into()).map_err(|reason| Error::file(path, reason))?)
    }

    fn stored(path: &Path, image: Image) -> Result<Registry, Error> {
        let stored = Stored::new(path, image).map_err(|reason| Error::file(path, reason))?;
        Ok(Registry { inner: Arc::new(Inner::Stored(stored)) })
    }

    /// Whether it is in a file that `atau registry build` wrote.
    pub fn is_built(&self) -> bool {
        self.image().is_some()
    }

    /// Reads all of a file that `atau registry build` wrote: every checksum, every record. A registry read from text was
    /// checked when it was read.
    ///
    /// # Errors
    /// What is damaged first.
    pub fn verify(&self) -> Result<(), Error> {
        each!(self, _ => Ok(()), stored => stored.verify().map_err(|reason| Error::file(&stored.path, format!("{reason}; the file is {DAMAGED}"))))
    }

    /// Writes the registry as one file that [`Registry::open`] maps into memory, with further sections, made once it is known where the record of each
    /// entity begins. Gives its length.
    pub(crate) fn write_image(&self, further: impl FnOnce(&[u64]) -> Vec<(u32, Bytes)>, out: &mut impl Write) -> std::io::Result<u64> {
        image::write_registry(self, further, out)
    }

    /// The file the registry is in, when it is in one that `atau registry build` wrote.
    pub(crate) fn image(&self) -> Option<&Image> {
        each!(self, _ => None, stored => Some(&stored.image))
    }

    /// A registry from the text of one file; `name` stands for the file in messages.
    ///
    /// ```
    /// use atau::registry::{Registry, RegistryFormat};
    ///
    /// let names = "id,name,lang\nb-17,Костанайский шахматный клуб,ru\nb-17,Қостанай шахмат клубы,kk\n";
    /// let registry = Registry::from_text(names, "names.csv", RegistryFormat::Csv)?;
    /// assert_eq!((registry.len(), registry.names()), (1, 2));
    ///
    /// let error = Registry::from_text("id,name,lang\nb-17,Клуб,kz\n", "names.csv", RegistryFormat::Csv).unwrap_err();
    /// let fault = error.diagnostics().iter().find(|d| d.is_error()).unwrap();
    /// assert_eq!((fault.line, fault.message.as_str()), (2, "unknown language tag “kz”; did you mean “kk”?"));
    /// # Ok::<(), atau::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Registry::open`].
    pub fn from_text(text: &str, name: &str, format: RegistryFormat) -> Result<Registry, Error> {
        let mut draft = Draft { registry: 1, ..Draft::default() };
        read::read_text(name, text, format.ending(), &mut draft);
        Registry::from_draft(draft)
    }

    fn from_draft(mut draft: Draft) -> Result<Registry, Error> {
        draft.check();
        if draft.found.iter().any(Diagnostic::is_error) {
            return Err(Error::data("registry", draft.found));
        }
        let mut hash = Sha256::new();
        for file in &draft.files {
            hash.update((file.text().len() as u64).to_be_bytes());
            hash.update(file.text());
        }
        // A user's own manifests go before the built-in one.
        draft.manifests.sort_by_key(|(registry, _)| (*registry == 0, *registry));
        let mut manifest = draft.manifests.first().map(|(_, m)| m.clone()).unwrap_or_default();
        if let Some((_, scoped)) = draft.manifests.iter().find(|(_, m)| !m.scope.is_empty()) {
            manifest.scope = scoped.scope.clone();
        }
        let titles: Vec<String> = draft.manifests.iter().map(|(_, m)| format!("{} {}", m.title, m.version).trim().to_owned()).collect();
        // A scope orders the entities of its own registry; those of a registry without one are not put behind it.
        let scope_of = |file: usize| {
            let registry = draft.registry_of[file];
            draft.manifests.iter().find(|(r, m)| *r == registry && !m.scope.is_empty()).map(|(_, m)| &m.scope)
        };
        let in_scope = draft.entities.iter().map(|d| scope_of(d.id_at.file).is_none_or(|scope| scope.holds(&d.entity))).collect();
        let entities: Vec<Entity> = draft.entities.into_iter().map(|d| d.entity).collect();
        let hash: [u8; 32] = hash.finalize().into();
        let held = Held {
            by_id: ids::table(entities.iter().map(|e| e.id.as_str()), entities.len()),
            entities,
            claims: draft.claims.into_iter().map(|(c, _)| c).collect(),
            sources: draft.sources.into_iter().map(|(s, _)| s).collect(),
            manifest,
            titles,
            in_scope,
            warnings: draft.found,
            hash,
            hash_text: hash.iter().map(|b| format!("{b:02x}")).collect(),
        };
        Ok(Registry { inner: Arc::new(Inner::Held(held)) })
    }

    /// All entities, in the order of the files. What cannot be read in a damaged file is left out.
    pub fn entities(&self) -> impl Iterator<Item = Cow<'_, Entity>> {
        (0..self.len()).filter_map(|number| self.entity_at(number))
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        each!(self, held => held.entities.len(), stored => stored.len())
    }

    /// Whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entity of a number below [`Registry::len`], in the order of the files.
    pub fn entity_at(&self, number: usize) -> Option<Cow<'_, Entity>> {
        each!(self, held => held.entities.get(number).map(Cow::Borrowed), stored => stored.entity(number).map(Cow::Owned))
    }

    /// The entity of an id.
    pub fn entity(&self, id: &str) -> Option<Cow<'_, Entity>> {
        self.number(id).and_then(|number| self.entity_at(number))
    }

    /// The number of the entity of an id.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        each!(self, held => {
 let is = |number: usize| held.entities.get(number).is_some_and(|e| e.id == id);
 ids::find(id, held.by_id.len(), |place| held.by_id.get(place).copied(), is)
}, stored => stored.number(id))
    }

    /// The entity of a number, to read no more of it than is needed.
    pub(crate) fn glance(&self, number: usize) -> Option<Glance<'_>> {
        each!(self, held => held.entities.get(number).map(Glance::Held), stored => stored.glance(number).map(Glance::Stored))
    }

    /// The same, where it may be known where its record begins in a built file.
    #[inline]
    pub(crate) fn glance_at(&self, number: usize, record: Option<usize>) -> Option<Glance<'_>> {
        match (&*self.inner, record) {
            (Inner::Stored(stored), Some(record)) => stored.glance_at(record).map(Glance::Stored),
            _ => self.glance(number),
        }
    }

    /// One name of the entity of a number, by its number among the entity's names.
    pub(crate) fn name_at(&self, number: usize, name: usize) -> Option<Cow<'_, Name>> {
        each!(self, held => held.entities.get(number)?.names.get(name).map(Cow::Borrowed), stored => stored.name(number, name).map(Cow::Owned))
    }

    /// How many names its entities have together.
    pub fn names(&self) -> usize {
        each!(self, held => held.entities.iter().map(|e| e.names.len()).sum(), stored => stored.names())
    }

    /// Where the number of each id stands, as [`ids`] has it.
    fn id_table(&self) -> Cow<'_, [u32]> {
        match &*self.inner {
            Inner::Held(held) => Cow::Borrowed(&held.by_id),
            Inner::Stored(stored) => Cow::Owned(stored.id_table()),
        }
    }

    /// What sources say differently.
    pub fn claims(&self) -> &[Claim] {
        each!(self, held => &held.claims, stored => stored.claims())
    }

    /// The sources that are cited.
    pub fn sources(&self) -> &[SourceRecord] {
        each!(self, held => &held.sources, stored => stored.sources())
    }

    /// The source that a citation `id` or `id#locator` names.
    pub fn source(&self, citation: &str) -> Option<&SourceRecord> {
        let id = citation.split('#').next()?;
        self.sources().iter().find(|s| s.id == id)
    }

    /// Title, version and scope.
    pub fn manifest(&self) -> &Manifest {
        each!(self, held => &held.manifest, stored => &stored.manifest)
    }

    /// What to cite an answer by: titles and versions of the registries, and the content hash.
    ///
    /// ```
    /// assert!(atau::Registry::builtin().citation().contains(" sha256:"));
    /// ```
    pub fn citation(&self) -> String {
        let hash = self.content_hash().get(..12).unwrap_or_default();
        format!("{} sha256:{hash}", self.titles().join(" + ")).trim().to_owned()
    }

    /// Whether the entity of that number, in the order of [`Registry::entities`], is inside its registry's scope.
    pub(crate) fn is_in_scope(&self, number: usize) -> bool {
        each!(self, held => held.in_scope.get(number).copied().unwrap_or(true), stored => stored.is_in_scope(number))
    }

    /// The title and version of each registry that has one.
    fn titles(&self) -> &[String] {
        each!(self, held => &held.titles, stored => &stored.titles)
    }

    /// SHA-256 of the files' contents.
    fn hash(&self) -> [u8; 32] {
        each!(self, held => held.hash, stored => stored.hash())
    }

    /// What should be looked at, in the order of the files. A registry in a built file has none: they were told when it was
    /// built.
    pub fn warnings(&self) -> &[Diagnostic] {
        each!(self, held => &held.warnings, _ => &[])
    }

    /// SHA-256 of the files' contents in hexadecimal, to cite an answer by.
    pub fn content_hash(&self) -> &str {
        each!(self, held => &held.hash_text, stored => &stored.hash)
    }

    /// The id under which a body goes on after all its renamings.
    pub fn latest<'a>(&self, id: &'a str) -> Cow<'a, str> {
        // Where a body is said to have become two, neither is chosen.
        let next = |id: &str| {
            let entity = self.entity(id)?;
            let mut renamed = entity.relations.iter().filter(|r| r.kind == relation::RENAMED_TO);
            renamed.next().map(|r| r.to.clone()).filter(|_| renamed.next().is_none())
        };
        let mut seen = FxHashSet::default();
        let mut last = Cow::Borrowed(id);
        while let Some(to) = next(&last) {
            if to == id || !seen.insert(to.clone()) {
                // A circle has no latest id.
                return Cow::Borrowed(id);
            }
            last = Cow::Owned(to);
        }
        last
    }
}
