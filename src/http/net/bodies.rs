//! The bodies of a request and its answer, noting how far they are.

use super::progress::ConnectionProgress;
use axum::body::{Body as AxumBody, Bytes};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// What arrives.
pub struct RequestBody {
    inner: Incoming,
    /// Its end was seen: of a body in chunks nothing else tells.
    ended: bool,
    progress: Arc<ConnectionProgress>,
}

/// What is sent.
pub struct ResponseBody {
    inner: AxumBody,
    progress: Arc<ConnectionProgress>,
}

impl RequestBody {
    pub fn new(inner: Incoming, progress: Arc<ConnectionProgress>) -> Self {
        Self { inner, ended: false, progress }
    }
}

impl ResponseBody {
    pub fn new(inner: AxumBody, progress: Arc<ConnectionProgress>) -> Self {
        Self { inner, progress }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        match &frame {
            Poll::Pending => self.progress.await_body(),
            Poll::Ready(Some(Ok(frame))) if !self.inner.is_end_stream() => self.progress.note_body(frame.data_ref().map_or(0, Bytes::len)),
            Poll::Ready(_) => {
                self.ended = true;
                self.progress.note_request_end();
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        if !self.ended && !self.inner.is_end_stream() {
            self.progress.abandon_body();
        }
        self.progress.note_request_end();
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.inner).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// Hyper lets go of an answer once it is written.
impl Drop for ResponseBody {
    fn drop(&mut self) {
        self.progress.note_answer();
    }
}
