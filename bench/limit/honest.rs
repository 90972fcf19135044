//! The honest limit: what a page asks, prepared once and asked with nothing between. SQLite by its C interface on the thread of the request,
//! PostgreSQL by a client that sends all statements of the page at once.

use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use guitu::server::db::Asked;
use rusqlite::types::Value;
use sqlx_core::any::{AnyTypeInfoKind, AnyValueKind};
use std::cell::RefCell;
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls, Statement};

type Failure = Box<dyn Error + Send + Sync>;

/// As many connections as a server reads with.
const CONNECTIONS: usize = 8;

/// Where it is asked.
pub enum Engine {
    Sqlite(String),
    Postgres(Vec<Client>, AtomicUsize),
}

/// A page's statements, with what they are asked with.
pub enum Page {
    Sqlite(Vec<(String, Vec<Value>)>),
    Postgres(Vec<Vec<(Statement, Vec<Given>)>>),
}

type Given = Box<dyn ToSql + Send + Sync>;

thread_local! {
    static READER: RefCell<Option<rusqlite::Connection>> = const { RefCell::new(None) };
}

impl Engine {
    pub async fn of(url: &str) -> Result<Self, Failure> {
        if let Some(file) = url.strip_prefix("sqlite:") {
            return Ok(Self::Sqlite(file.split('?').next().unwrap_or(file).to_owned()));
        }
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            client
                .batch_execute("SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1; SET enable_hashjoin = off; SET enable_mergejoin = off")
                .await?;
            clients.push(client);
        }
        Ok(Self::Postgres(clients, AtomicUsize::new(0)))
    }

    /// Prepared, on each connection of PostgreSQL's.
    pub async fn page(&self, asked: &[Asked]) -> Result<Page, Failure> {
        match self {
            Self::Sqlite(_) => Ok(Page::Sqlite(asked.iter().map(in_order_of_parameters).collect())),
            Self::Postgres(clients, _) => {
                let mut page = Vec::new();
                for client in clients {
                    let mut statements = Vec::new();
                    for Asked { text, values } in asked {
                        let types: Vec<Type> = values.iter().map(kind).collect();
                        statements.push((client.prepare_typed(text, &types).await?, values.iter().map(given).collect()));
                    }
                    page.push(statements);
                }
                Ok(Page::Postgres(page))
            }
        }
    }

    /// Asks all of it and looks at each value. Returns the cells.
    pub async fn ask(&self, page: &Page) -> Result<usize, Failure> {
        match (self, page) {
            (Self::Sqlite(file), Page::Sqlite(statements)) => READER.with_borrow_mut(|reader| {
                let reader = match reader {
                    Some(reader) => reader,
                    None => reader.insert(opened(file)?),
                };
                statements.iter().try_fold(0, |cells, (text, values)| Ok(cells + read(reader, text, values)?))
            }),
            (Self::Postgres(clients, next), Page::Postgres(page)) => {
                let place = next.fetch_add(1, Ordering::Relaxed) % clients.len();
                let client = &clients[place];
                let rows = try_join_all(page[place].iter().map(|(statement, values)| async move {
                    let values = values.iter().map(|value| &**value as &(dyn ToSql + Sync));
                    client.query_raw(statement, values).await?.try_collect::<Vec<_>>().await
                }));
                Ok(rows.await?.iter().flatten().map(tokio_postgres::Row::len).sum())
            }
            (Self::Sqlite(_) | Self::Postgres(..), _) => Err("a page of the other engine".into()),
        }
    }
}

fn opened(file: &str) -> Result<rusqlite::Connection, Failure> {
    let reader = rusqlite::Connection::open(file)?;
    reader.execute_batch("PRAGMA query_only = ON")?;
    reader.set_prepared_statement_cache_capacity(512);
    Ok(reader)
}

fn read(reader: &rusqlite::Connection, text: &str, values: &[Value]) -> Result<usize, Failure> {
    let mut statement = reader.prepare_cached(text)?;
    for (value, index) in values.iter().zip(1..) {
        statement.raw_bind_parameter(index, value)?;
    }
    let (width, mut cells) = (statement.column_count(), 0);
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        for place in 0..width {
            std::hint::black_box(row.get_ref(place)?);
            cells += 1;
        }
    }
    Ok(cells)
}

/// SQLite numbers parameters as it meets them.
fn in_order_of_parameters(asked: &Asked) -> (String, Vec<Value>) {
    let mut met: Vec<usize> = Vec::new();
    for piece in asked.text.split('$').skip(1) {
        let digits: String = piece.chars().take_while(char::is_ascii_digit).collect();
        if let Some(place) = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1))
            && !met.contains(&place)
        {
            met.push(place);
        }
    }
    (asked.text.clone(), met.into_iter().map(|place| asked.values.get(place).map_or(Value::Null, value)).collect())
}

fn value(value: &AnyValueKind) -> Value {
    match value {
        AnyValueKind::Bool(yes) => Value::Integer((*yes).into()),
        AnyValueKind::Integer(number) => Value::Integer((*number).into()),
        AnyValueKind::BigInt(number) => Value::Integer(*number),
        AnyValueKind::Double(number) => Value::Real(*number),
        AnyValueKind::Text(text) => Value::Text(text.to_string()),
        AnyValueKind::Null(_) => Value::Null,
        AnyValueKind::SmallInt(_) | AnyValueKind::Real(_) | AnyValueKind::TextSlice(_) | AnyValueKind::Blob(_) | _ => unlooked_for(value),
    }
}

fn kind(value: &AnyValueKind) -> Type {
    match value {
        AnyValueKind::Bool(_) | AnyValueKind::Null(AnyTypeInfoKind::Bool) => Type::BOOL,
        AnyValueKind::Integer(_) | AnyValueKind::Null(AnyTypeInfoKind::Integer) => Type::INT4,
        AnyValueKind::Text(_) | AnyValueKind::Null(AnyTypeInfoKind::Text) => Type::TEXT,
        AnyValueKind::Double(_) | AnyValueKind::Null(AnyTypeInfoKind::Double) => Type::FLOAT8,
        AnyValueKind::BigInt(_) | AnyValueKind::Null(_) => Type::INT8,
        AnyValueKind::SmallInt(_) | AnyValueKind::Real(_) | AnyValueKind::TextSlice(_) | AnyValueKind::Blob(_) | _ => unlooked_for(value),
    }
}

fn given(value: &AnyValueKind) -> Given {
    match value {
        AnyValueKind::Bool(yes) => Box::new(*yes),
        AnyValueKind::Integer(number) => Box::new(*number),
        AnyValueKind::BigInt(number) => Box::new(*number),
        AnyValueKind::Double(number) => Box::new(*number),
        AnyValueKind::Text(text) => Box::new(text.to_string()),
        AnyValueKind::Null(AnyTypeInfoKind::Text) => Box::new(None::<String>),
        AnyValueKind::Null(_) => Box::new(None::<i64>),
        AnyValueKind::SmallInt(_) | AnyValueKind::Real(_) | AnyValueKind::TextSlice(_) | AnyValueKind::Blob(_) | _ => unlooked_for(value),
    }
}

/// No list asks with it.
fn unlooked_for(value: &AnyValueKind) -> ! {
    panic!("a page asks with {value:?}, which the bench cannot")
}
