//! The figures as tables.

use super::link::{Figures, how_word};
use super::metrics::Calibration;
use super::pairs::{figures, mean_of};
use super::show::shown;
use super::{LinkSet, PairSet, Results, link, pairs};
use atau::resolve::How;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use std::fmt::Write as _;

/// All tables, a blank line between them.
pub fn tables(results: &Results) -> String {
    let mut parts = Vec::new();
    if !results.links.is_empty() {
        parts.extend([linking(&results.links), by_how(&results.links), candidates(&results.links)]);
        parts.push(calibration("first candidate right", results.links.iter().map(|s| (&s.name, &s.tally.calibration))));
    }
    if !results.pairs.is_empty() {
        parts.push(comparing(&results.pairs));
        parts.push(calibration("pair is the same", results.pairs.iter().map(|s| (&s.name, &s.tally.calibration))));
    }
    let failures = results.links.iter().map(|s| (&s.name, &s.misses)).chain(results.pairs.iter().map(|s| (&s.name, &s.misses)));
    for (name, misses) in failures.filter(|(_, misses)| !misses.is_empty()) {
        let first = misses.iter().take(results.show);
        let what = if results.wrong { "wrong matches" } else { "failures" };
        let mut part = title(&format!("{what} of {}, {} of {}", shown(name), first.len(), misses.len()));
        // Writing to a String cannot fail.
        first.for_each(|miss| {
            let _ = writeln!(part, "{miss}");
        });
        parts.push(part);
    }
    parts.join("\n")
}

fn title(text: &str) -> String {
    format!("\x1b[1m{text}\x1b[0m\n")
}

fn linking(sets: &[LinkSet]) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let line = |name: &str, counts: [String; 2], figures: Figures, rate: Option<f64>| {
        let cells = [name.to_owned()].into_iter().chain(counts).chain(figures.all().map(number)).chain([whole(rate)]);
        cells.collect::<Vec<_>>()
    };
    let of = |name: &str, t: &link::Tally| line(name, [t.queries.to_string(), t.known.to_string()], t.figures(), t.rate());
    rows.extend(sets.iter().map(|s| of(&s.name, &s.tally)));
    if sets.len() > 1 {
        rows.push(of("all together", &super::links_together(sets)));
        let figures: Vec<Figures> = sets.iter().map(|s| s.tally.figures()).collect();
        rows.push(line("mean of the sets", [String::new(), String::new()], Figures::mean(&figures), None));
    }
    let header = ["linking", "n", "known", "top1", "MRR", "P", "R", "acc", "wrong", "judged", "q/s"];
    grid(&header, rows, 1)
}

fn by_how(sets: &[LinkSet]) -> String {
    let all = super::links_together(sets);
    let steps: Vec<Option<How>> = all.by_how.keys().copied().collect();
    let line = |name: &str, tally: &link::Tally| {
        let cell = |how| tally.by_how.get(how).map_or("-".to_owned(), |s| format!("{}/{}", s.hits, s.of));
        [name.to_owned()].into_iter().chain(steps.iter().map(cell)).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = sets.iter().map(|s| line(&s.name, &s.tally)).collect();
    if sets.len() > 1 {
        rows.push(line("all together", &all));
    }
    let header: Vec<&str> = ["right/matches"].into_iter().chain(steps.iter().map(|how| how_word(*how))).collect();
    grid(&header, rows, 2)
}

fn candidates(sets: &[LinkSet]) -> String {
    let lines = |name: &str, tally: &link::Tally| {
        let row = |(script, share): (&String, &super::metrics::Share)| {
            vec![name.to_owned(), script.clone(), share.of.to_string(), share.hits.to_string(), number(share.ratio())]
        };
        tally.scored.iter().map(row).collect::<Vec<_>>()
    };
    let mut rows: Vec<_> = sets.iter().flat_map(|s| lines(&s.name, &s.tally)).collect();
    if sets.len() > 1 {
        rows.extend(lines("all together", &super::links_together(sets)));
    }
    grid(&["candidates", "script", "known", "scored", "recall"], rows, 2)
}

fn comparing(sets: &[PairSet]) -> String {
    let line = |name: &str, counts: [String; 2], figures: [Option<f64>; 3], rate: Option<f64>| {
        let cells = [name.to_owned()].into_iter().chain(counts).chain(figures.map(number)).chain([whole(rate)]);
        cells.collect::<Vec<_>>()
    };
    let of =
        |name: &str, t: &pairs::Tally| line(name, [t.scores.len().to_string(), t.same().to_string()], figures(t.separation()), t.rate());
    let mut rows: Vec<_> = sets.iter().map(|s| of(&s.name, &s.tally)).collect();
    if sets.len() > 1 {
        rows.push(of("all together", &super::pairs_together(sets)));
        let separations: Vec<_> = sets.iter().map(|s| s.tally.separation()).collect();
        rows.push(line("mean of the sets", [String::new(), String::new()], figures(mean_of(&separations)), None));
    }
    grid(&["pairs", "n", "same", "AUC", "R@5%", "F1", "pairs/s"], rows, 2)
}

/// For each set two lines: how many answers there are in each tenth, and the share that is right.
fn calibration<'a>(what: &str, sets: impl Iterator<Item = (&'a String, &'a Calibration)>) -> String {
    let sets: Vec<_> = sets.collect();
    let mut all = Calibration::default();
    sets.iter().for_each(|(_, calibration)| all.join(calibration));
    let together = "all together".to_owned();
    let last = (sets.len() > 1).then_some((&together, &all));
    let mut rows = Vec::new();
    for (name, calibration) in sets.iter().copied().chain(last) {
        let cells = |first: &str, second: &str, cell: &dyn Fn(&super::metrics::Share) -> String| {
            [first.to_owned(), second.to_owned()].into_iter().chain(calibration.tenths.iter().map(cell)).collect::<Vec<_>>()
        };
        rows.push(cells(name, "n", &|t| if t.of == 0 { "-".to_owned() } else { t.of.to_string() }));
        rows.push(cells("", "right", &|t| t.ratio().map_or(String::new(), |r| format!("{r:.2}"))));
    }
    let header = ["score from", "", "0", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9"];
    format!("{}{}", title(what), grid(&header, rows, 1))
}

fn number(figure: Option<f64>) -> String {
    figure.map_or("-".to_owned(), |f| format!("{f:.3}"))
}

fn whole(figure: Option<f64>) -> String {
    figure.map_or(String::new(), |f| format!("{f:.0}"))
}

/// Columns under each other, the first to the left and the others to the right, the header in bold.
fn grid(header: &[&str], rows: Vec<Vec<String>>, gap: u16) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled).set_header(header.iter().copied());
    for row in rows {
        table.add_row(row.into_iter().map(|cell| shown(&cell)));
    }
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if i == 0 { 0 } else { gap }, 0));
        column.set_cell_alignment(if i == 0 { CellAlignment::Left } else { CellAlignment::Right });
    }
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let mut out = title(head.trim_end());
    for line in lines {
        out.extend([line.trim_end(), "\n"]);
    }
    out
}
