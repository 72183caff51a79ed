//! Output on its way into the string: the one module of the library with unsafe code, for speed.
//!
//! Every entry of a table is a whole text of up to seven bytes, so what is put together of entries is UTF-8, and its
//! bytes are written straight into the string's memory. With checked code they went through a buffer that was set to
//! zero, checked and copied, which took a third of the time of a short name. What makes it sound stands in this file
//! alone: entries cannot be made but of a text, and the string's length is only ever set behind whole entries.
#![allow(unsafe_code)]

use std::iter::once;

/// Entries that are written in one go.
pub(super) const GROUP: usize = 4;
/// Room for a group: eight bytes are written for each entry, of which up to seven count.
const GROUP_ROOM: usize = GROUP * 8;
/// Room that is asked for at the beginning, beside that for the text.
pub(in crate::scheme) const SPARE: usize = GROUP_ROOM + 8;

/// Set unless the engine has to look.
const KNOWN: u64 = 1 << 59;
/// The bytes of the output.
const TEXT: u64 = (1 << 56) - 1;

/// Up to seven bytes of output, and in the highest byte their number and the bit `KNOWN`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry(u64);

impl Entry {
    /// What is written here is for the engine to say.
    pub(super) const LOOK: Entry = Entry(0);

    /// The entry of a text, if there is room for it.
    pub(super) fn of(text: &str) -> Entry {
        let bytes = text.as_bytes();
        if bytes.len() > 7 {
            return Entry::LOOK;
        }
        let mut entry = [0; 8];
        entry[..bytes.len()].copy_from_slice(bytes);
        entry[7] = bytes.len() as u8;
        Entry(KNOWN | u64::from_le_bytes(entry))
    }

    /// What an entry has before another that it ends in; nothing if it does not or is not longer, or one is not known.
    pub(super) fn before(self, end: Entry) -> Option<Entry> {
        let len = self.len().checked_sub(end.len()).filter(|len| *len > 0 && end != Entry::LOOK)?;
        let (text, end) = (self.0 & TEXT, end.0 & TEXT);
        (text >> (8 * len) == end).then(|| Entry(KNOWN | (len as u64) << 56 | text & ((1 << (8 * len)) - 1)))
    }

    pub(super) fn len(self) -> usize {
        (self.0 >> 56 & 7) as usize
    }
}

/// Entries by number; those that were never set are [`Entry::LOOK`], and take no memory on most systems.
#[derive(Debug, Clone)]
pub(super) struct Entries(Vec<u64>);

impl Entries {
    pub(super) fn new(len: usize) -> Entries {
        Entries(vec![0; len])
    }

    pub(super) fn set(&mut self, at: usize, entry: Entry) {
        self.0[at] = entry.0;
    }

    pub(super) fn get(&self, at: usize) -> Entry {
        Entry(self.0[at])
    }

    /// The entries of a row, for comparing.
    pub(super) fn row(&self, at: usize) -> &[u64] {
        &self.0[at..at + super::COLUMNS]
    }

    /// The first of them, if there are so many.
    pub(super) fn first<const LEN: usize>(&self) -> Option<First<'_, LEN>> {
        self.0.first_chunk().map(First)
    }
}

/// The first entries, of which a number is taken modulo how many they are, a power of two.
#[derive(Clone, Copy)]
pub(super) struct First<'t, const LEN: usize>(&'t [u64; LEN]);

impl<const LEN: usize> First<'_, LEN> {
    #[inline(always)]
    pub(super) fn get(self, at: u32) -> Entry {
        Entry(self.0[at as usize % LEN])
    }
}

/// A string that is being written to. What was put in is the string's when [`Outbox::finish`] is called; before that
/// it may be lost.
pub(super) struct Outbox<'o> {
    out: &'o mut String,
    /// The beginning of the string's memory.
    start: *mut u8,
    /// How many bytes are written, all of them whole entries or texts: at least the string's length.
    len: usize,
    capacity: usize,
}

impl<'o> Outbox<'o> {
    pub(super) fn new(out: &'o mut String) -> Outbox<'o> {
        let mut outbox = Outbox { start: std::ptr::null_mut(), len: 0, capacity: 0, out };
        outbox.measure();
        outbox
    }

    fn measure(&mut self) {
        // SAFETY: only the place of the string's memory is asked for.
        self.start = unsafe { self.out.as_mut_vec() }.as_mut_ptr();
        self.len = self.out.len();
        self.capacity = self.out.capacity();
    }

    /// Gives the string what was written.
    fn commit(&mut self) {
        // SAFETY: `len` bytes of the string's memory are written, and they are whole texts one after the other.
        unsafe { self.out.as_mut_vec().set_len(self.len) };
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.commit();
        self.out.reserve(SPARE);
        self.measure();
    }

    /// Writes the entries of a group up to the first that is not known; how many those are.
    #[inline(always)]
    pub(super) fn put(&mut self, group: &[Entry; GROUP]) -> usize {
        self.put_all(once(*group))
    }

    /// The same for groups.
    #[inline(always)]
    pub(super) fn put_all(&mut self, groups: impl Iterator<Item = [Entry; GROUP]>) -> usize {
        let mut count = 0;
        for group in groups {
            if self.capacity - self.len < GROUP_ROOM {
                self.grow();
            }
            if group.iter().fold(KNOWN, |all, entry| all & entry.0) == 0 {
                let known = group.iter().take_while(|entry| **entry != Entry::LOOK);
                return count + known.inspect(|entry| self.write(**entry)).count();
            }
            group.iter().for_each(|entry| self.write(*entry));
            count += GROUP;
        }
        count
    }

    /// Writes an entry.
    #[inline(always)]
    pub(super) fn put_one(&mut self, entry: Entry) {
        if self.capacity - self.len < GROUP_ROOM {
            self.grow();
        }
        self.write(entry);
    }

    /// Writes one of a group's entries, all known, for which there was room.
    #[inline(always)]
    fn write(&mut self, entry: Entry) {
        // SAFETY: behind `self.len` the string's memory has GROUP_ROOM bytes before a group, and the entries before this
        // one moved `len` by no more than seven bytes each, so that there are eight bytes.
        unsafe { self.start.add(self.len).cast::<[u8; 8]>().write(entry.0.to_le_bytes()) };
        // It is known: without the bit the highest byte is its length.
        self.len += (entry.0 >> 56) as usize - (KNOWN >> 56) as usize;
    }

    /// How long the string is with what is written.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Puts an entry in at a place of the string, if a character begins there.
    #[inline(always)]
    pub(super) fn insert(&mut self, at: usize, entry: Entry) {
        if self.capacity - self.len < GROUP_ROOM {
            self.grow();
        }
        let (len, bytes) = (entry.len(), entry.0.to_le_bytes());
        // SAFETY: all of the string is written up to `self.len`, so that its byte at a place before that may be read, and
        // tells whether a character begins there; then whole texts stand one after the other with an entry between them,
        // too. Behind `self.len` there is room for as many bytes as it has.
        unsafe {
            let place = self.start.add(at.min(self.len));
            if at == self.len || at < self.len && *place & 0xC0 != 0x80 {
                place.copy_to(place.add(len), self.len - at);
                place.copy_from_nonoverlapping(bytes.as_ptr(), len);
                self.len += len;
            }
        }
    }

    pub(super) fn put_str(&mut self, text: &str) {
        self.commit();
        self.out.push_str(text);
        self.measure();
    }

    pub(super) fn finish(mut self) {
        self.commit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_in_comes_out(
            start in "\\PC{0,9}",
            room in 0..90usize,
            groups in prop::collection::vec((prop::array::uniform4("\\PC{0,3}"), "\\PC{0,12}"), 0..40),
        ) {
            let mut out = start.clone();
            out.reserve_exact(room);
            let mut plain = start;
            let mut outbox = Outbox::new(&mut out);
            for (texts, more) in &groups {
                let group = texts.each_ref().map(|text| Entry::of(text));
                let known = texts.iter().take_while(|text| text.len() < 8).count();
                prop_assert_eq!(outbox.put(&group), known);
                plain.extend(texts[..known].iter().map(String::as_str));
                if known < GROUP {
                    outbox.put_str(more);
                    plain.push_str(more);
                }
            }
            outbox.finish();
            prop_assert_eq!(out, plain);
        }
    }

    #[test]
    fn an_entry_is_put_in_where_a_character_begins() {
        let entry = Entry::of("щи").before(Entry::of("и")).unwrap();
        assert_eq!((entry, Entry::of("щи").before(Entry::of(""))), (Entry::of("щ"), Some(Entry::of("щи"))));
        for (whole, end) in [("щи", "щи"), ("щи", "щ"), ("и", "щи"), ("щи", "абщи")] {
            assert_eq!(Entry::of(whole).before(Entry::of(end)), None, "{whole} {end}");
        }
        for room in 0..80 {
            let mut out = "а".to_owned();
            out.reserve_exact(room);
            let mut outbox = Outbox::new(&mut out);
            outbox.put(&["б", "в", "", "г"].map(Entry::of));
            (0..12).for_each(|at| outbox.insert(at, entry));
            outbox.insert(usize::MAX, entry);
            assert_eq!(outbox.len(), 20);
            outbox.finish();
            assert_eq!(out, "щщщщщщабвг");
        }
    }

    #[test]
    fn what_is_not_finished_is_lost_and_nothing_else() {
        let mut out = "а".to_owned();
        Outbox::new(&mut out).put(&[Entry::of("бв"), Entry::of(""), Entry::LOOK, Entry::of("г")]);
        assert_eq!(out, "а");
    }
}
