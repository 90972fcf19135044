//! A form as it was sent, urlencoded or multipart: read once, and kept to be shown again when something is wrong with it.

mod error;
mod multipart;
mod reading;

pub use error::{FormError, FormRefusal};
pub use reading::{FormSender, read};

use crate::domain::{Request as Asked, text};
use crate::routes::forms::{FormRule, rule_of};
use crate::server::machinery::digest::Digest;
use crate::server::machinery::pictures::upload::Upload;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::SemaphorePermit;

/// The hidden field that makes sending a form twice harmless, and the one that says which version of a thing it was drawn from.
const KEY: &str = "request_key";
const VERSION: &str = "version";

/// What was typed, field by field, and the files beside it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The path it was sent to.
    to: String,
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
    /// Its share of the memory that files of forms may take, given back with the last copy.
    share: Option<Arc<SemaphorePermit<'static>>>,
}

impl Form {
    /// From pairs, for tests and for pages that begin with something filled in.
    pub fn of(fields: &[(&str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { fields, ..Self::default() }
    }

    /// What stands in `name`; empty if nothing was sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Was `name` sent at all? Check boxes and pressed buttons.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// All values of a field that may be sent several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Fields named `prefix` + id, read as whole numbers: `quantity_7=2` is `(7, Some(2))`. What is no number is `None`; an empty field is zero.
    pub fn numbers(&self, prefix: &str) -> Vec<(i64, Option<i64>)> {
        let number = |digits: String| if digits.is_empty() { Some(0) } else { digits.parse().ok() };
        let typed = self.fields.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?.parse().ok()?, value)));
        typed.map(|(id, value)| (id, number(text::legible(value)))).collect()
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.fields.push((name.to_owned(), value.into()));
    }

    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.fields.push((name.to_owned(), value.into()));
    }

    /// Puts a file beside the fields.
    pub fn attach(&mut self, field: &str, bytes: impl Into<Bytes>) {
        self.files.push(Upload::whole(field, bytes));
    }

    /// The files of a field; empty file inputs are not files.
    pub fn files(&self, field: &str) -> Vec<Upload> {
        self.files.iter().filter(|file| file.field == field && !file.bytes.is_empty()).cloned().collect()
    }

    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|(field, _)| field != name);
    }

    /// Drops the files of a field: they are kept elsewhere now.
    pub fn forget_files(&mut self, field: &str) {
        self.files.retain(|file| file.field != field);
    }

    /// The names of the fields that files were sent in, each once.
    pub fn file_fields(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.files.iter().filter(|file| !file.bytes.is_empty()).map(|file| file.field.as_str()).collect();
        names.dedup();
        names
    }

    /// What the form asks for: everything in it but its key and what it knew, and where it was sent.
    pub fn request(&self) -> Asked {
        let mut fields: Vec<&(String, String)> = self.fields.iter().filter(|(name, _)| name != KEY && name != VERSION).collect();
        fields.sort();
        let mut digest = Digest::default();
        digest.add(self.to.as_bytes());
        digest.add(&fields.len().to_be_bytes());
        for (name, value) in fields {
            digest.add(name.as_bytes());
            digest.add(value.as_bytes());
        }
        for file in self.files.iter().filter(|file| !file.bytes.is_empty()) {
            digest.add(file.field.as_bytes());
            digest.add(&file.bytes);
        }
        Asked { key: self.get(KEY).to_owned(), fingerprint: digest.finish() }
    }

    /// Every field, for a page that carries the form through a log-in.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}

/// Read by a page whose gate has let the sender in, or which is open to everybody.
impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = FormError;

    async fn from_request(request: Request, _: &S) -> Result<Self, FormError> {
        let open = rule_of(request.uri().path()).is_some_and(FormRule::is_open);
        read(request, if open { FormSender::Stranger } else { FormSender::Known }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILLED: [(&str, &str); 3] = [("amount", "10.00"), ("request_key", "k"), ("version", "3")];

    fn fingerprint(form: &Form) -> String {
        form.request().fingerprint
    }

    #[test]
    fn what_a_form_asks_is_the_same_whatever_it_knew() {
        let later = Form::of(&[("version", "4"), ("amount", "10.00"), ("request_key", "another")]);
        assert_eq!(fingerprint(&Form::of(&FILLED)), fingerprint(&later));
        assert_eq!(Form::of(&FILLED).request().key, "k");
    }

    #[test]
    fn another_field_another_file_or_another_place_asks_for_something_else() {
        let filled = Form::of(&FILLED);
        let mut others = [filled.clone(), filled.clone(), filled.clone(), Form { to: "/elsewhere".to_owned(), ..filled.clone() }];
        others[0].set("amount", "10.01");
        others[1].add("amount", "10.00");
        others[2].attach("evidence", "a picture");
        for other in others {
            assert_ne!(fingerprint(&other), fingerprint(&filled), "{other:?}");
        }
    }
}
