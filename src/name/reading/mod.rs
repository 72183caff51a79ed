//! One reading for all scripts: a name as runs of letters whose likeness has a cost, and the comparison of two such names.

mod align;
mod bound;
mod charges;
mod compare;
mod costs;
mod endings;
mod joined;
mod known;
mod letters;
mod sounds;
mod spelling;

pub(crate) use bound::Bound;
pub(crate) use charges::WordCharges;
pub(crate) use compare::{ANY, Alignment, Comparer, Doubt, Met};
pub(crate) use costs::{Costs, STEP, Side, charges, steps};
pub(crate) use endings::Endings;
pub(crate) use known::Cost;
pub(crate) use letters::Letter;
pub(crate) use spelling::{MOST_WORDS, Spelling, Word};
