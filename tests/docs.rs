//! The consoles of the documents, and the answers in the README: each command gives the output that is shown. Those of docs/names.md are cases of `tests/cli.rs`; the figures
//! of docs/evaluation.md are those of one measurement.

use atau::resolve::compare;
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

const DOCUMENTS: [&str; 4] = ["README.md", "docs/schemes.md", "docs/resolving.md", "docs/registry.md"];

/// A fenced block: its language, its text, and the line before it.
struct Block<'d> {
    language: &'d str,
    text: String,
    before: &'d str,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut lines = document.lines();
    let (mut blocks, mut before) = (Vec::new(), "");
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
            blocks.push(Block { language, text, before });
        } else if !line.is_empty() {
            before = line;
        }
    }
    blocks
}

/// The file that a block is: named in its first line, or at the end of the line before it.
fn file_of<'b>(block: &'b Block) -> Option<&'b str> {
    let first = block.text.lines().next().and_then(|line| line.strip_prefix("# ")).filter(|name| name.ends_with(".toml"));
    let named = || block.before.strip_suffix("`:")?.rsplit('`').next();
    first.or_else(named)
}

/// Sizes of files are those of one version.
fn shown(output: &str) -> String {
    let line = |line: &str| match line.split_once(" names, ") {
        Some((start, rest)) if rest.ends_with("bytes a name") => format!("{start} names"),
        _ => line.trim_end().to_owned(),
    };
    output.trim_end().lines().map(|text| line(text) + "\n").collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { std::fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}

#[test]
fn consoles_show_what_the_commands_print() {
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|run| run.status.success());
    if !runs("bash") || !runs("jq") {
        return eprintln!("left out: the consoles need bash and jq");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_BIN_EXE_atau")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut wrong = Vec::new();
    for name in DOCUMENTS {
        let document = std::fs::read_to_string(root.join(name)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        copy(&root.join("examples"), &folder.path().join("examples"));
        for block in blocks(&document) {
            if block.language != "console" {
                if let Some(file) = file_of(&block) {
                    std::fs::write(folder.path().join(file), &block.text).unwrap();
                }
                continue;
            }
            for command in format!("\n{}", block.text).split("\n$ ").skip(1) {
                let (command, expected) = command.split_once('\n').unwrap_or((command, ""));
                let mut run = Command::new("bash");
                run.args(["-c", &format!("exec 2>&1; {command}")]).current_dir(&folder).env("PATH", &path).env("NO_COLOR", "1");
                let output = String::from_utf8(run.output().unwrap().stdout).unwrap();
                if shown(&output) != shown(expected) {
                    wrong.push(format!("{name}: {command}\n-- shown\n{expected}-- printed\n{output}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} consoles differ\n{}", wrong.len(), wrong.join("\n"));
}

/// The rows of the table whose first column is called so, each with its cells.
fn table<'d>(document: &'d str, first: &str) -> Vec<[&'d str; 5]> {
    let cells = |line: &'d str| line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect::<Vec<_>>().try_into().ok();
    let start = document.find(&format!("\n| {first} |")).unwrap_or_else(|| panic!("a table of {first}")) + 1;
    document[start..].lines().skip(2).map_while(cells).collect()
}

#[test]
fn the_readme_shows_what_is_answered() {
    let read = |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let (readme, answers) = (read("README.md"), read("tests/cmd/names.stdout"));
    let answers: Vec<HashMap<String, String>> = csv::Reader::from_reader(answers.as_bytes()).deserialize().map(Result::unwrap).collect();
    let named = table(&readme, "name");
    for [name, outcome, ids, how, score] in &named {
        let answer = answers.iter().find(|a| a["name"] == *name).unwrap_or_else(|| panic!("{name} is in the list"));
        let of = |column: &str| answer[&format!("atau_{column}")].as_str();
        let expected = [of("outcome"), of(if *outcome == "match" { "id" } else { "others" }), of("how"), of("score")];
        assert_eq!([outcome, &*ids.replace(['`', '(', ')'], "").replace(", ", "|"), how, score], expected, "{name}");
    }
    for sentence in readme.lines().filter_map(|line| line.strip_prefix("> ")) {
        assert!(answers.iter().any(|a| a["atau_why"] == sentence), "{sentence}");
    }
    let pairs = table(&readme, "pair");
    for [pair, .., answer] in &pairs {
        let (a, b) = pair.split_once(" ~ ").unwrap();
        let comparison = compare(a, b);
        assert_eq!(*answer, format!("{} {:.3}", comparison.verdict.as_str(), comparison.score), "{pair}");
    }
    assert!(named.len() > 5 && pairs.len() > 5);
}
