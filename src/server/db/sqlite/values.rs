//! What a statement is asked with.

use rusqlite::Statement;
use rusqlite::types::Null;
use sqlx_core::any::{AnyArguments, AnyValueKind};

/// Gives each parameter its value, of which `places` tells the place; one that is given none is null, as with the driver.
pub fn bind(statement: &mut Statement<'_>, places: &[usize], values: &AnyArguments) -> rusqlite::Result<()> {
    for (place, index) in places.iter().zip(1..) {
        if let Some(value) = values.values.0.get(*place) {
            bind_one(statement, index, value)?;
        }
    }
    Ok(())
}

fn bind_one(statement: &mut Statement<'_>, index: usize, value: &AnyValueKind) -> rusqlite::Result<()> {
    match value {
        AnyValueKind::Null(_) => statement.raw_bind_parameter(index, Null),
        AnyValueKind::Bool(yes) => statement.raw_bind_parameter(index, *yes),
        AnyValueKind::SmallInt(number) => statement.raw_bind_parameter(index, *number),
        AnyValueKind::Integer(number) => statement.raw_bind_parameter(index, *number),
        AnyValueKind::BigInt(number) => statement.raw_bind_parameter(index, *number),
        AnyValueKind::Real(number) => statement.raw_bind_parameter(index, f64::from(*number)),
        AnyValueKind::Double(number) => statement.raw_bind_parameter(index, *number),
        AnyValueKind::Text(words) => statement.raw_bind_parameter(index, words.as_str()),
        AnyValueKind::TextSlice(words) => statement.raw_bind_parameter(index, &**words),
        AnyValueKind::Blob(bytes) => statement.raw_bind_parameter(index, bytes.as_slice()),
        _ => Err(rusqlite::Error::InvalidParameterName("a value of an unknown kind".to_owned())),
    }
}
