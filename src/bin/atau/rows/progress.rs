//! How far the rows are, on a terminal.

use super::input::Input;
use super::output::OutputArgs;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// A bar on a terminal, for what takes longer than a moment.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    wanted: bool,
    started: Instant,
    size: Option<u64>,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl Progress {
    pub(super) fn new(rows: &Input, args: &OutputArgs) -> Self {
        let busy = args.output.is_none() && !args.in_place && io::stdout().is_terminal();
        let wanted = !args.quiet && io::stderr().is_terminal() && !busy;
        Progress { bar: None, wanted, started: Instant::now(), size: rows.size, read: rows.read.clone() }
    }

    /// Tells how many rows are done.
    pub(super) fn tell(&mut self, rows: u64) {
        if !self.wanted || self.started.elapsed() < Duration::from_millis(800) {
            return;
        }
        let size = self.size;
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr());
            let style = match size {
                Some(_) => "{bar:30} {percent}%  {msg}  {eta} left",
                None => "{spinner}  {msg}",
            };
            bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        let rate = rows as f64 / self.started.elapsed().as_secs_f64();
        bar.set_message(format!("{rows} rows, {rate:.0} a second"));
        bar.set_position(self.read.load(Ordering::Relaxed));
    }

    /// Takes the bar away.
    pub(super) fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
