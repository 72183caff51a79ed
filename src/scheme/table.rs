//! Step one: a scheme's table file, read into a tree that knows its places.

use crate::text::{At, Diagnostic, Fields, Source, read_toml};
use std::ops::Range;

type Pairs = Vec<(At<String>, At<String>)>;

/// What a table file says, unchecked.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub id: At<String>,
    pub aliases: Vec<At<String>>,
    pub title: At<String>,
    pub authority: At<String>,
    pub year: Option<i64>,
    /// How common the scheme is, for telling which one a text is in.
    pub prior: Option<At<i64>>,
    pub language: At<String>,
    pub from: At<String>,
    pub to: At<String>,
    pub tag: Option<At<String>>,
    pub reversible: bool,
    pub used: String,
    pub note: String,
    pub extends: Option<At<String>>,
    pub sources: Vec<(String, String)>,
    pub inferred: Vec<At<String>>,
    pub collapse: Vec<At<String>>,
    /// Whether so much is lost that only collisions of letters are listed.
    pub lossy: bool,
    pub collisions: Vec<Collisions>,
    pub examples: Vec<Example>,
    pub options: Vec<OptionRow>,
    pub letters: Pairs,
    pub rules: Vec<Rule>,
    /// Output letter to its capital.
    pub upper: Pairs,
    /// Output to its form with a capital letter.
    pub title_forms: Pairs,
}

/// What is written alike under some options.
#[derive(Debug, Clone)]
pub(crate) struct Collisions {
    pub when: Pairs,
    /// Each as `щ / шч`, with nothing before the stroke for a letter that writes nothing.
    pub pairs: Vec<At<String>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub input: At<String>,
    pub output: At<String>,
    pub when: Pairs,
}

#[derive(Debug, Clone)]
pub(crate) struct OptionRow {
    pub name: At<String>,
    pub about: String,
    pub values: Vec<At<String>>,
    pub default: At<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub span: Range<usize>,
    pub from: Vec<At<String>>,
    pub to: At<String>,
    pub after: Vec<At<String>>,
    pub before: Vec<At<String>>,
    pub not_after: Vec<At<String>>,
    pub not_before: Vec<At<String>>,
    pub word_has: Vec<At<String>>,
    pub word_lacks: Vec<At<String>>,
    pub when: Pairs,
    pub note: String,
    pub inferred: bool,
    /// Whether it comes from the scheme that the table extends.
    pub inherited: bool,
}

impl Table {
    pub(crate) fn read(source: &Source, found: &mut Vec<Diagnostic>) -> Table {
        let mut fields = Fields::new(source, read_toml(source, found), found);
        let id = fields.required("id", found);
        let mut script = fields.table("script", found);
        let mut script_text = |name, found: &mut Vec<Diagnostic>| match &mut script {
            Some(table) => table.required(name, found),
            None => At { value: String::new(), span: id.span.clone() },
        };
        let (from, to) = (script_text("from", found), script_text("to", found));
        match script {
            Some(script) => script.finish(found),
            None => found.push(
                source.error(id.span.clone(), "the field “script” is missing").with_help("script = { from = \"Cyrl\", to = \"Latn\" }"),
            ),
        }
        let mut capitals = fields.table("capitals", found);
        let mut capital_pairs = |name, found: &mut Vec<Diagnostic>| capitals.as_mut().map(|c| c.pairs(name, found)).unwrap_or_default();
        let (upper, title_forms) = (capital_pairs("upper", found), capital_pairs("title", found));
        if let Some(capitals) = capitals {
            capitals.finish(found);
        }
        let table = Table {
            aliases: fields.texts("aliases", found),
            title: fields.required("title", found),
            authority: fields.required("authority", found),
            year: fields.integer("year", found),
            prior: fields.placed_integer("prior", found),
            language: fields.required("language", found),
            from,
            to,
            tag: fields.text("tag", found),
            reversible: fields.boolean("reversible", found).unwrap_or(false),
            used: fields.text("used", found).map(|t| t.value).unwrap_or_default(),
            note: fields.text("note", found).map(|t| t.value).unwrap_or_default(),
            extends: fields.text("extends", found),
            sources: fields.tables("sources", found).into_iter().map(|f| read_source(f, found)).collect(),
            inferred: fields.texts("inferred", found),
            collapse: fields.texts("collapse", found),
            lossy: fields.boolean("lossy", found).unwrap_or(false),
            collisions: fields.tables("collisions", found).into_iter().map(|f| read_collisions(f, found)).collect(),
            examples: fields.tables("examples", found).into_iter().map(|f| read_example(f, found)).collect(),
            options: fields.named("options", found).into_iter().map(|(name, f)| read_option(name, f, found)).collect(),
            letters: fields.pairs("letters", found),
            rules: fields.tables("rules", found).into_iter().map(|f| read_rule(f, found)).collect(),
            upper,
            title_forms,
            id,
        };
        fields.finish(found);
        table
    }
}

fn read_source(mut fields: Fields, found: &mut Vec<Diagnostic>) -> (String, String) {
    let title = fields.required("title", found).value;
    let locator = fields.text("locator", found).map(|t| t.value).unwrap_or_default();
    fields.finish(found);
    (title, locator)
}

fn read_example(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Example {
    let example = Example { input: fields.required("in", found), output: fields.required("out", found), when: fields.pairs("when", found) };
    fields.finish(found);
    example
}

fn read_collisions(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Collisions {
    let collisions = Collisions { when: fields.pairs("when", found), pairs: fields.texts("pairs", found) };
    fields.finish(found);
    collisions
}

fn read_option(name: At<String>, mut fields: Fields, found: &mut Vec<Diagnostic>) -> OptionRow {
    let option = OptionRow {
        name,
        about: fields.required("about", found).value,
        values: fields.texts("values", found),
        default: fields.required("default", found),
    };
    fields.finish(found);
    option
}

fn read_rule(mut fields: Fields, found: &mut Vec<Diagnostic>) -> Rule {
    let rule = Rule {
        span: fields.span(),
        from: fields.texts("from", found),
        to: fields.required("to", found),
        after: fields.texts("after", found),
        before: fields.texts("before", found),
        not_after: fields.texts("not_after", found),
        not_before: fields.texts("not_before", found),
        word_has: fields.texts("word_has", found),
        word_lacks: fields.texts("word_lacks", found),
        when: fields.pairs("when", found),
        note: fields.text("note", found).map(|t| t.value).unwrap_or_default(),
        inferred: fields.boolean("inferred", found).unwrap_or(false),
        inherited: false,
    };
    fields.finish(found);
    rule
}
