//! Any text as a registry file in each of the three formats; what loads is written and read again.
#![no_main]

use atau::Registry;
use atau::registry::RegistryFormat::{self, Csv, Jsonl, Toml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for format in [Toml, Csv, Jsonl] {
        match Registry::from_text(text, "fuzz", format) {
            Ok(registry) => registry_again(&registry),
            Err(error) => {
                assert!(error.is_data() && !error.to_string().is_empty());
                error.diagnostics().iter().for_each(|d| drop(d.to_string()));
            }
        }
    }
});

fn registry_again(registry: &Registry) {
    registry.warnings().iter().for_each(|w| drop(w.to_string()));
    for entity in registry.entities() {
        let _ = (entity.display_name(), registry.latest(&entity.id));
    }
    registry.citation();
    for format in [Toml, Csv, Jsonl] {
        let lossless = registry.losses(format).is_empty();
        let text = registry.to_text(format);
        match Registry::from_text(&text, "again", format) {
            Ok(again) => {
                if lossless {
                    assert!(again.entities().eq(registry.entities()), "{format:?}");
                    assert_same_rest(&again, registry, format);
                    assert_eq!(again.to_text(format), text, "{format:?}");
                }
            }
            Err(error) if lossless => panic!("{format:?}: written without loss, not read: {error}\n{text}"),
            Err(_) => {}
        }
    }
}

fn assert_same_rest(again: &Registry, registry: &Registry, format: RegistryFormat) {
    let parts = |r: &Registry| (r.claims().to_vec(), r.sources().to_vec(), r.manifest().clone());
    assert_eq!(parts(again), parts(registry), "{format:?}");
}
