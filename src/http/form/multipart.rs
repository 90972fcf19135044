//! A multipart body part by part, as it arrives: never more of it in memory than the piece at hand.

use super::FormError;
use crate::server::limits::{DRAINED_BYTES, PART_HEADER_BYTES};
use axum::body::{Body, BodyDataStream, Bytes};
use bytes::BytesMut;
use futures_util::StreamExt;
use memchr::memmem;

/// The body, and how far it was read.
pub struct MultipartBody {
    stream: BodyDataStream,
    /// Read and not given out yet.
    buffer: BytesMut,
    /// A line break, two hyphens and the boundary: what stands between parts.
    delimiter: Vec<u8>,
    arrived: usize,
    most: usize,
}

/// What stands above a part.
#[derive(Debug, PartialEq, Eq)]
pub struct PartHead {
    pub name: String,
    /// It has a file name.
    pub is_file: bool,
}

impl MultipartBody {
    /// Of a body of at most `most` bytes, whose content type names the boundary.
    pub fn new(content_type: &str, body: Body, most: usize) -> Option<Self> {
        let boundary = parameter(content_type, "boundary").filter(|boundary| (1..=70).contains(&boundary.len()))?;
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        // The first boundary has no line break before it.
        Some(Self { stream: body.into_data_stream(), buffer: BytesMut::from("\r\n"), delimiter, arrived: 0, most })
    }

    /// The next part, once the one before was read to its end; `None` behind the last.
    pub async fn next(&mut self) -> Result<Option<PartHead>, FormError> {
        while self.piece().await?.is_some() {}
        let _ = self.buffer.split_to(self.delimiter.len());
        while self.buffer.len() < 2 {
            self.more().await?;
        }
        if self.buffer.starts_with(b"--") {
            return Ok(None);
        }
        let end = loop {
            if let Some(end) = memmem::find(&self.buffer, b"\r\n\r\n") {
                break end;
            }
            if self.buffer.len() > PART_HEADER_BYTES {
                return Err(FormError::Unreadable);
            }
            self.more().await?;
        };
        let head = self.buffer.split_to(end + 4);
        head_of(&head).map(Some).ok_or(FormError::Unreadable)
    }

    /// The next piece of the part; `None` at its end.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, FormError> {
        loop {
            if let Some(at) = memmem::find(&self.buffer, &self.delimiter) {
                return Ok((at > 0).then(|| self.buffer.split_to(at).freeze()));
            }
            // The end of what was read may be the beginning of a boundary.
            let sure = (self.buffer.len() + 1).saturating_sub(self.delimiter.len());
            if sure > 0 {
                return Ok(Some(self.buffer.split_to(sure).freeze()));
            }
            self.more().await?;
        }
    }

    /// Reads on and forgets what comes: browsers look at no answer before all is sent.
    pub async fn drain(&mut self) {
        while self.arrived <= DRAINED_BYTES {
            match self.stream.next().await {
                Some(Ok(piece)) => self.arrived += piece.len(),
                Some(Err(_)) | None => break,
            }
        }
    }

    async fn more(&mut self) -> Result<(), FormError> {
        let piece = self.stream.next().await.ok_or(FormError::Unreadable)?.map_err(|_| FormError::Unreadable)?;
        self.arrived += piece.len();
        if self.arrived > self.most {
            return Err(FormError::FilesTooLarge);
        }
        self.buffer.extend_from_slice(&piece);
        Ok(())
    }
}

fn head_of(head: &[u8]) -> Option<PartHead> {
    let head = std::str::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let (_, disposition) = lines.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))?;
    let is_file = parameter(disposition, "filename").or_else(|| parameter(disposition, "filename*")).is_some();
    Some(PartHead { name: parameter(disposition, "name")?, is_file })
}

/// The value of `name` behind the semicolons of a header, in quotes or without.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, behind) = rest.split_once('=')?;
        let (value, behind) = if let Some(quoted) = behind.trim_start().strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let (value, behind) = behind.split_once(';').unwrap_or((behind, ""));
            (value.trim().to_owned(), behind)
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = behind.trim_start().trim_start_matches(';');
    }
}

/// The text up to the closing quote, and what stands behind it. Browsers write a quote as `%22`, other clients as `\"`.
fn unquoted(quoted: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' if quoted[at + 1..].starts_with('"') => {
                value.push('"');
                letters.next();
            }
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;

    /// Read from a body that arrives in pieces of `size` bytes.
    async fn read(body: &[u8], size: usize) -> Result<Vec<(String, bool, Vec<u8>)>, FormError> {
        let pieces: Vec<_> = body.chunks(size).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
        let body = Body::from_stream(stream::iter(pieces));
        let mut parts = MultipartBody::new("multipart/form-data; boundary=\"b-1\"", body, 100_000).ok_or(FormError::Unreadable)?;
        let mut found = Vec::new();
        while let Some(PartHead { name, is_file }) = parts.next().await? {
            let mut bytes = Vec::new();
            while let Some(piece) = parts.piece().await? {
                bytes.extend_from_slice(&piece);
            }
            found.push((name, is_file, bytes));
        }
        Ok(found)
    }

    const TWO: &[u8] =
        b"--b-1\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\r\n--b-2 \r\n--b\r\n--b-1\r\ncontent-type: image/png\r\n\
        content-disposition: form-data; name=evidence; filename=\"a;name=x.png\"\r\n\r\n\0\xff\r\n--b-1--\r\nrest";

    #[tokio::test]
    async fn parts_are_the_same_in_whatever_pieces_they_arrive() {
        let expected = vec![("note".to_owned(), false, b"\r\n--b-2 \r\n--b".to_vec()), ("evidence".to_owned(), true, b"\0\xff".to_vec())];
        for size in 1..TWO.len() {
            assert_eq!(read(TWO, size).await.as_ref(), Ok(&expected), "{size}");
        }
    }

    #[tokio::test]
    async fn what_ends_early_or_has_no_name_is_refused() {
        for end in 0..TWO.len() - 8 {
            assert_eq!(read(&TWO[..end], 7).await, Err(FormError::Unreadable), "{end}");
        }
        for wrong in ["--b-1\r\n\r\nx\r\n--b-1--", "--b-1\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b-1--"] {
            assert_eq!(read(wrong.as_bytes(), 100).await, Err(FormError::Unreadable), "{wrong}");
        }
    }

    #[tokio::test]
    async fn headers_without_an_end_are_not_read_for_ever() {
        let long = [b"--b-1\r\nx: ".to_vec(), vec![b'a'; 50_000]].concat();
        assert_eq!(read(&long, 1_000).await, Err(FormError::Unreadable));
        let large = [b"--b-1\r\nContent-Disposition: form-data; name=a\r\n\r\n".to_vec(), vec![b'a'; 200_000]].concat();
        assert_eq!(read(&large, 1_000).await, Err(FormError::FilesTooLarge));
    }

    #[test]
    fn a_name_in_quotes_is_read_as_its_client_meant_it() {
        let read = |header| parameter(header, "name");
        assert_eq!(read("form-data; name=\"a\\\"b\"; filename=x").as_deref(), Some("a\"b"));
        assert_eq!(read("form-data; filename=\"name=x\"; NAME=b").as_deref(), Some("b"));
        assert_eq!(read("form-data; name=\"C:\\x\"").as_deref(), Some("C:\\x"));
        assert_eq!(read("form-data"), None);
    }
}
