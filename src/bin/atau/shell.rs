//! `atau completions` and `atau man`.

use crate::report::Failure;
use clap::CommandFactory;
use std::io::Write;
use std::process::ExitCode;

/// Print completions for a shell
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  atau completions bash > ~/.local/share/bash-completion/completions/atau\n  atau completions fish > ~/.config/fish/completions/atau.fish"
)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  atau man | man -l -\n  atau man > ~/.local/share/man/man1/atau.1")]
pub struct Man {}

pub fn completions(args: Completions) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "atau", &mut text);
    std::io::stdout().write_all(&text)?;
    crate::DONE
}

pub fn man(_: Man) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    let command = crate::Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        let name = format!("atau {}", sub.get_name());
        clap_mangen::Man::new(sub.clone().name(name.clone()).display_name(name)).render(&mut text)?;
    }
    std::io::stdout().write_all(&text)?;
    crate::DONE
}
