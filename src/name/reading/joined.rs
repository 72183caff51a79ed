//! Two words written as one, for comparing them with a word of the other name.

use super::align::{Sounded, Start, places_of};
use super::costs::Side;
use super::endings::{Cut, Endings, Opposite};
use super::letters::Letter;
use super::sounds::{Code, Sounds};

/// Two words written as one.
#[derive(Default)]
pub(super) struct Joined {
    pub letters: Vec<Letter>,
    codes: Vec<Code>,
    starts: Vec<Start>,
    side: Side,
    sounds: Sounds,
    cuts: Vec<Cut>,
    opposite: Option<Opposite>,
}

impl Joined {
    pub(super) fn read(&mut self, head: &Sounded, tail: &Sounded) {
        // Without the end of the head and the start of the tail.
        let cut = head.letters.len() - 1;
        self.letters.clear();
        self.letters.extend_from_slice(&head.letters[..cut]);
        self.letters.extend_from_slice(&tail.letters[1..]);
        self.codes.clear();
        self.codes.extend_from_slice(&head.codes[..cut]);
        self.codes.extend_from_slice(&tail.codes[1..]);
        // Runs with the start of the tail in them stand at the last letter of the head; those with the end of the head are none.
        self.starts.clear();
        self.starts.extend_from_slice(&head.starts[..cut - 1]);
        if let Some(last) = self.starts.last_mut() {
            last[1] = 0;
        }
        self.starts.extend_from_slice(tail.starts);
        self.side = head.side;
        if head.side == tail.side {
            self.sounds.join(head.sounds, tail.sounds);
            self.sounds.add_pair(self.letters[cut - 1], self.letters[cut]);
        } else {
            self.sounds = Sounds::NONE;
        }
        self.cuts.clear();
        self.opposite = Endings::get().each_cut(&self.letters[1..self.letters.len() - 1], |cut| self.cuts.push(cut));
    }

    pub(super) fn sounded(&self) -> Sounded<'_> {
        Sounded {
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
