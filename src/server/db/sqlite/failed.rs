//! An error of SQLite's as the driver would tell it, so that everybody above reads one kind.

use sqlx::error::{DatabaseError, ErrorKind};
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// What SQLite says, with its extended code.
#[derive(Debug)]
struct SqliteFailure {
    code: i32,
    message: String,
}

pub fn failed(error: rusqlite::Error) -> sqlx::Error {
    if let rusqlite::Error::SqliteFailure(code, message) = error {
        let message = message.unwrap_or_else(|| code.to_string());
        return sqlx::Error::Database(Box::new(SqliteFailure { code: code.extended_code, message }));
    }
    sqlx::Error::Decode(Box::new(error))
}

impl fmt::Display for SqliteFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(code: {}) {}", self.code, self.message)
    }
}

impl Error for SqliteFailure {}

impl DatabaseError for SqliteFailure {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }

    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }

    /// Who reads breaks no rule of the tables.
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}
