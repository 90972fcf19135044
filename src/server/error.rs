//! What can go wrong below the pages, keeping its meaning to the last floor; nothing of the inside is ever shown.

use super::db::Trouble;
use super::payments::{GatewayError, LoginFault};
use crate::domain::{FieldErrors, InvalidTransition, Overtaken, Refusal};
use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this actor: the same to the outside (B32, B48).
    #[error("not found")]
    NotFound,
    #[error("forbidden")]
    Forbidden,
    /// Fields of a form have to be mended.
    #[error("invalid input")]
    Invalid(FieldErrors),
    /// The rules refuse.
    #[error(transparent)]
    Refused(Refusal),
    /// Somebody else was first, and nothing tells who.
    #[error("changed meanwhile")]
    Stale,
    /// Somebody else was first, and this is what they did.
    #[error("changed meanwhile")]
    Overtaken(Overtaken),
    /// A row that cannot be: shown to nobody, logged for the shop.
    #[error("{0}")]
    Inconsistent(InconsistentRow),
    /// The gateway names another amount than our books; finance sees it listed.
    #[error("the gateway names another amount")]
    Differs,
    #[error("database")]
    Db(#[from] sqlx::Error),
    /// The folder of pictures is full or gone.
    #[error("pictures")]
    Pictures(#[source] object_store::Error),
    #[error("gateway")]
    Gateway(#[from] GatewayError),
    /// WeChat did not say who the buyer is.
    #[error("log-in at WeChat: {0}")]
    LogIn(#[from] LoginFault),
    #[error("internal: {0}")]
    Internal(String),
}

/// Where a row that cannot be stands: its table, the column that tells so, and its id or number.
#[derive(Debug, PartialEq, Eq)]
pub struct InconsistentRow {
    table: &'static str,
    column: &'static str,
    row: String,
}

impl fmt::Display for InconsistentRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, column, row } = self;
        write!(f, "inconsistent row in {table}: {column} of {row}")
    }
}

/// For the log, which names no person: of what the database said, not the rows that it said it of.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Db(error) => write!(f, "database: {error}"),
            Self::Invalid(errors) => write!(f, "invalid input: {:?}", errors.fields()),
            Self::Pictures(error) => write!(f, "pictures: {error}"),
            Self::Gateway(error) => write!(f, "gateway: {error}"),
            Self::NotFound
            | Self::Forbidden
            | Self::Refused(_)
            | Self::Stale
            | Self::Overtaken(_)
            | Self::Inconsistent(_)
            | Self::Differs
            | Self::LogIn(_)
            | Self::Internal(_) => write!(f, "{self}"),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        if refusal == Refusal::NotAllowed { Self::Forbidden } else { Self::Refused(refusal) }
    }
}

impl From<InvalidTransition> for Error {
    fn from(_: InvalidTransition) -> Self {
        Self::Stale
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Error {
    /// The row `row` of `table` cannot be, as its `column` tells.
    pub fn inconsistent(table: &'static str, column: &'static str, row: impl ToString) -> Self {
        Self::Inconsistent(InconsistentRow { table, column, row: row.to_string() })
    }

    /// The database does not answer for now.
    pub fn unanswered() -> Self {
        Self::Db(sqlx::Error::PoolTimedOut)
    }

    /// One field, one sentence.
    pub fn field(name: &str, words: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(name, words))
    }

    /// The words of a refusal that asks for a field to be mended stand beside it.
    #[must_use]
    pub fn beside_field(self) -> Self {
        let Self::Refused(refusal) = self else { return self };
        match refusal.field() {
            Some(field) => Self::field(field, refusal.to_string()),
            None => Self::Refused(refusal),
        }
    }

    /// Was a unique key there already? A second submission of the same form, or the loser of a race.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Db(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// Did a CHECK refuse? A guard that a race got past.
    pub fn is_check(&self) -> bool {
        matches!(self, Self::Db(sqlx::Error::Database(error)) if error.is_check_violation())
    }

    /// What keeps the machinery below from doing its part for now. The same request may be sent again when it has passed.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Db(error) => Trouble::of(error),
            Self::Pictures(_) => Some(Trouble::DiskFails),
            Self::NotFound
            | Self::Forbidden
            | Self::Invalid(_)
            | Self::Refused(_)
            | Self::Stale
            | Self::Overtaken(_)
            | Self::Inconsistent(_)
            | Self::Differs
            | Self::Gateway(_)
            | Self::LogIn(_)
            | Self::Internal(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_says_which_row_cannot_be() {
        let error = Error::inconsistent("orders", "status", 7);
        assert_eq!(format!("{error:?}"), "inconsistent row in orders: status of 7");
    }
}
