//! What is known of a statement once it is prepared: which value each parameter takes, and its columns, whose rows are made as the driver would.

use rusqlite::types::ValueRef;
use rusqlite::{Row, Statement};
use sqlx_core::any::{AnyColumn, AnyRow, AnyTypeInfo, AnyTypeInfoKind, AnyValue, AnyValueKind};
use sqlx_core::ext::ustr::UStr;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Debug)]
pub struct Shape {
    /// The places of the values, in the order of the parameters: SQLite numbers `$2` by where it is met, not by its name.
    pub parameters: Vec<usize>,
    columns: Vec<AnyColumn>,
    places: Arc<sqlx_core::HashMap<UStr, usize>>,
}

/// That of the statement with this text. After a change of the tables it may have other columns.
pub fn of(known: &mut HashMap<Box<str>, Arc<Shape>>, text: &str, statement: &Statement<'_>) -> rusqlite::Result<Arc<Shape>> {
    if let Some(shape) = known.get(text).filter(|known| known.columns.len() == statement.column_count()) {
        return Ok(shape.clone());
    }
    let shape = Arc::new(Shape::of(statement)?);
    known.insert(text.into(), shape.clone());
    Ok(shape)
}

impl Shape {
    fn of(statement: &Statement<'_>) -> rusqlite::Result<Self> {
        let parameters = (1..=statement.parameter_count()).map(|index| place(statement, index)).collect::<rusqlite::Result<_>>()?;
        let names: Vec<UStr> = statement.column_names().into_iter().map(|name| UStr::Static(lasting(name))).collect();
        let places = names.iter().cloned().zip(0..).collect();
        // What a value is, each says for itself.
        let type_info = AnyTypeInfo { kind: AnyTypeInfoKind::Null };
        let columns = names.into_iter().zip(0..).map(|(name, ordinal)| AnyColumn { ordinal, name, type_info: type_info.clone() });
        Ok(Self { parameters, columns: columns.collect(), places: Arc::new(places) })
    }

    pub fn row(&self, row: &Row<'_>) -> rusqlite::Result<AnyRow> {
        // Collected as a result it would not know how many come, and grow four times.
        let mut values = Vec::with_capacity(self.columns.len());
        for at in 0..self.columns.len() {
            values.push(AnyValue { kind: value(row.get_ref(at)?, at)? });
        }
        Ok(AnyRow { column_names: self.places.clone(), columns: self.columns.clone(), values })
    }
}

/// The same name for as long as the program runs: rows, which carry the names of their columns, count no owners of them. There are some hundreds.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.into());
    names.insert(name);
    name
}

/// Of the value that a parameter takes: `$2` takes the second.
fn place(statement: &Statement<'_>, index: usize) -> rusqlite::Result<usize> {
    let name = statement.parameter_name(index).unwrap_or_default();
    let number: Option<usize> = name.strip_prefix('$').and_then(|number| number.parse().ok());
    number.and_then(|number| number.checked_sub(1)).ok_or_else(|| rusqlite::Error::InvalidParameterName(name.to_owned()))
}

fn value(value: ValueRef<'_>, at: usize) -> rusqlite::Result<AnyValueKind> {
    Ok(match value {
        ValueRef::Null => AnyValueKind::Null(AnyTypeInfoKind::Null),
        ValueRef::Integer(number) => AnyValueKind::BigInt(number),
        ValueRef::Real(number) => AnyValueKind::Double(number),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).map_err(|error| rusqlite::Error::Utf8Error(at, error))?;
            AnyValueKind::Text(Arc::new(text.to_owned()))
        }
        ValueRef::Blob(bytes) => AnyValueKind::Blob(Arc::new(bytes.to_owned())),
    })
}
