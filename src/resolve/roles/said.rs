//! What was found about the parts of two names, as data and in words.

use super::Told;
use crate::name::parts::{Finding, Says};
use crate::resolve::named::Named;
use crate::resolve::outcome::{Agreement, Evidence, PartFound};
use crate::resolve::sentence::{Language, Message};

impl Told {
    /// The findings as evidence; none where there are none.
    pub(in crate::resolve) fn evidence(&self, a: (&str, &Named), b: (&str, &Named)) -> Option<Evidence> {
        let found = |finding: &Finding| PartFound {
            part: finding.what.name(),
            says: match finding.says {
                Says::Agreement => Agreement::Agrees,
                Says::Omission => Agreement::Unknown,
                Says::Contradiction => Agreement::Differs,
            },
            text: finding.a.map(|i| a.1.text_of(a.0, usize::from(i))),
            name: finding.b.map(|j| b.1.text_of(b.0, usize::from(j))),
        };
        (!self.findings.is_empty()).then(|| Evidence::Parts { parts: self.findings.iter().map(found).collect() })
    }
}

/// The clauses that parts add to a sentence: what stands for what although its letters do not say so, what one leaves out, what
/// contradicts.
pub(in crate::resolve) fn clauses(language: Language, evidence: &[Evidence], every: bool) -> String {
    let parts = evidence.iter().find_map(|e| if let Evidence::Parts { parts } = e { Some(parts.as_slice()) } else { None });
    let mut said = String::new();
    let kinds =
        [(Agreement::Agrees, Message::PartsAgree), (Agreement::Unknown, Message::PartsLeft), (Agreement::Differs, Message::PartsDiffer)];
    for (says, message) in kinds.into_iter().filter(|(says, _)| every || *says != Agreement::Unknown) {
        let of = parts.unwrap_or_default().iter().filter(|p| p.says == says && (says != Agreement::Agrees || tells(p)));
        let each: Vec<String> = of.filter_map(|p| part(language, p)).collect();
        if !each.is_empty() {
            said.push_str("; ");
            said.push_str(&language.say(message, &[("parts", &each.join(", "))]));
        }
    }
    said
}

/// Letters that are written as one word, each beside what it stands for: Т and Н of Мухамедзянов ТН.
pub(in crate::resolve) fn separate(evidence: &mut [Evidence]) {
    let Some(at) = evidence.iter().position(|e| matches!(e, Evidence::Parts { .. })) else { return };
    let (before, parts) = evidence.split_at_mut(at);
    let (Some(Evidence::Read { words }), Evidence::Parts { parts }) = (before.first_mut(), &parts[0]) else { return };
    for found in parts.iter().filter(|p| p.part == "initial" && p.says == Agreement::Agrees) {
        let (Some(text), Some(name)) = (&found.text, &found.name) else { continue };
        if let Some(word) = words.iter_mut().find(|w| w.word == *text && w.name.contains(name.as_str())) {
            word.name.clone_from(name);
        } else if let Some(word) = words.iter_mut().find(|w| w.name == *name && w.word.contains(text.as_str())) {
            word.word.clone_from(text);
        }
    }
}

/// Whether an agreement says more than that two words are alike.
fn tells(part: &PartFound) -> bool {
    match part.part {
        "initial" | "patronymic" => part.text != part.name,
        "head" | "quality" | "legal" | "place-word" | "country" | "number" => {
            let small = |text: &Option<String>| text.as_ref().map(|t| crate::text::fold(t));
            small(&part.text) != small(&part.name)
        }
        _ => false,
    }
}

/// One part with its words.
fn part(language: Language, found: &PartFound) -> Option<String> {
    let message = match found.part {
        "family" => Message::PartFamily,
        "given" => Message::PartGiven,
        "patronymic" => Message::PartPatronymic,
        "initial" => Message::PartInitial,
        "initials-only" => Message::PartInitialsOnly,
        "gender" => Message::PartGender,
        "head" => Message::PartHead,
        "quality" => Message::PartQuality,
        "legal" => Message::PartLegal,
        "place-word" => Message::PartPlaceWord,
        "country" => Message::PartCountry,
        "number" => Message::PartNumber,
        "core" => Message::PartCore,
        _ => return None,
    };
    let part = language.say(message, &[]);
    Some(match (&found.text, &found.name) {
        (Some(a), Some(b)) => format!("{part} {a} – {b}"),
        (Some(word), None) | (None, Some(word)) => format!("{part} {word}"),
        (None, None) => part,
    })
}
