//! SQL, and rows made into types. Every statement is scoped by the shop or the buyer it is asked for.

pub mod after_sales;
pub mod counts;
pub mod events;
pub mod goods;
pub mod machinery;
pub mod money;
pub mod orders;
pub mod people;
mod search;

use super::error::{Error, Result};

/// A page of a list: at most `limit` rows, and the id to go on from.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    /// Ask for rows beyond this id; `None` on the last page.
    pub next: Option<i64>,
}

/// Cuts a page out of one row more than asked for.
pub(super) fn slice<T>(mut rows: Vec<T>, limit: i64, id: impl Fn(&T) -> i64) -> Slice<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(id) } else { None };
    Slice { rows, next }
}

/// Counts stop here: pages show 99+ beyond it, and counting on would cost more the larger the shop.
pub const COUNT_LIMIT: i64 = 100;

/// Reads a column that holds the code of one of the known. An impossible row is an error.
pub(super) fn coded<T>(
    table: &'static str,
    column: &'static str,
    row: impl ToString,
    code: &str,
    from_code: impl FnOnce(&str) -> Option<T>,
) -> Result<T> {
    from_code(code).ok_or_else(|| Error::inconsistent(table, column, row))
}

/// The same of a column that is empty where there is none.
pub(super) fn coded_if_any<T>(
    table: &'static str,
    column: &'static str,
    row: impl ToString,
    code: &str,
    from_code: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>> {
    if code.is_empty() { Ok(None) } else { coded(table, column, row, code, from_code).map(Some) }
}

/// Reads a JSON column that only we write.
pub(super) fn json<T: serde::de::DeserializeOwned>(table: &'static str, column: &'static str, row: impl ToString, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Error::inconsistent(table, column, row))
}

/// Writes a JSON column.
pub fn to_json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}
