//! An answer read whole, but never without end.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::GatewayError;

/// No answer of a gateway's is longer, in bytes.
const LONGEST: usize = 1024 * 1024;

/// An answer as it came.
pub struct Read {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Read {
    /// What it says it is, for the log.
    pub fn kind(&self) -> String {
        let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("nothing");
        format!("{kind}, {} bytes", self.body.len())
    }
}

/// Reads an answer to its end; one that has none is given up.
pub async fn read(mut answer: reqwest::Response) -> Result<Read, GatewayError> {
    let (status, headers, mut body) = (answer.status(), answer.headers().clone(), Vec::new());
    while let Some(part) = answer.chunk().await? {
        if body.len() + part.len() > LONGEST {
            return Err(GatewayError::Unknown(format!("status {status}, an answer without end")));
        }
        body.extend_from_slice(&part);
    }
    Ok(Read { status, headers, body })
}
