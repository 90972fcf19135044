//! What tables there are: read from the engine, so that a back-up knows each that any migration has made.

use super::Conn;
use super::{Db, Dialect, Tx, migrations};
use crate::domain::Timestamp;
use crate::server::error::{Error, Result};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Executor};

/// What a column holds; there are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Number,
    Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogColumn {
    pub name: String,
    pub kind: Kind,
}

/// A table with its columns by name, whatever the order in which migrations have added them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogTable {
    pub name: String,
    pub columns: Vec<CatalogColumn>,
    /// The columns of its primary key.
    pub key: Vec<String>,
}

/// Migrations' own list.
const MIGRATIONS: &str = "_sqlx_migrations";
/// Stands while a restore is under way.
const RESTORING: &str = "guitu_restoring";

const SQLITE_TABLES: &str = "select name from sqlite_schema where type = 'table' and name not like 'sqlite~_%' escape '~' order by name";
const POSTGRES_TABLES: &str =
    "select table_name::text from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'
        order by table_name::text collate \"C\"";
const SQLITE_COLUMNS: &str = "select name, lower(type), pk from pragma_table_info($1) order by name";
const POSTGRES_COLUMNS: &str = "select c.column_name::text, c.data_type::text, coalesce((select k.ordinal_position::bigint
        from information_schema.table_constraints t join information_schema.key_column_usage k using (constraint_schema, constraint_name, table_name)
        where t.constraint_type = 'PRIMARY KEY' and t.table_schema = c.table_schema and t.table_name = c.table_name and k.column_name = c.column_name), 0)
    from information_schema.columns c where c.table_schema = current_schema() and c.table_name = $1 order by c.column_name collate \"C\"";
const SQLITE_PARENTS: &str = "select distinct \"table\" from pragma_foreign_key_list($1)";
const POSTGRES_PARENTS: &str =
    "select distinct p.relname::text from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
    where f.contype = 'f' and c.relnamespace = current_schema()::regnamespace and c.relname = $1";
const CLOCK: &str = "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
const VERSION: &str = "select max(version) from _sqlx_migrations";

impl Db {
    /// Every table, migrations' own list and the like as well.
    pub async fn table_names(&self) -> Result<Vec<String>> {
        names(&mut *self.reader().await?, self.dialect).await
    }

    /// The last migration that this database has seen; `None`: it is no database of ours.
    pub async fn schema(&self) -> Result<Option<i64>> {
        if !self.table_names().await?.iter().any(|name| name == MIGRATIONS) {
            return Ok(None);
        }
        Ok(sqlx::query_scalar(VERSION).fetch_one(&mut *self.reader().await?).await?)
    }

    /// Is it in the middle of a restore, or has one been broken off?
    pub async fn is_restoring(&self) -> Result<bool> {
        Ok(self.table_names().await?.iter().any(|name| name == RESTORING))
    }

    /// What time the engine has, where it may be another machine's.
    pub async fn clock(&self) -> Result<Option<Timestamp>> {
        match self.dialect {
            Dialect::Sqlite => Ok(None),
            Dialect::Postgres => Ok(Some(Timestamp(sqlx::query_scalar(CLOCK).fetch_one(&mut *self.reader().await?).await?))),
        }
    }

    pub async fn begin_restoring(&self) -> Result<()> {
        self.write.execute("create table guitu_restoring (id bigint primary key)").await?;
        Ok(())
    }

    pub async fn end_restoring(&self) -> Result<()> {
        self.write.execute("drop table guitu_restoring").await?;
        Ok(())
    }

    /// Takes away every table, so that the database is as it was before there was a shop.
    pub async fn clear(&self) -> Result<()> {
        let mut tx = self.write().await?;
        // The books are closed by triggers; without them tables can be dropped in any engine.
        for table in tx.tables().await?.iter().rev().map(|table| table.name.clone()).chain([MIGRATIONS.to_owned(), RESTORING.to_owned()]) {
            tx.conn().execute(AssertSqlSafe(format!("drop table if exists {}", quoted(&table)))).await?;
        }
        if self.dialect == Dialect::Postgres {
            tx.conn().execute("drop function if exists refuse_change()").await?;
        }
        tx.commit().await
    }

    /// Brings an empty database to the form that it had after this migration.
    pub async fn migrate_to(&self, version: i64) -> std::result::Result<(), sqlx::migrate::MigrateError> {
        migrations::for_engine(self.dialect).run_to(version, &self.write).await
    }
}

/// The newest form that this program knows, and whether it knows this one.
pub fn knows(version: i64) -> (i64, bool) {
    let newest = migrations::SHARED.iter().map(|migration| migration.version).max().unwrap_or(0);
    (newest, migrations::SHARED.version_exists(version))
}

impl Tx {
    /// The shop's tables, none before those that its rows point to.
    pub async fn tables(&mut self) -> Result<Vec<CatalogTable>> {
        let dialect = self.dialect;
        let conn = self.conn();
        let mut waiting = Vec::new();
        for name in names(conn, dialect).await? {
            if name != MIGRATIONS && name != RESTORING {
                waiting.push((parents(conn, dialect, &name).await?, table(conn, dialect, name).await?));
            }
        }
        let mut sorted: Vec<CatalogTable> = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let stands = |parent: &String, own: &CatalogTable| *parent == own.name || sorted.iter().any(|table| table.name == *parent);
            let next = waiting.iter().position(|(parents, own)| parents.iter().all(|parent| stands(parent, own)));
            let next = next.ok_or_else(|| Error::Internal("tables point at each other in a circle".to_owned()))?;
            sorted.push(waiting.remove(next).1);
        }
        Ok(sorted)
    }
}

async fn names(conn: &mut Conn, dialect: Dialect) -> Result<Vec<String>> {
    let statement = match dialect {
        Dialect::Sqlite => SQLITE_TABLES,
        Dialect::Postgres => POSTGRES_TABLES,
    };
    Ok(sqlx::query_scalar(statement).fetch_all(conn).await?)
}

async fn parents(conn: &mut Conn, dialect: Dialect, table: &str) -> Result<Vec<String>> {
    let statement = match dialect {
        Dialect::Sqlite => SQLITE_PARENTS,
        Dialect::Postgres => POSTGRES_PARENTS,
    };
    Ok(sqlx::query_scalar(statement).bind(table).fetch_all(conn).await?)
}

async fn table(conn: &mut Conn, dialect: Dialect, name: String) -> Result<CatalogTable> {
    let statement = match dialect {
        Dialect::Sqlite => SQLITE_COLUMNS,
        Dialect::Postgres => POSTGRES_COLUMNS,
    };
    let rows: Vec<(String, String, i64)> = sqlx::query_as(statement).bind(&name).fetch_all(conn).await?;
    let mut key: Vec<_> = rows.iter().filter(|(_, _, nth)| *nth > 0).map(|(column, _, nth)| (*nth, column.clone())).collect();
    key.sort();
    let mut columns = Vec::with_capacity(rows.len());
    for (column, kind, _) in rows {
        let kind = match kind.as_str() {
            "bigint" => Kind::Number,
            "text" => Kind::Text,
            _ => return Err(Error::Internal(format!("{name}.{column} is of the type {kind}"))),
        };
        columns.push(CatalogColumn { name: column, kind });
    }
    Ok(CatalogTable { name, columns, key: key.into_iter().map(|(_, column)| column).collect() })
}

/// A name that stands in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl CatalogTable {
    fn quoted_columns(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }

    /// Reads all of it, in the order of its key.
    pub fn select(&self) -> String {
        let key = self.key.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ");
        let order = if key.is_empty() { String::new() } else { format!(" order by {key}") };
        format!("select {} from {}{order}", self.quoted_columns(), quoted(&self.name))
    }

    /// Writes so many rows at once.
    pub fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |nth: usize| {
            let values: Vec<String> = (1..=width).map(|column| format!("${}", nth * width + column)).collect();
            format!("({})", values.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("insert into {} ({}) values {}", quoted(&self.name), self.quoted_columns(), rows.join(", "))
    }

    /// Empties it of what a migration put there.
    pub fn delete(&self) -> String {
        format!("delete from {}", quoted(&self.name))
    }
}
