//! A built registry with bytes changed: what opens is read through, asked and verified. Input in groups of five bytes: where
//! (four, little-endian) and what; the rest, a length to cut to. Input that begins as a built file is opened as it stands.
#![no_main]

use atau::registry::RegistryFormat::Jsonl;
use atau::resolve::Context;
use atau::{Registry, Resolver};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static BUILT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let text = Registry::builtin().to_text(Jsonl);
    let few: String = text.lines().take(40).map(|line| format!("{line}\n")).collect();
    let registry = Registry::from_text(&few, "few", Jsonl).unwrap_or_else(|_| Registry::builtin());
    let mut file = Vec::new();
    Resolver::new(registry).write_to(&mut file).expect("write to memory");
    file
});

fuzz_target!(|input: &[u8]| {
    let mut file = BUILT.clone();
    if input.starts_with(b"\x89ATAU") {
        file = input.to_vec();
    } else {
        let changes = input.chunks_exact(5);
        let cut = changes.remainder();
        for change in changes {
            let at = u32::from_le_bytes([change[0], change[1], change[2], change[3]]) as usize % file.len();
            file[at] = change[4];
        }
        if let [low, high, ..] = cut {
            file.truncate(usize::from(u16::from_le_bytes([*low, *high])));
        }
    }
    let whole = file == *BUILT;
    let registry = match Registry::from_bytes(file) {
        Ok(registry) => registry,
        Err(error) => {
            assert!(!whole && !error.to_string().is_empty());
            return;
        }
    };
    assert!(!whole || registry.verify().is_ok());
    let _ = registry.verify();
    for entity in registry.entities() {
        let _ = (entity.display_name(), registry.entity(&entity.id), registry.latest(&entity.id));
    }
    let _ = (registry.claims(), registry.sources(), registry.to_text(Jsonl), registry.citation());
    let resolver = Resolver::new(registry);
    for text in ["СоцСопр", "Sotssopr"] {
        let outcome = resolver.resolve(text, &Context::new());
        let _ = (outcome.why(), outcome.candidates());
    }
});
