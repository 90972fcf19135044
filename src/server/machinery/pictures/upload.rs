//! One file that was sent along.

use bytes::Bytes;

/// One file as it arrived.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field of the form it was sent in.
    pub field: String,
    pub bytes: Bytes,
    /// How long it was as it was sent; of a longer one than is taken `bytes` are the beginning.
    pub size: usize,
}

impl Upload {
    /// A file that arrived whole.
    pub fn whole(field: &str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { field: field.to_owned(), size: bytes.len(), bytes }
    }
}
