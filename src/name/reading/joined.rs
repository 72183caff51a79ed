//! Two words written as one, for comparing them with a word of the other name.

use super::align::{Sounded, Start, places_of, starts};
use super::costs::Side;
use super::endings::{Cut, Endings, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};
use super::spelling::Place;

/// Two words written as one.
#[derive(Default)]
pub(super) struct Joined {
    pub places: Vec<Place>,
    letters: Vec<Letter>,
    codes: Vec<Code>,
    starts: Vec<Start>,
    side: Side,
    sounds: Sounds,
    cuts: Vec<Cut>,
    opposite: Option<Opposite>,
}

impl Joined {
    pub(super) fn read(&mut self, head: &Sounded, tail: &Sounded) {
        let cut = head.places.len() - 1;
        self.places.clear();
        self.places.extend(head.places[..cut].iter().chain(&tail.places[1..]));
        self.letters.clear();
        self.letters.extend(head.letters[..cut].iter().chain(&tail.letters[1..]));
        self.codes.clear();
        self.codes.extend(head.codes[..cut].iter().chain(&tail.codes[1..]));
        self.starts.clear();
        self.starts.extend(starts(&self.places));
        self.side = head.side;
        if head.side == tail.side {
            self.sounds.join(head.sounds, tail.sounds)
        } else {
            self.sounds = Sounds::NONE
        }
        self.cuts.clear();
        self.opposite = Endings::get().each_cut(&self.letters[1..self.letters.len() - 1], |cut| self.cuts.push(cut));
    }

    pub(super) fn sounded(&self) -> Sounded<'_> {
        Sounded {
            places: &self.places,
            letters: &self.letters,
            codes: &self.codes,
            starts: &self.starts,
            runs: places_of(&self.starts),
            side: self.side,
            sounds: &self.sounds,
            cuts: &self.cuts,
            endings: self.cuts.iter().fold(0, |all, cut| all | cut.groups),
            opposite: self.opposite,
            is_joined: true,
        }
    }
}
