//! What a scheme says about itself.

use super::Scheme;
use super::check::{STRESS, STRESS_VALUES};

/// A letter and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// The small letter.
    pub letter: String,
    /// What it becomes; empty when it is dropped.
    pub value: String,
    /// No source gives the value: it was inferred.
    pub inferred: bool,
}

/// A rule in the words of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// One or more letters.
    pub from: Vec<String>,
    /// What they become.
    pub to: String,
    /// The conditions, such as `after ^ {vowel}`.
    pub conditions: Vec<String>,
    /// Why, or the standard's clause.
    pub note: String,
    /// No source gives the rule: it was inferred.
    pub inferred: bool,
}

/// An option of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionInfo {
    /// Its name.
    pub name: String,
    /// What it does.
    pub about: String,
    /// Its values.
    pub values: Vec<String>,
    /// The value it has when nothing is said.
    pub default: String,
}

impl Scheme {
    /// The id, such as `rus-bgnpcgn-1947`.
    pub fn id(&self) -> &str {
        &self.table.id.value
    }

    /// Names that other tools use for it.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.table.aliases.iter().map(|a| a.value.as_str())
    }

    /// The title in full.
    pub fn title(&self) -> &str {
        &self.table.title.value
    }

    /// Who issued it.
    pub fn authority(&self) -> &str {
        &self.table.authority.value
    }

    /// The year it was issued or settled.
    pub fn year(&self) -> Option<i64> {
        self.table.year
    }

    /// The language, as an ISO 639-3 code.
    pub fn language(&self) -> &str {
        &self.table.language.value
    }

    /// The language, as a BCP 47 tag.
    pub fn language_tag(&self) -> &str {
        super::language::language(self.language()).map_or("und", |l| l.tag.as_str())
    }

    /// The scripts it reads and writes, as ISO 15924 codes.
    pub fn scripts(&self) -> (&str, &str) {
        (&self.table.from.value, &self.table.to.value)
    }

    /// The BCP 47 tag with a transformed-content extension, where it is unique.
    pub fn tag(&self) -> Option<&str> {
        self.table.tag.as_ref().map(|t| t.value.as_str())
    }

    /// Whether the source can be rebuilt exactly from every output.
    pub fn is_reversible(&self) -> bool {
        self.table.reversible
    }

    /// Where it is used, in a line.
    pub fn used(&self) -> &str {
        &self.table.used
    }

    /// What was settled where sources disagree.
    pub fn note(&self) -> &str {
        &self.table.note
    }

    /// The sources: title and place.
    pub fn sources(&self) -> &[(String, String)] {
        &self.table.sources
    }

    /// The options, those of every scheme last.
    pub fn options(&self) -> Vec<OptionInfo> {
        let own = self.table.options.iter().map(|o| OptionInfo {
            name: o.name.value.clone(),
            about: o.about.clone(),
            values: o.values.iter().map(|v| v.value.clone()).collect(),
            default: o.default.value.clone(),
        });
        let stress = self.options.contains_key(STRESS).then(|| OptionInfo {
            name: STRESS.to_owned(),
            about: "stress marks on vowels".to_owned(),
            values: STRESS_VALUES.map(str::to_owned).to_vec(),
            default: STRESS_VALUES[0].to_owned(),
        });
        own.chain(stress).collect()
    }

    /// The letters in the order of the table.
    pub fn letters(&self) -> Vec<LetterRow> {
        let inferred = |letter: &str| self.table.inferred.iter().any(|i| i.value == letter);
        let row = |(letter, value): &(crate::text::At<String>, crate::text::At<String>)| LetterRow {
            letter: letter.value.clone(),
            value: value.value.clone(),
            inferred: inferred(&letter.value),
        };
        self.table.letters.iter().map(row).collect()
    }

    /// The rules in the order in which they are tried.
    pub fn rules(&self) -> Vec<RuleRow> {
        let texts = |list: &[crate::text::At<String>]| list.iter().map(|t| t.value.as_str()).collect::<Vec<_>>().join(" ");
        self.table
            .rules
            .iter()
            .map(|rule| {
                let lists = [
                    ("after", &rule.after),
                    ("before", &rule.before),
                    ("not after", &rule.not_after),
                    ("not before", &rule.not_before),
                    ("word has", &rule.word_has),
                    ("word lacks", &rule.word_lacks),
                ];
                let mut conditions: Vec<String> =
                    lists.iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| format!("{name} {}", texts(list))).collect();
                conditions.extend(rule.when.iter().map(|(name, value)| format!("with {} = {}", name.value, value.value)));
                RuleRow {
                    from: rule.from.iter().map(|f| f.value.clone()).collect(),
                    to: rule.to.value.clone(),
                    conditions,
                    note: rule.note.clone(),
                    inferred: rule.inferred,
                }
            })
            .collect()
    }

    /// What is written alike under the default options, as pairs such as `щ / шч`; nothing before the stroke stands for a
    /// letter that writes nothing. For a scheme that loses much only pairs of letters are listed.
    pub fn declared_collisions(&self) -> impl Iterator<Item = &str> {
        self.table.collisions.iter().filter(|c| c.when.is_empty()).flat_map(|c| &c.pairs).map(|p| p.value.as_str())
    }

    /// Whether so much is lost that only collisions of letters are listed.
    pub fn is_lossy(&self) -> bool {
        self.table.lossy
    }

    /// The examples of the table under its default options: input and output.
    pub fn examples(&self) -> impl Iterator<Item = (&str, &str)> {
        self.table.examples.iter().filter(|e| e.when.is_empty()).map(|e| (e.input.value.as_str(), e.output.value.as_str()))
    }
}
