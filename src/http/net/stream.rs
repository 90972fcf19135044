//! The bytes of a connection, noting when some arrive and whether the client takes ours.

use super::progress::ConnectionProgress;
use crate::server::limits::UPLOAD_FORM_BYTES;
use std::io::{IoSlice, Result};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

pub struct Stream {
    inner: TcpStream,
    progress: Arc<ConnectionProgress>,
    /// What the client may still send after our last answer; `None` before it.
    forgets: Option<usize>,
}

impl Stream {
    pub fn new(inner: TcpStream, progress: Arc<ConnectionProgress>) -> Self {
        Self { inner, progress, forgets: None }
    }

    fn noted(&self, written: Poll<Result<usize>>) -> Poll<Result<usize>> {
        self.progress.note_write(written.is_ready());
        written
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buffer);
        if read.is_pending() {
            self.progress.await_headers();
        } else if buffer.filled().len() > before {
            self.progress.note_bytes();
        }
        read
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.noted(written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, slices);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    /// Says that no answer follows, then reads on for a while and forgets what comes: who closes while bytes lie unread resets the connection, and the
    /// client loses our last answer with it.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let mut left = if let Some(left) = self.forgets {
            left
        } else {
            ready!(Pin::new(&mut self.inner).poll_shutdown(cx))?;
            if self.progress.begin_leaving() { UPLOAD_FORM_BYTES } else { 0 }
        };
        let mut space = [MaybeUninit::uninit(); 8 * 1024];
        while left > 0 {
            self.forgets = Some(left);
            let mut buffer = ReadBuf::uninit(&mut space);
            ready!(Pin::new(&mut self.inner).poll_read(cx, &mut buffer))?;
            left = if buffer.filled().is_empty() { 0 } else { left.saturating_sub(buffer.filled().len()) };
        }
        Poll::Ready(Ok(()))
    }
}
