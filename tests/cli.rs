//! The command line, case by case: `tests/cmd/*.trycmd` and `*.toml` hold commands with the output they must give.
//!
//! After a wanted change, `TRYCMD=overwrite cargo test --test cli` writes the new output into them; read the difference.

#[test]
fn cases() {
    trycmd::TestCases::new()
        // Help is wrapped at the width of the terminal, or at this.
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .case("tests/cmd/*.toml")
        .case("tests/cmd/*.trycmd")
        .case("docs/names.md");
}

#[test]
fn a_damaged_file_is_told_by_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.atau");
    let mut file = Vec::new();
    atau::Resolver::new(atau::Registry::builtin()).write_to(&mut file).unwrap();
    let check = |file: &[u8]| {
        std::fs::write(&path, file).unwrap();
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_atau")).args(["registry", "check"]).arg(&path).output().unwrap();
        (run.status.code(), String::from_utf8(run.stdout).unwrap())
    };
    assert_eq!(check(&file), (Some(0), "0 errors, 0 warnings in 250 entities\n".to_owned()));
    let middle = file.len() / 2;
    file[middle] ^= 1;
    let (code, told) = check(&file);
    assert!(code == Some(1) && told.contains("is wrong; the file is damaged: build it again from its source files"), "{told}");
    // Nor is it made a text that looks whole.
    let text = folder.path().join("b.toml");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_atau")).args(["registry", "convert"]).arg(&path).arg("-o").arg(&text).output();
    let run = run.unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.code() == Some(2) && told.contains("the file is damaged") && !text.exists(), "{told}");
}

#[test]
fn a_file_that_is_write_protected_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.csv");
    std::fs::write(&path, "name\nССК\n").unwrap();
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let atau =
        |args: &[&str]| std::process::Command::new(env!("CARGO_BIN_EXE_atau")).args(args).current_dir(folder.path()).output().unwrap();
    for args in
        [&["resolve", "-c", "name", "names.csv", "--in-place"][..], &["translit", "-s", "kaz-latn-2021", "-t", "Қ", "-o", "names.csv"]]
    {
        let run = atau(args);
        let told = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && told.contains("names.csv: is write-protected"), "{told}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "name\nССК\n");
}

/// Runs the program with this on its standard input.
#[cfg(unix)]
fn run_with(stdin: &str, args: &[&str]) -> (Option<i32>, String, String) {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut program = Command::new(env!("CARGO_BIN_EXE_atau"));
    let mut run = program.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    let run = run.wait_with_output().unwrap();
    (run.status.code(), String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn pairs_come_from_standard_input() {
    let (code, told, _) = run_with("a,b\nАйнур,Ainur\n", &["compare", "-"]);
    assert_eq!((code, told.lines().count()), (Some(0), 2), "{told}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_written_over() {
    let (code, _, told) = run_with("name\nССК\n", &["resolve", "/dev/stdin", "--from", "csv", "--column", "name", "--in-place"]);
    assert_eq!((code, told.trim()), (Some(2), "atau: --in-place writes over a file, and /dev/stdin is none"));
}

/// Of two values one would be lost.
#[cfg(unix)]
#[test]
fn a_key_that_stands_twice_is_told() {
    let (code, _, told) = run_with(
        "{\"name\":\"ССК\",\"n\":1.10}\n{\"name\":\"ССК\",\"name\":\"СДК\"}\n",
        &["normalize", "--from", "jsonl", "--column", "name"],
    );
    assert!(
        code == Some(2) && told.contains("row 2, line 2, column 27: expected one JSON object a line: the key \"name\" stands twice"),
        "{told}"
    );
}
