//! The forms that a word of the tables takes in names, by `tables/parts/inflection.toml`.

use crate::text::{Diagnostic, Fields, Source, read_toml};

struct Rule {
    ends: Vec<String>,
    front: Option<bool>,
    cut: usize,
    add: Vec<String>,
}

/// The rules of one language.
#[derive(Default)]
pub(super) struct Inflection {
    front: String,
    back: String,
    rules: Vec<Rule>,
}

/// The rules of all languages.
pub(super) struct Inflections {
    vowels: String,
    languages: [Inflection; 3],
}

/// The languages of the columns, in their order.
pub(super) const LANGUAGES: [&str; 3] = ["kaz", "rus", "eng"];

pub(super) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Inflections {
    let node = read_toml(source, found);
    let mut fields = Fields::new(source, node, found);
    let vowels = fields.filled("vowels", found).value;
    let languages = LANGUAGES.map(|language| {
        let Some(mut table) = fields.table(language, found) else { return Inflection::default() };
        let mut text = |name| table.text(name, found).map(|t| t.value).unwrap_or_default();
        let (front, back) = (text("front"), text("back"));
        let mut rules = Vec::new();
        for mut row in table.tables("rules", found) {
            let values = |texts: Vec<crate::text::At<String>>| texts.into_iter().map(|t| t.value).collect::<Vec<_>>();
            let ends = values(row.texts("ends", found));
            let front = row.text("vowels", found).map(|v| v.value == "front");
            let cut = row.integer("cut", found).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            let add = values(row.texts("add", found));
            row.finish(found);
            rules.push(Rule { ends, front, cut, add });
        }
        table.finish(found);
        Inflection { front, back, rules }
    });
    fields.finish(found);
    Inflections { vowels, languages }
}

impl Inflections {
    /// The rules of a language, by its number; none for other languages.
    pub(super) fn of(&self, language: usize) -> Option<&Inflection> {
        self.languages.get(language)
    }

    pub(super) fn has_vowel(&self, word: &str) -> bool {
        word.contains(|c| self.vowels.contains(c))
    }
}

impl Inflection {
    /// Calls `form` with each form of a word, the word itself first.
    pub(super) fn forms(&self, word: &str, mut form: impl FnMut(&str)) {
        form(word);
        let front =
            word.chars().rev().find_map(|c| if self.front.contains(c) { Some(true) } else { self.back.contains(c).then_some(false) });
        let fits = |rule: &&Rule| rule.front.is_none() || rule.front == Some(front.unwrap_or(false));
        let longest = |rule: &Rule| rule.ends.iter().filter(|e| word.ends_with(e.as_str())).map(String::len).max();
        let rule = self.rules.iter().filter(fits).filter_map(|r| Some((longest(r)?, r))).max_by_key(|(len, _)| *len);
        let Some((_, rule)) = rule else { return };
        let kept = word.char_indices().rev().nth(rule.cut.wrapping_sub(1)).map_or(word.len(), |(i, _)| i);
        let mut text = word[..kept].to_owned();
        for add in &rule.add {
            text.truncate(kept);
            text.push_str(add);
            form(&text);
        }
    }
}
