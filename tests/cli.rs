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
        .case("tests/cmd/*.trycmd");
}
