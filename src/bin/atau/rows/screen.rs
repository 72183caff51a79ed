//! Texts for people, within the width of their terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use std::io::{self, IsTerminal, Write};

/// How many characters a line of the terminal has that standard output goes to; nothing when it goes elsewhere.
pub fn width() -> Option<u16> {
    if io::stdout().is_terminal() { Table::new().width() } else { None }
}

/// Writes a text to standard output; on a terminal a line that is too long goes on below, further in than it began.
pub fn print(text: &str) -> io::Result<()> {
    match width() {
        Some(width) => io::stdout().write_all(fitted(text, width).as_bytes()),
        None => io::stdout().write_all(text.as_bytes()),
    }
}

/// How much further in the rest of a line stands.
const FURTHER: u16 = 4;

/// A text whose lines are no wider than `width`, where words allow it.
pub fn fitted(text: &str, width: u16) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.lines() {
        let content = line.trim_start_matches(' ');
        let indent = &line[..line.len() - content.len()];
        let taken = indent.len() as u16 + FURTHER;
        let mut table = bare();
        table.add_row([content]).column_iter_mut().for_each(|column| _ = column.set_padding((0, 0)));
        if widths(&table) + indent.len() <= usize::from(width) || taken * 2 > width {
            out.extend([line, "\n"]);
            continue;
        }
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width - taken);
        for (i, part) in table.lines().enumerate() {
            let further = if i > 0 { usize::from(FURTHER) } else { 0 };
            out.extend([indent, &" ".repeat(further), part.trim_end(), "\n"]);
        }
    }
    out
}

/// Rows as an aligned table, the column `remark` below its row; where that is wider than the terminal, each row as a list of its cells that
/// are not empty.
pub fn aligned(header: Option<Vec<String>>, rows: Vec<Vec<String>>, remark: Option<usize>, width: Option<u16>) -> String {
    let clean = |row: Vec<String>| row.into_iter().map(|cell| cell.replace(char::is_control, " ")).collect::<Vec<_>>();
    let (header, rows): (_, Vec<_>) = (header.map(clean), rows.into_iter().map(clean).collect());
    let without = |row: &[String]| {
        let kept = row.iter().enumerate().filter(|(at, _)| Some(*at) != remark);
        kept.map(|(_, cell)| cell.clone()).collect::<Vec<_>>()
    };
    let mut table = bare();
    if let Some(header) = &header {
        table.set_header(without(header));
    }
    table.add_rows(rows.iter().map(|row| without(row)));
    if let Some(width) = width.filter(|width| widths(&table) > usize::from(*width)) {
        return rows.iter().map(|row| listed(header.as_deref(), row, width)).collect::<Vec<_>>().join("\n");
    }
    let mut out = String::new();
    let mut remarks = header.iter().map(|_| "").chain(rows.iter().map(|row| remark.and_then(|at| row.get(at)).map_or("", String::as_str)));
    for line in table.lines() {
        out.extend([line.trim_end(), "\n"]);
        if let Some(remark) = remarks.next().filter(|r| !r.is_empty()) {
            let remark = format!("     {remark}\n");
            out.push_str(&width.map_or(remark.clone(), |width| fitted(&remark, width)));
        }
    }
    out
}

/// A row as lines, each the name of a column, or its number, and the cell.
fn listed(header: Option<&[String]>, row: &[String], width: u16) -> String {
    let mut table = bare();
    for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let name = header.and_then(|h| h.get(at).cloned()).unwrap_or_else(|| (at + 1).to_string());
        table.add_row([name, cell.clone()]);
    }
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    if let Some(names) = table.column_mut(0) {
        names.set_constraint(ColumnConstraint::ContentWidth).set_padding((0, 1));
    }
    table.lines().flat_map(|line| [line.trim_end().to_owned(), "\n".to_owned()]).collect()
}

fn bare() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// How wide a table is.
fn widths(table: &Table) -> usize {
    let padding = table.column_iter().map(|column| usize::from(column.padding_width()));
    table.column_max_content_widths().into_iter().map(usize::from).zip(padding).map(|(content, padding)| content + padding).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_text() {
        let text = "Names\n    Социалистическое Движение Казахстана  authorised  [a, b]\n";
        assert_eq!(fitted(text, 80), text);
        assert_eq!(fitted(text, 44), "Names\n    Социалистическое Движение Казахстана\n        authorised  [a, b]\n");
        // No narrower than words are.
        assert_eq!(fitted("    ab\n", 5), "    ab\n");
    }

    #[test]
    fn rows_for_a_terminal() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let header = || Some(row(["name", "outcome", "why", "others"]));
        let rows = || vec![row(["СДК", "match", "“СДК” is an abbreviation", ""]), row(["x", "none", "", ""])];
        let wide = " name  outcome  others\n СДК   match\n     “СДК” is an abbreviation\n x     none\n";
        assert_eq!(aligned(header(), rows(), Some(2), None), wide);
        assert_eq!(aligned(header(), rows(), Some(2), Some(40)), wide);
        let narrow = aligned(header(), rows(), Some(2), Some(20));
        assert_eq!(narrow.lines().next(), Some("name     СДК"), "{narrow}");
        assert!(narrow.contains("\nwhy      “СДК” is") && narrow.lines().all(|line| line.chars().count() <= 20), "{narrow}");
        assert!(narrow.ends_with("\n\nname     x\noutcome  none\n"), "{narrow}");
        assert!(aligned(None, rows(), Some(2), Some(12)).starts_with("1  СДК\n2  match\n"));
    }
}
