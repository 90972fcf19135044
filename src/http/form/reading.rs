//! How a form is read: by the rule of its route, and never more of it than its sender may send.

use super::multipart::MultipartBody;
use super::{Form, FormError};
use crate::domain::text;
use crate::routes::forms::{FormRule, rule_of};
use crate::server::limits::{
    DRAINED_BYTES, FIELD_NAME_BYTES, FORM_BYTES, FORM_FIELDS, FORM_TIME, PICTURE_BYTES, STRANGER_FIELDS, UPLOAD_BYTES_AT_ONCE,
    UPLOAD_FORM_BYTES, UPLOAD_TIME, UPLOAD_WAIT,
};
use crate::server::machinery::pictures::upload::Upload;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};
use futures_util::StreamExt;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Who sends the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormSender {
    /// Somebody whom the gate of the page has let in.
    Known,
    /// Somebody who has to log in first: only what the page knows is kept, and of files only that there were some.
    Stranger,
}

/// Memory for files.
static FILES: Semaphore = Semaphore::const_new(UPLOAD_BYTES_AT_ONCE / UNIT);
const UNIT: usize = 64 * 1024;
/// What a file grows by while it arrives.
const FILE_STEP: usize = 512 * 1024;

/// Reads the form within its time.
pub async fn read(request: Request, sender: FormSender) -> Result<Form, FormError> {
    let rule = rule_of(request.uri().path());
    let takes_files = rule.is_some_and(FormRule::takes_files);
    let reader = FormReader {
        form: Form { to: request.uri().path().to_owned(), ..Form::default() },
        rule,
        sender,
        bytes: 0,
        share: MemoryShare::default(),
    };
    if !header(request.headers(), CONTENT_TYPE).starts_with("multipart/form-data") {
        return timeout(FORM_TIME, reader.urlencoded(request)).await.map_err(|_| FormError::Slow)?;
    }
    if header(request.headers(), CONTENT_LENGTH).parse().is_ok_and(|length: usize| length > UPLOAD_FORM_BYTES) {
        return Err(FormError::FilesTooLarge);
    }
    let time = if takes_files { UPLOAD_TIME } else { FORM_TIME };
    timeout(time, reader.multipart(request, takes_files)).await.map_err(|_| FormError::Slow)?
}

/// What a form's files take of the memory for files: as much as has arrived, so that whoever announces much and sends little keeps nobody waiting.
#[derive(Default)]
struct MemoryShare {
    permit: Option<SemaphorePermit<'static>>,
    kept: usize,
}

impl MemoryShare {
    async fn grow(&mut self, bytes: usize) -> Result<(), FormError> {
        self.kept += bytes;
        let held = self.permit.as_ref().map_or(0, SemaphorePermit::num_permits);
        let more = self.kept.div_ceil(UNIT).saturating_sub(held);
        if more == 0 {
            return Ok(());
        }
        let waited = timeout(UPLOAD_WAIT, FILES.acquire_many(u32::try_from(more).unwrap_or(u32::MAX))).await;
        let permit = waited.map_err(|_| FormError::Busy)?.map_err(|_| FormError::Busy)?;
        match &mut self.permit {
            Some(held) => held.merge(permit),
            None => self.permit = Some(permit),
        }
        Ok(())
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A body without files. One that is too long is read on for a while, and forgotten: browsers look at no answer before all is sent.
async fn whole(body: Body) -> Result<Vec<u8>, FormError> {
    let (mut stream, mut whole, mut arrived) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| FormError::Unreadable)?;
        arrived += piece.len();
        if arrived <= FORM_BYTES {
            whole.extend_from_slice(&piece);
        } else if arrived > DRAINED_BYTES {
            break;
        }
    }
    if arrived > FORM_BYTES { Err(FormError::TooLong) } else { Ok(whole) }
}

struct FormReader {
    form: Form,
    rule: Option<&'static FormRule>,
    sender: FormSender,
    /// Of names and values, without files.
    bytes: usize,
    share: MemoryShare,
}

impl FormReader {
    async fn urlencoded(mut self, request: Request) -> Result<Form, FormError> {
        let body = whole(request.into_body()).await?;
        if memchr::memchr_iter(b'&', &body).count() >= self.most_fields() {
            return Err(FormError::TooManyFields);
        }
        let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).map_err(|_| FormError::Unreadable)?;
        for (name, value) in fields {
            self.keep(name, value)?;
        }
        Ok(self.form)
    }

    async fn multipart(mut self, request: Request, takes_files: bool) -> Result<Form, FormError> {
        let content_type = header(request.headers(), CONTENT_TYPE).to_owned();
        let most = if takes_files { UPLOAD_FORM_BYTES } else { FORM_BYTES };
        let mut parts = MultipartBody::new(&content_type, request.into_body(), most).ok_or(FormError::Unreadable)?;
        let read = self.read_parts(&mut parts).await;
        if read.is_err() {
            self.share = MemoryShare::default();
            self.form.files.clear();
            parts.drain().await;
        }
        self.form.share = self.share.permit.map(Arc::new);
        read.map(|()| self.form)
    }

    async fn read_parts(&mut self, parts: &mut MultipartBody) -> Result<(), FormError> {
        let mut read = 0;
        while let Some(part) = parts.next().await? {
            read += 1;
            if read > self.most_fields() {
                return Err(FormError::TooManyFields);
            }
            if part.is_file {
                self.keep_file(part.name, parts).await?;
            } else {
                let mut value = Vec::new();
                while let Some(piece) = parts.piece().await? {
                    value.extend_from_slice(&piece);
                    if value.len() > FORM_BYTES {
                        return Err(FormError::TooLong);
                    }
                }
                self.keep(part.name, String::from_utf8(value).map_err(|_| FormError::Unreadable)?)?;
            }
        }
        Ok(())
    }

    fn most_fields(&self) -> usize {
        match self.sender {
            FormSender::Known => FORM_FIELDS,
            FormSender::Stranger => STRANGER_FIELDS,
        }
    }

    fn keep(&mut self, name: String, mut value: String) -> Result<(), FormError> {
        // Browsers break lines in two ways, by how a form is sent: it is the same form.
        if value.contains('\r') {
            value = value.replace("\r\n", "\n");
        }
        self.bytes += name.len() + value.len();
        if self.bytes > FORM_BYTES {
            return Err(FormError::TooLong);
        }
        if name.len() > FIELD_NAME_BYTES {
            return Err(FormError::Unreadable);
        }
        // The one letter that PostgreSQL has no room for, and direction marks. A password is compared as it was typed.
        value.retain(|letter| letter != '\0');
        if !name.contains("password") {
            value = text::without_direction_marks(value);
        }
        if self.sender == FormSender::Known || self.rule.is_some_and(|rule| rule.knows(&name)) {
            self.form.fields.push((name, value));
        }
        Ok(())
    }

    /// One byte more than allowed is kept, so that the refusal can say so beside the field; of a stranger's file nothing but its first.
    async fn keep_file(&mut self, name: String, parts: &mut MultipartBody) -> Result<(), FormError> {
        let known = self.rule.is_some_and(|rule| rule.knows_file(&name));
        let most = match self.sender {
            FormSender::Known if known => PICTURE_BYTES + 1,
            FormSender::Stranger if known => 1,
            FormSender::Known | FormSender::Stranger => 0,
        };
        let (mut bytes, mut size) = (Vec::new(), 0);
        while let Some(piece) = parts.piece().await? {
            size += piece.len();
            let kept = piece.len().min(most - bytes.len());
            if self.sender == FormSender::Known {
                self.share.grow(kept).await?;
            }
            // Grown by little, where a vector would double: what is counted is what it takes.
            if bytes.capacity() - bytes.len() < kept {
                bytes.reserve_exact(kept.max(FILE_STEP.min(most - bytes.len())));
            }
            bytes.extend_from_slice(&piece[..kept]);
        }
        if known {
            bytes.shrink_to_fit();
            self.form.files.push(Upload { field: name, bytes: bytes.into(), size });
        }
        Ok(())
    }
}
