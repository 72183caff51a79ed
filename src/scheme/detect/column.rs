//! Which scheme a whole column was transliterated by, and which of its rows disagree.

use super::{Detection, KNOWN};
use serde::Serialize;

/// Gathers the texts of a column.
///
/// ```
/// use atau::scheme::{Column, detect};
/// let mut column = Column::default();
/// for (row, text) in ["Socialističeskoe Soprotivlenie", "Čapaev", "Zhanaozen", "Žambyl"].into_iter().enumerate() {
///     column.add(row as u64 + 1, &detect(text));
/// }
/// let found = column.finish();
/// assert_eq!(found.scheme, Some("rus-iso-9-1995"));
/// let rows: Vec<u64> = found.disagree.iter().map(|d| d.row).collect();
/// assert_eq!(rows, [3]);
/// ```
#[derive(Debug, Default)]
pub struct Column {
    rows: u64,
    /// For each row that schemes apply to: its number, a bit for each scheme that wrote it, the nearest scheme.
    read: Vec<(u64, Vec<u64>, Option<&'static str>)>,
    against: Vec<u64>,
}

/// What was found for a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnDetection {
    /// How many rows there are.
    pub rows: u64,
    /// How many of them are transliterations, as far as letters tell.
    pub transliterated: u64,
    /// The scheme that wrote most of those; among equals the one that the fewest letters speak against, then the
    /// commoner one.
    pub scheme: Option<&'static str>,
    /// How many rows it could have written.
    pub written: u64,
    /// The rows that it did not write.
    pub disagree: Vec<Disagreement>,
    /// All schemes that wrote a row, the best first.
    pub schemes: Vec<SchemeShare>,
}

/// A row that the scheme of its column did not write.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// The number it was added under.
    pub row: u64,
    /// The scheme nearest to it.
    pub nearest: Option<&'static str>,
}

/// How much of a column a scheme could have written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SchemeShare {
    /// The scheme.
    pub id: &'static str,
    /// How many rows it wrote in full.
    pub written: u64,
    /// How many letters of all rows speak against it.
    pub against: u64,
}

impl Column {
    /// Adds what was found for a row; rows may come in any order.
    pub fn add(&mut self, row: u64, found: &Detection) {
        self.rows += 1;
        if found.against.is_empty() {
            return;
        }
        self.against.resize(found.against.len(), 0);
        let mut wrote = vec![0u64; found.against.len().div_ceil(64)];
        for (i, against) in found.against.iter().enumerate() {
            // A scheme of another script is as far away as can be told.
            self.against[i] += u64::from((*against).min(found.input.chars().count() as u32));
            if *against == 0 {
                wrote[i / 64] |= 1 << (i % 64);
            }
        }
        self.read.push((row, wrote, found.nearest));
    }

    /// The scheme of the column.
    pub fn finish(mut self) -> ColumnDetection {
        self.read.sort_by_key(|(row, ..)| *row);
        let written = |i: usize| self.read.iter().filter(|(_, wrote, _)| wrote[i / 64] >> (i % 64) & 1 == 1).count() as u64;
        let mut schemes: Vec<(usize, SchemeShare)> = (0..self.against.len())
            .map(|i| (i, SchemeShare { id: KNOWN.all[i].id, written: written(i), against: self.against[i] }))
            .filter(|(_, share)| share.written > 0)
            .collect();
        schemes.sort_by(|(i, a), (j, b)| {
            let prior = KNOWN.all[*j].prior.total_cmp(&KNOWN.all[*i].prior);
            b.written.cmp(&a.written).then(a.against.cmp(&b.against)).then(prior)
        });
        let best = schemes.first().map(|(i, _)| *i);
        let disagrees = |wrote: &[u64]| best.is_none_or(|i| wrote[i / 64] >> (i % 64) & 1 == 0);
        let disagree = self.read.iter().filter(|(_, wrote, _)| disagrees(wrote));
        ColumnDetection {
            rows: self.rows,
            transliterated: self.read.len() as u64,
            scheme: schemes.first().map(|(_, share)| share.id),
            written: schemes.first().map_or(0, |(_, share)| share.written),
            disagree: disagree.map(|(row, _, nearest)| Disagreement { row: *row, nearest: *nearest }).collect(),
            schemes: schemes.into_iter().map(|(_, share)| share).collect(),
        }
    }
}
