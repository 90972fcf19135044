//! A row as a line: a JSON array of its columns in their order, the same from both engines.

use super::{BackupError, damaged};
use crate::server::db::catalog::{CatalogTable, Kind};
use crate::server::error::{Error, Result};
use serde_json::Value;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Arguments, Row};

/// Adds the row to the text.
pub fn encode(table: &CatalogTable, row: &AnyRow, text: &mut Vec<u8>) -> Result<()> {
    for (nth, column) in table.columns.iter().enumerate() {
        text.push(if nth == 0 { b'[' } else { b',' });
        let value = match column.kind {
            Kind::Number => row.try_get::<Option<i64>, _>(nth)?.map(Value::from),
            Kind::Text => row.try_get::<Option<String>, _>(nth)?.map(Value::from),
        };
        serde_json::to_writer(&mut *text, &value).map_err(|error| Error::Internal(error.to_string()))?;
    }
    text.extend_from_slice(b"]\n");
    Ok(())
}

/// The columns of a line, as values of a statement.
pub fn decode(table: &CatalogTable, line: &str, values: &mut AnyArguments) -> std::result::Result<(), BackupError> {
    let wrong = || damaged(format!("a row of {}", table.name));
    let columns: Vec<Value> = serde_json::from_str(line).map_err(|_| wrong())?;
    if columns.len() != table.columns.len() {
        return Err(wrong());
    }
    for (column, value) in table.columns.iter().zip(columns) {
        let added = match (column.kind, value) {
            (Kind::Number, Value::Null) => values.add(None::<i64>),
            (Kind::Number, Value::Number(number)) => values.add(number.as_i64().ok_or_else(wrong)?),
            (Kind::Text, Value::Null) => values.add(None::<String>),
            (Kind::Text, Value::String(text)) => values.add(text),
            (Kind::Number | Kind::Text, _) => return Err(wrong()),
        };
        added.map_err(|_| wrong())?;
    }
    Ok(())
}
