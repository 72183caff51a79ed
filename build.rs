//! Lists the files under `tables/` so that adding a scheme, a language or a registry file is adding one file.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=tables");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut code = String::new();
    for (name, folder) in [
        ("LANGUAGES", "languages"),
        ("SCHEMES", "schemes"),
        ("REGISTRY", "registry"),
        ("WORDS", "words"),
        ("LETTERS", "letters"),
        ("PARTS", "parts"),
        ("SENTENCES", "sentences"),
    ] {
        let mut files = Vec::new();
        collect(&root.join("tables").join(folder), &mut files);
        files.sort_by(|a, b| a.file_stem().cmp(&b.file_stem()));
        writeln!(code, "pub(crate) static {name}: &[BuiltIn] = &[").expect("write to a string");
        for file in files {
            let stem = file.file_stem().and_then(|s| s.to_str()).expect("a UTF-8 file name");
            let shown = file.strip_prefix(&root).expect("a file under the root").display().to_string();
            let path = file.display().to_string();
            writeln!(code, "    BuiltIn {{ stem: {stem:?}, path: {shown:?}, text: include_str!({path:?}) }},").expect("write to a string");
        }
        code.push_str("];\n");
    }
    writeln!(code, "const FINGERPRINT: u64 = {:#x};", fingerprint(&root)).expect("write to a string");
    std::fs::write(out.join("builtin.rs"), code).expect("write the list of tables");
}

/// FNV-1a of the tables, without those that say nothing on how a name is read: the registry, statistics, spellings, sentences, scores.
fn fingerprint(root: &Path) -> u64 {
    let mut files = Vec::new();
    collect(&root.join("tables"), &mut files);
    let mut parts: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|file| (file.strip_prefix(root).expect("a file under the root").to_string_lossy().replace('\\', "/"), file))
        .filter(|(name, _)| {
            let out = ["registry/", "words/", "letters/", "spelling/", "sentences/", "matching/scores.toml"];
            !out.iter().any(|out| name.strip_prefix("tables/").is_some_and(|name| name.starts_with(out)))
        })
        .map(|(name, file)| (name, std::fs::read(file).expect("read a table")))
        .collect();
    parts.sort();
    let bytes = parts.iter().flat_map(|(name, text)| name.bytes().chain([0]).chain(text.iter().copied()).chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            files.push(path);
        }
    }
}
