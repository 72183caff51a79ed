//! What is wrong, or should be looked at, in what was read.

use super::draft::{Draft, DraftEntity, Place, is_no_id};
use super::model::{Certainty, EntityType, Name, NameKind};
use super::relation::{RENAMED_TO, relation_type};
use crate::scheme::Scheme;
use crate::text::{
    Diagnostic, Script, fold, fold_into, is_alphanumeric, is_invisible, mixed_word, nfc, repair, script_code, script_of, shown,
};
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

/// At most so many warnings of one kind are written out; the rest are counted in one line.
const MOST: usize = 200;

/// For so many dangling ids the nearest is looked for.
const SUGGESTED: usize = 20;

/// What is odd in how an id or a name is written, in words that follow it.
fn odd(text: &str) -> Option<String> {
    // A joiner between letters is part of how Persian and others are spelled. Most letters are told without a search.
    let unseen = |c: &char| match c {
        ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{400}'..='\u{52F}' | '\u{200C}' | '\u{200D}' => false,
        c => c.is_control() || is_invisible(*c),
    };
    if text.trim() != text {
        return Some("has spaces at its ends".to_owned());
    }
    if let Some(c) = text.chars().find(unseen) {
        return Some(format!("holds a character that is not seen, U+{:04X}", c as u32));
    }
    (nfc(text) != text).then(|| "is not in Unicode normal form C".to_owned())
}

/// The script that a name is said to be in, by itself or by its language tag.
fn said_script(name: &Name) -> Option<Script> {
    let of_tag = |tag: &'_ str| tag.split('-').skip(1).take_while(|part| part.len() > 1).find_map(Script::from_short_name);
    name.stated_script.as_deref().and_then(Script::from_short_name).or_else(|| name.lang.as_deref().and_then(of_tag))
}

/// Whether two names of an entity say the same.
fn is_same(a: &Name, b: &Name) -> bool {
    a.text == b.text && a.lang == b.lang && a.kind == b.kind && a.schemes == b.schemes && a.valid == b.valid
}

impl Draft {
    /// All findings, those of reading first; errors make the registry unusable.
    pub(super) fn check(&mut self) {
        let mut found = std::mem::take(&mut self.found);
        if self.entities.is_empty()
            && found.is_empty()
            && let Some(file) = self.files.first()
        {
            found.push(file.warning(0..0, "there is no entity in it"));
        }
        self.ids(&mut found);
        self.citations(&mut found);
        self.names(&mut found);
        self.shared_names(&mut found);
        self.dates(&mut found);
        // What is said of the built-in files alone concerns their makers, not who adds a registry to them.
        if self.registry_of.iter().any(|r| *r != 0) {
            let own: FxHashSet<&str> = self.files.iter().zip(&self.registry_of).filter(|(_, r)| **r == 0).map(|(f, _)| f.name()).collect();
            found.retain(|d| d.is_error() || !own.contains(d.file.as_str()));
        }
        let order: FxHashMap<&str, usize> = self.files.iter().enumerate().map(|(i, f)| (f.name(), i)).collect();
        found.sort_by_key(|d| (order.get(d.file.as_str()).copied(), d.line, d.column));
        self.found = found;
    }

    fn error(&self, at: &Place, message: String) -> Diagnostic {
        self.files[at.file].error(at.span.clone(), message)
    }

    fn warning(&self, at: &Place, message: String) -> Diagnostic {
        self.files[at.file].warning(at.span.clone(), message)
    }

    fn where_is(&self, at: &Place) -> String {
        let file = &self.files[at.file];
        format!("{}:{}", file.name(), file.position(at.span.start).0)
    }

    /// Ids stand once, and what points to an id finds it.
    fn ids(&self, found: &mut Vec<Diagnostic>) {
        let mut ids: FxHashMap<&str, &DraftEntity> = FxHashMap::default();
        let mut dangling = 0;
        for draft in &self.entities {
            if let Some(first) = ids.insert(&draft.entity.id, draft) {
                let message = format!("the id {} stands already at {}", draft.entity.id, self.where_is(&first.id_at));
                found.push(self.error(&draft.id_at, message));
            }
            if let Some(odd) = odd(&draft.entity.id).filter(|_| !draft.entity.id.contains(is_no_id)) {
                found.push(self.warning(&draft.id_at, format!("the id {} {odd}", shown(&draft.entity.id))));
            }
        }
        self.circles(&ids, found);
        for draft in &self.entities {
            for (relation, at) in draft.entity.relations.iter().zip(&draft.relations_at) {
                let Some(other) = ids.get(relation.to.as_str()) else {
                    // The search is over all ids: it is made for the first few faults.
                    dangling += 1;
                    let near = (dangling <= SUGGESTED).then(|| crate::text::nearest(&relation.to, ids.keys().copied())).flatten();
                    let near = near.map_or(String::new(), |n| format!("; did you mean {n:?}?"));
                    found.push(self.error(at, format!("no entity has the id {:?}{near}", relation.to)));
                    continue;
                };
                if relation.to == draft.entity.id {
                    found.push(self.warning(at, format!("{}: {} is related to itself", relation.kind, relation.to)));
                }
                let Some(kind) = relation_type(&relation.kind) else { continue };
                for (entity, allowed) in [(draft, &kind.from), (*other, &kind.to)] {
                    if let Some(actual) = entity.entity.kind
                        && !allowed.is_empty()
                        && !allowed.contains(&actual)
                    {
                        let words = allowed.iter().map(|t: &EntityType| t.as_str()).collect::<Vec<_>>().join(" or ");
                        let message = format!("{}: expected {words}, and {} is of type {actual}", relation.kind, entity.entity.id);
                        found.push(self.warning(at, message));
                    }
                }
            }
        }
        let mut claims = FxHashSet::default();
        for (claim, at) in &self.claims {
            if !claims.insert(&claim.id) {
                found.push(self.error(at, format!("the claim {} stands twice", claim.id)));
            }
            for id in claim.about.iter().filter(|id| !ids.contains_key(id.as_str())) {
                found.push(self.error(at, format!("claim {}: no entity has the id {id:?}", claim.id)));
            }
            if claim.values.is_empty() {
                found.push(self.warning(at, format!("claim {} has no value", claim.id)));
            }
        }
        let mut sources = FxHashSet::default();
        for (source, at) in &self.sources {
            if !sources.insert(&source.id) {
                found.push(self.error(at, format!("the source {} stands twice", source.id)));
            }
        }
    }

    /// Renamings that go in a circle, each circle once.
    fn circles(&self, ids: &FxHashMap<&str, &DraftEntity>, found: &mut Vec<Diagnostic>) {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let renamed = |draft: &DraftEntity| draft.entity.relations.iter().position(|r| r.kind == RENAMED_TO);
        for draft in self.entities.iter().filter(|d| renamed(d).is_some()) {
            let mut way: FxHashSet<&str> = FxHashSet::default();
            let mut at = draft;
            while seen.insert(&at.entity.id) {
                way.insert(&at.entity.id);
                let Some(number) = renamed(at) else { break };
                let Some(next) = ids.get(at.entity.relations[number].to.as_str()) else { break };
                if way.contains(next.entity.id.as_str()) && next.entity.id != at.entity.id {
                    let message = format!("renamed to {}, which was renamed to this one: no one id is the latest", next.entity.id);
                    found.push(self.warning(&at.relations_at[number], message));
                    break;
                }
                at = next;
            }
        }
    }

    /// Where a citation or scheme stands: where it is first written after the name or relation that has it.
    fn written(&self, word: &str, at: &Place) -> Place {
        let text = self.files[at.file].text();
        let start = at.span.start.min(text.len());
        let found = text.get(start..).and_then(|rest| rest.find(word)).map(|i| start + i);
        found.map_or(at.clone(), |start| Place { file: at.file, span: start..start + word.len() })
    }

    /// What is cited is there, and everything cites something.
    fn citations(&self, found: &mut Vec<Diagnostic>) {
        let known: FxHashSet<&str> = self.sources.iter().map(|(s, _)| s.id.as_str()).collect();
        // A registry without a list of sources cites what stands for itself.
        let listing: FxHashSet<usize> = self.sources.iter().map(|(_, at)| self.registry_of[at.file]).collect();
        let mut told = 0;
        let mut cite = |cited: &[String], at: &Place, what: &dyn Fn() -> String, found: &mut Vec<Diagnostic>| {
            if cited.is_empty() && !self.unsourced.contains(&at.file) {
                told += 1;
                if told <= MOST {
                    found.push(self.warning(at, format!("{} cites no source", what())));
                }
            }
            for citation in cited.iter().filter(|c| c.starts_with('#')) {
                let message = format!("the citation {} names no source: expected its id, or id#place", shown(citation));
                found.push(self.error(&self.written(citation, at), message));
            }
            let listed = listing.contains(&self.registry_of[at.file]);
            for citation in cited.iter().filter(|_| listed) {
                let id = citation.split('#').next().unwrap_or(citation);
                if !id.is_empty() && !known.contains(id) {
                    found.push(self.error(&self.written(citation, at), format!("no source has the id {id:?}")));
                }
            }
        };
        for draft in &self.entities {
            // That a name is empty was told.
            for (name, at) in draft.entity.names.iter().zip(&draft.names_at).filter(|(name, _)| !name.text.is_empty()) {
                cite(&name.sources, at, &|| format!("the name {}", shown(&name.text)), found);
            }
            for (relation, at) in draft.entity.relations.iter().zip(&draft.relations_at) {
                cite(&relation.sources, at, &|| format!("the relation {}", relation.kind), found);
            }
        }
        for (claim, at) in &self.claims {
            for value in &claim.values {
                cite(&value.sources, at, &|| format!("a value of claim {}", claim.id), found);
            }
        }
        if told > MOST {
            let file = &self.files[0];
            found.push(file.warning(0..0, format!("{} more names, relations and values cite no source", told - MOST)));
        }
        for file in &self.unsourced {
            found.push(self.files[*file].warning(0..0, "there is no column \"source\": no name cites one"));
        }
    }

    /// Names can be asked for, are in NFC, their words in one script, their schemes known.
    fn names(&self, found: &mut Vec<Diagnostic>) {
        let mut schemes: FxHashMap<&str, Result<(), crate::Error>> = FxHashMap::default();
        for draft in &self.entities {
            for (name, at) in draft.entity.names.iter().zip(&draft.names_at) {
                if let Some(odd) = odd(&name.text) {
                    found.push(self.warning(at, format!("the name {} {odd}", shown(&name.text))));
                }
                if !name.text.chars().any(is_alphanumeric) && !name.text.is_empty() {
                    let message = format!("the name {} has no letter or digit: nothing resolves to it", shown(&name.text));
                    found.push(self.warning(at, message));
                }
                if let Some(said) = said_script(name)
                    && let Some(script) = script_of(&name.text).filter(|script| *script != said)
                {
                    let (said, script) = (script_code(said), script_code(script));
                    let message = format!("the name {} is said to be {said}, and its letters are {script}", shown(&name.text));
                    found.push(self.warning(at, message));
                }
                if let Some(word) = mixed_word(&name.text) {
                    let letters = repair(word).map(|r| r.letters).unwrap_or_default();
                    let letters: Vec<String> = letters.iter().map(|(a, b)| format!("U+{:04X} {a} for {b}", *a as u32)).collect();
                    let letters = if letters.is_empty() { String::new() } else { format!(": {}", letters.join(", ")) };
                    found.push(self.warning(at, format!("the name {} mixes scripts inside a word{letters}", shown(&name.text))));
                }
                for scheme in &name.schemes {
                    let known = schemes.entry(scheme.as_str()).or_insert_with(|| Scheme::known(scheme));
                    if let Err(error) = known {
                        found.push(self.error(&self.written(scheme, at), error.to_string()));
                    }
                }
                if name.schemes.len() > 1 && name.schemes.len() != name.text.split_whitespace().count() {
                    found
                        .push(self.error(at, format!("{} schemes for {} words", name.schemes.len(), name.text.split_whitespace().count())));
                }
            }
        }
    }

    /// One name under two entities may be true, and should be looked at; twice under one it is a slip.
    fn shared_names(&self, found: &mut Vec<Diagnostic>) {
        // By the hash of the folded form: a map of the forms themselves would be as large as the names.
        let mut first: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        let (mut told, mut twice) = (0, 0);
        let mut form = String::new();
        for (e, draft) in self.entities.iter().enumerate() {
            for (n, (name, at)) in draft.entity.names.iter().zip(&draft.names_at).enumerate().filter(|(_, (name, _))| !name.text.is_empty())
            {
                form.clear();
                fold_into(&name.text, &mut form);
                let this = (e as u32, n as u32);
                let (e, n) = *first.entry(xxh3_64(form.as_bytes())).or_insert(this);
                let other = &self.entities[e as usize];
                let (other_name, other_at) = (&other.entity.names[n as usize], &other.names_at[n as usize]);
                if e == this.0 {
                    if n != this.1 && is_same(name, other_name) {
                        twice += 1;
                        if twice <= MOST {
                            let message = format!("the name {} stands already at {}", shown(&name.text), self.where_is(other_at));
                            found.push(self.warning(at, message));
                        }
                    }
                    continue;
                }
                if other.entity.id == draft.entity.id || fold(&other_name.text) != form {
                    continue;
                }
                told += 1;
                if told <= MOST {
                    let message = format!("{} is also a name of {}, at {}", shown(&name.text), other.entity.id, self.where_is(other_at));
                    found.push(self.warning(at, message).with_help("it resolves only where context decides; that may be right"));
                }
            }
        }
        if told > MOST {
            found.push(self.files[0].warning(0..0, format!("{} more names stand under two entities", told - MOST)));
        }
        if twice > MOST {
            found.push(self.files[0].warning(0..0, format!("{} more names stand twice under one entity", twice - MOST)));
        }
    }

    /// Periods run forwards, and one entity has one authorised name in a language at a time.
    fn dates(&self, found: &mut Vec<Diagnostic>) {
        for draft in &self.entities {
            let names: Vec<_> = draft.entity.names.iter().zip(&draft.names_at).collect();
            for (name, at) in &names {
                for period in name.valid.iter().filter(|p| p.is_backwards()) {
                    found.push(self.warning(at, format!("{}: {period} ends before it begins", shown(&name.text))));
                }
            }
            let authorised: Vec<_> = names
                .iter()
                .filter(|(n, _)| n.kind == NameKind::Authorised && n.certainty != Some(Certainty::Low) && !n.valid.is_empty())
                .collect();
            for (i, (name, at)) in authorised.iter().enumerate() {
                for (other, _) in &authorised[..i] {
                    let clash = name.lang == other.lang && name.valid.iter().any(|a| other.valid.iter().any(|b| a.meets(b)));
                    if clash {
                        let message = format!("{} and {} are both authorised at one time", shown(&other.text), shown(&name.text));
                        found.push(self.warning(at, message));
                    }
                }
            }
            let renamed = draft.entity.relations.iter().zip(&draft.relations_at).filter(|(r, _)| r.kind == RENAMED_TO);
            for (relation, at) in renamed.skip(1) {
                let message = format!("{} is renamed to {} too: no one id is the latest", draft.entity.id, relation.to);
                found.push(self.warning(at, message));
            }
            for (relation, at) in draft.entity.relations.iter().zip(&draft.relations_at) {
                if let Some(period) = relation.valid.as_ref().filter(|p| p.is_backwards()) {
                    found.push(self.warning(at, format!("{}: {period} ends before it begins", relation.kind)));
                }
            }
        }
    }
}
