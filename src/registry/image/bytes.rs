//! A stretch of bytes, in memory or in a mapped file.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Bytes that are cheap to clone and to cut. Reads outside of them give nothing.
#[derive(Clone)]
pub(crate) struct Bytes {
    whole: Whole,
    start: usize,
    len: usize,
}

#[derive(Clone)]
enum Whole {
    Owned(Arc<Vec<u8>>),
    Mapped(Arc<memmap2::Mmap>),
}

impl Bytes {
    pub(super) fn mapped(map: memmap2::Mmap) -> Bytes {
        let len = map.len();
        Bytes { whole: Whole::Mapped(Arc::new(map)), start: 0, len }
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        let whole: &[u8] = match &self.whole {
            Whole::Owned(bytes) => bytes,
            Whole::Mapped(map) => map,
        };
        // `slice` cuts inside the whole only.
        whole.get(self.start..self.start + self.len).unwrap_or_default()
    }

    /// `len` bytes from `start`; nothing when they are not all there.
    pub(crate) fn slice(&self, start: usize, len: usize) -> Option<Bytes> {
        let inside = start.checked_add(len).is_some_and(|end| end <= self.len);
        inside.then(|| Bytes { whole: self.whole.clone(), start: self.start + start, len })
    }

    /// The `i`-th number of four bytes.
    pub(crate) fn u32_at(&self, i: usize) -> Option<u32> {
        let at = i.checked_mul(4)?;
        let bytes = self.as_slice().get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// The `i`-th number of eight bytes.
    pub(crate) fn u64_at(&self, i: usize) -> Option<u64> {
        let at = i.checked_mul(8)?;
        let bytes = self.as_slice().get(at..at.checked_add(8)?)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        let len = bytes.len();
        Bytes { whole: Whole::Owned(Arc::new(bytes)), start: 0, len }
    }
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len)
    }
}
