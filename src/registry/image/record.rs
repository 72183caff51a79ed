//! An entity, a claim, a source as bytes, and back. Both ways of each stand together.
//!
//! What many records name is a number in the table of texts; which fields are there, a byte of flags says.

use super::code::{Cursor, put_number, put_text};
use super::strings::{Interner, Strings};
use crate::registry::model::*;
use std::fmt::Display;
use std::str::FromStr;

/// Writes the parts of records.
pub(super) struct Encoder<'a> {
    pub out: &'a mut Vec<u8>,
    pub strings: &'a mut Interner,
}

/// Reads the parts of records; nothing where the bytes are no record.
#[derive(Clone, Copy)]
pub(super) struct Decoder<'a> {
    pub bytes: Cursor<'a>,
    pub strings: &'a Strings,
}

/// An entity whose fields are read when they are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Glance<'a> {
    id: &'a [u8],
    count: usize,
    names: Decoder<'a>,
}

/// The bytes of a name and what it is to its entity.
pub(in crate::registry) type Brief<'a> = (&'a [u8], NameKind);

impl<'a> Glance<'a> {
    /// The id; empty where it is no text.
    pub(in crate::registry) fn id(&self) -> &'a str {
        std::str::from_utf8(self.id).unwrap_or_default()
    }

    /// A name by its number.
    pub(in crate::registry) fn name(&self, number: usize) -> Option<Brief<'a>> {
        let mut names = self.names;
        (0..number).try_for_each(|_| names.pass_name())?;
        names.start().map(|(_, brief)| brief).filter(|_| number < self.count)
    }

    /// How many names there are.
    pub(in crate::registry) fn count(&self) -> usize {
        self.count
    }

    /// Every name in its order, as far as they can be read.
    pub(in crate::registry) fn names(&self) -> impl Iterator<Item = Brief<'a>> {
        let mut names = self.names;
        (0..self.count).map_while(move |_| names.brief())
    }
}

/// Fields of an entity.
mod entity {
    pub(super) const KIND: u8 = 1;
    pub(super) const COUNTRY: u8 = 2;
    pub(super) const NOTE: u8 = 4;
    pub(super) const RELATIONS: u8 = 8;
    pub(super) const IDENTIFIERS: u8 = 16;
}

/// Fields of a name, in their order.
mod name {
    pub(super) const LANG: u8 = 1;
    pub(super) const SCRIPT: u8 = 2;
    pub(super) const SCHEMES: u8 = 4;
    pub(super) const MADE: u8 = 8;
    pub(super) const VALID: u8 = 16;
    pub(super) const SOURCES: u8 = 32;
    pub(super) const CERTAINTY: u8 = 64;
    pub(super) const NOTE: u8 = 128;
}

/// A byte of those flags whose fields are there.
fn flags<const N: usize>(fields: [(u8, bool); N]) -> u8 {
    fields.iter().filter(|(_, there)| *there).fold(0, |all, (flag, _)| all | flag)
}

impl Encoder<'_> {
    fn number(&mut self, number: usize) {
        put_number(self.out, number as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        put_text(self.out, text);
    }

    /// A text that many records name.
    fn shared(&mut self, text: &str) {
        let number = self.strings.number(text);
        put_number(self.out, number);
    }

    fn option<T: Display>(&mut self, value: Option<T>) {
        if let Some(value) = value {
            self.shared(&value.to_string());
        }
    }

    fn list<T: Display>(&mut self, values: &[T]) {
        self.number(values.len());
        values.iter().for_each(|value| self.shared(&value.to_string()));
    }

    fn list_if_any<T: Display>(&mut self, values: &[T]) {
        if !values.is_empty() {
            self.list(values);
        }
    }

    fn text_if_any(&mut self, text: &str) {
        if !text.is_empty() {
            self.text(text);
        }
    }

    pub(super) fn entity(&mut self, e: &Entity) {
        self.text(&e.id);
        self.out.push(flags([
            (entity::KIND, e.kind.is_some()),
            (entity::COUNTRY, e.country.is_some()),
            (entity::NOTE, !e.note.is_empty()),
            (entity::RELATIONS, !e.relations.is_empty()),
            (entity::IDENTIFIERS, !e.identifiers.is_empty()),
        ]));
        self.number(e.names.len());
        e.names.iter().for_each(|n| self.name(n));
        self.option(e.kind);
        self.option(e.country.as_ref());
        self.text_if_any(&e.note);
        if !e.relations.is_empty() {
            self.number(e.relations.len());
            e.relations.iter().for_each(|r| self.relation(r));
        }
        if !e.identifiers.is_empty() {
            self.number(e.identifiers.len());
            for identifier in &e.identifiers {
                self.shared(&identifier.authority);
                self.text(&identifier.value);
            }
        }
    }

    fn name(&mut self, n: &Name) {
        self.out.push(flags([
            (name::LANG, n.lang.is_some()),
            (name::SCRIPT, n.stated_script.is_some()),
            (name::SCHEMES, !n.schemes.is_empty()),
            (name::MADE, n.made.is_some()),
            (name::VALID, !n.valid.is_empty()),
            (name::SOURCES, !n.sources.is_empty()),
            (name::CERTAINTY, n.certainty.is_some()),
            (name::NOTE, !n.note.is_empty()),
        ]));
        self.text(&n.text);
        // Its number in `NameKind::ALL`.
        self.out.push(n.kind as u8);
        self.option(n.lang.as_ref());
        self.option(n.stated_script.as_ref());
        self.list_if_any(&n.schemes);
        self.option(n.made);
        self.list_if_any(&n.valid);
        self.list_if_any(&n.sources);
        self.option(n.certainty);
        self.text_if_any(&n.note);
    }

    fn relation(&mut self, r: &Relation) {
        self.shared(&r.kind);
        self.text(&r.to);
        self.period(r.valid.as_ref());
        self.list(&r.sources);
        self.text(&r.note);
    }

    /// A period, or the empty text.
    fn period<T: Display>(&mut self, period: Option<T>) {
        let text = period.map(|p| p.to_string()).unwrap_or_default();
        self.shared(&text);
    }

    pub(super) fn claims(&mut self, claims: &[Claim]) {
        self.number(claims.len());
        for claim in claims {
            self.text(&claim.id);
            self.list(&claim.about);
            self.shared(&claim.field);
            self.text(&claim.reading);
            self.number(claim.values.len());
            for value in &claim.values {
                self.text(&value.value);
                self.list(&value.sources);
            }
        }
    }

    pub(super) fn sources(&mut self, sources: &[SourceRecord]) {
        self.number(sources.len());
        for source in sources {
            self.text(&source.id);
            self.text(&source.title);
            self.period(source.date.as_ref());
            self.period(source.quality);
            self.text(&source.url);
            self.text(&source.note);
        }
    }

    /// The manifest, which names nothing of the table of texts.
    pub(super) fn manifest(&mut self, manifest: &Manifest) {
        let kind = manifest.scope.kind.map_or("", EntityType::as_str);
        let country = manifest.scope.country.as_deref().unwrap_or_default();
        [&manifest.title, &manifest.version, country, kind, &manifest.note].into_iter().for_each(|text| self.text(text));
    }
}

impl<'a> Decoder<'a> {
    /// A text that many records name.
    fn shared(&mut self) -> Option<&'a str> {
        let number = self.bytes.number()?;
        self.strings.get(number)
    }

    fn parsed<T: FromStr>(&mut self) -> Option<T> {
        self.shared()?.parse().ok()
    }

    /// Outside nothing when the bytes are none; inside nothing when the field is not there.
    fn option<T: FromStr>(&mut self, there: bool) -> Option<Option<T>> {
        if there { self.parsed().map(Some) } else { Some(None) }
    }

    fn list<T: FromStr>(&mut self, there: bool) -> Option<Vec<T>> {
        if !there {
            return Some(Vec::new());
        }
        let count = self.bytes.count()?;
        (0..count).map(|_| self.parsed()).collect()
    }

    fn text(&mut self, there: bool) -> Option<String> {
        if there { self.bytes.text().map(str::to_owned) } else { Some(String::new()) }
    }

    pub(super) fn id(&mut self) -> Option<&'a str> {
        self.bytes.text()
    }

    /// The id and the flags, and how many names follow.
    fn head(&mut self) -> Option<(&'a str, u8, usize)> {
        Some((self.id()?, self.bytes.byte()?, self.bytes.count()?))
    }

    pub(super) fn entity(&mut self) -> Option<Entity> {
        let (id, flags, names) = self.head()?;
        let has = |flag: u8| flags & flag != 0;
        let names: Vec<Name> = (0..names).map(|_| self.name()).collect::<Option<_>>()?;
        let (kind, country, note) = (self.option(has(entity::KIND))?, self.option(has(entity::COUNTRY))?, self.text(has(entity::NOTE))?);
        let relations = if has(entity::RELATIONS) { self.bytes.count()? } else { 0 };
        let relations = (0..relations).map(|_| self.relation()).collect::<Option<_>>()?;
        let identifiers = if has(entity::IDENTIFIERS) { self.bytes.count()? } else { 0 };
        let identifiers = (0..identifiers)
            .map(|_| Some(Identifier { authority: self.shared()?.to_owned(), value: self.text(true)? }))
            .collect::<Option<_>>()?;
        Some(Entity { id: id.to_owned(), kind, country, names, relations, identifiers, note })
    }

    /// The record read no further than its names.
    pub(super) fn glance(mut self) -> Option<Glance<'a>> {
        let (id, _, count) = (self.passed()?, self.bytes.byte()?, self.bytes.count()?);
        Some(Glance { id, count, names: self })
    }

    /// One name of an entity, the others passed over.
    pub(super) fn name_at(&mut self, number: usize) -> Option<Name> {
        let (_, _, names) = self.head()?;
        if number >= names {
            return None;
        }
        (0..number).try_for_each(|_| self.pass_name())?;
        self.name()
    }

    fn name(&mut self) -> Option<Name> {
        let flags = self.bytes.byte()?;
        let has = |flag: u8| flags & flag != 0;
        Some(Name {
            text: self.text(true)?,
            kind: self.kind()?,
            lang: self.option(has(name::LANG))?,
            stated_script: self.option(has(name::SCRIPT))?,
            schemes: self.list(has(name::SCHEMES))?,
            made: self.option(has(name::MADE))?,
            valid: self.list(has(name::VALID))?,
            sources: self.list(has(name::SOURCES))?,
            certainty: self.option(has(name::CERTAINTY))?,
            note: self.text(has(name::NOTE))?,
        })
    }

    /// The bytes of a text that is passed over.
    fn passed(&mut self) -> Option<&'a [u8]> {
        let len = self.bytes.number()?;
        self.bytes.bytes(len)
    }

    fn kind(&mut self) -> Option<NameKind> {
        NameKind::ALL.get(usize::from(self.bytes.byte()?)).copied()
    }

    fn pass_name(&mut self) -> Option<()> {
        self.brief().map(drop)
    }

    /// The flags of a name, its text and kind, which what else is known of it follows.
    #[inline]
    fn start(&mut self) -> Option<(u8, Brief<'a>)> {
        let (flags, text, kind) = (self.bytes.byte()?, self.passed()?, self.kind()?);
        Some((flags, (text, kind)))
    }

    /// A name of which all but its text and kind is passed over.
    fn brief(&mut self) -> Option<Brief<'a>> {
        let (flags, brief) = self.start()?;
        let several = name::SCHEMES | name::VALID | name::SOURCES;
        if flags & several == 0 {
            let numbers = (flags & !name::NOTE).count_ones();
            (0..numbers).try_for_each(|_| self.bytes.number().map(drop))?;
        } else {
            for flag in (0..7).map(|bit| 1 << bit).filter(|flag| flags & flag != 0) {
                let count = if several & flag == 0 { 1 } else { self.bytes.count()? };
                (0..count).try_for_each(|_| self.bytes.number().map(drop))?;
            }
        }
        if flags & name::NOTE != 0 {
            self.passed()?;
        }
        Some(brief)
    }

    fn relation(&mut self) -> Option<Relation> {
        Some(Relation {
            kind: self.shared()?.to_owned(),
            to: self.text(true)?,
            valid: self.period()?,
            sources: self.list(true)?,
            note: self.text(true)?,
        })
    }

    fn period<T: FromStr>(&mut self) -> Option<Option<T>> {
        match self.shared()? {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        }
    }

    pub(super) fn claims(&mut self) -> Option<Vec<Claim>> {
        let count = self.bytes.count()?;
        let claim = |this: &mut Self| {
            Some(Claim {
                id: this.text(true)?,
                about: this.list(true)?,
                field: this.shared()?.to_owned(),
                reading: this.text(true)?,
                values: {
                    let count = this.bytes.count()?;
                    (0..count).map(|_| Some(ClaimValue { value: this.text(true)?, sources: this.list(true)? })).collect::<Option<_>>()?
                },
            })
        };
        (0..count).map(|_| claim(self)).collect()
    }

    pub(super) fn sources(&mut self) -> Option<Vec<SourceRecord>> {
        let count = self.bytes.count()?;
        let source = |this: &mut Self| {
            Some(SourceRecord {
                id: this.text(true)?,
                title: this.text(true)?,
                date: this.period()?,
                quality: this.period()?,
                url: this.text(true)?,
                note: this.text(true)?,
            })
        };
        (0..count).map(|_| source(self)).collect()
    }

    pub(super) fn manifest(&mut self) -> Option<Manifest> {
        let (title, version) = (self.text(true)?, self.text(true)?);
        let country = self.text(true).map(|c| Some(c).filter(|c| !c.is_empty()))?;
        let kind = match self.bytes.text()? {
            "" => None,
            word => Some(word.parse().ok()?),
        };
        Some(Manifest { title, version, scope: Scope { country, kind }, note: self.text(true)? })
    }
}
