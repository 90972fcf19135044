//! Brings the tables to the newest form: one process at a time, all of it or nothing.

use super::pool::{self, pool};
use super::trouble::Trouble;
use super::{Db, Dialect, append_only, migrations};
use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction};
use std::time::Duration;

/// Where sqlx keeps which migrations are applied.
const APPLIED: &str = "_sqlx_migrations";
/// So often SQLite is asked for its lock, for some seconds each time, before the start is given up: another process may have much to move.
const ASKED: u32 = 100;

impl Db {
    /// Brings the tables to the newest form, and closes the books against changes.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        self.migrate_with(migrations::for_engine(self.dialect)).await
    }

    /// The same with other migrations. On a connection of its own: what a failure leaves on it ends with it.
    pub async fn migrate_with(&self, migrations: &Migrator) -> Result<(), MigrateError> {
        let settings: [&'static [&'static str]; 2] = match self.dialect {
            Dialect::Sqlite => [&pool::SQLITE, &pool::SQLITE_WRITES],
            Dialect::Postgres => [&pool::POSTGRES, &["SET lock_timeout = 0"]],
        };
        let pool = pool(1, 30, settings).connect_with((*self.write.connect_options()).clone()).await?;
        let done = brought_up_to_date(&pool, self.dialect, migrations).await;
        pool.close().await;
        done
    }
}

async fn brought_up_to_date(pool: &AnyPool, dialect: Dialect, migrations: &Migrator) -> Result<(), MigrateError> {
    // A database that is up to date may be read-only, full or locked: there is nothing to write.
    if is_newest(&mut *pool.acquire().await?, dialect, migrations).await? {
        return Ok(());
    }
    let (open, close) = match dialect {
        Dialect::Sqlite => (SQLITE_OPEN.as_slice(), append_only::SQLITE.as_slice()),
        Dialect::Postgres => (POSTGRES_OPEN.as_slice(), append_only::POSTGRES.as_slice()),
    };
    let mut tx = alone(pool, dialect).await?;
    for statement in open {
        tx.execute(*statement).await?;
    }
    migrations.run_direct(None, &mut *tx, false).await?;
    for statement in close {
        tx.execute(*statement).await?;
    }
    Ok(tx.commit().await?)
}

/// A transaction that no other process has beside it for the same purpose: who comes later waits, and finds the work done.
async fn alone(pool: &AnyPool, dialect: Dialect) -> sqlx::Result<Transaction<'static, Any>> {
    if dialect == Dialect::Postgres {
        let mut tx = pool.begin().await?;
        tx.execute("select pg_advisory_xact_lock(4242001)").await?;
        return Ok(tx);
    }
    let mut asked = 0;
    loop {
        asked += 1;
        match pool.begin_with("BEGIN IMMEDIATE").await {
            Err(error) if asked < ASKED && Trouble::of(&error) == Some(Trouble::Locked) => {
                tracing::info!("another process writes to the database; waiting for it before the tables are brought up to date");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            begun => return begun,
        }
    }
}

/// Every migration is applied as it stands here, none is unknown, and the books are closed.
async fn is_newest(connection: &mut AnyConnection, dialect: Dialect, migrations: &Migrator) -> sqlx::Result<bool> {
    let (tables, triggers, closed) = match dialect {
        Dialect::Sqlite => (SQLITE_TABLES, SQLITE_TRIGGERS, SQLITE_OPEN.len()),
        Dialect::Postgres => (POSTGRES_TABLES, POSTGRES_TRIGGERS, POSTGRES_OPEN.len()),
    };
    let known: i64 = sqlx::query_scalar(tables).fetch_one(&mut *connection).await?;
    if known == 0 {
        return Ok(false);
    }
    let Ok(applied) = connection.list_applied_migrations(APPLIED).await else { return Ok(false) };
    let triggers: i64 = sqlx::query_scalar(triggers).fetch_one(&mut *connection).await?;
    let is_applied = |version, checksum: &[u8]| applied.iter().any(|found| found.version == version && *found.checksum == *checksum);
    Ok(usize::try_from(triggers).is_ok_and(|found| found == closed)
        && applied.len() == migrations.iter().count()
        && migrations.iter().all(|migration| is_applied(migration.version, &migration.checksum)))
}

const SQLITE_TABLES: &str = "select count(*) from sqlite_master where type = 'table' and name = '_sqlx_migrations'";
const POSTGRES_TABLES: &str = "select count(*) from pg_class where oid = to_regclass('_sqlx_migrations')";
const SQLITE_TRIGGERS: &str = "select count(*) from sqlite_master where type = 'trigger' and (name like '%\\_stay' escape '\\' or name like '%\\_remain' escape '\\')";
const POSTGRES_TRIGGERS: &str =
    "select count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = current_schema()::regnamespace
        and not t.tgisinternal and (t.tgname like '%\\_stay' or t.tgname like '%\\_remain')";

/// A migration may have to fill in what a movement did not tell before; in the same transaction the books are closed again.
const SQLITE_OPEN: [&str; 8] = [
    "drop trigger if exists money_events_stay",
    "drop trigger if exists money_events_remain",
    "drop trigger if exists stock_moves_stay",
    "drop trigger if exists stock_moves_remain",
    "drop trigger if exists coupon_events_stay",
    "drop trigger if exists coupon_events_remain",
    "drop trigger if exists audits_stay",
    "drop trigger if exists audits_remain",
];
const POSTGRES_OPEN: [&str; 6] = [
    "drop trigger if exists money_events_stay on money_events",
    "drop trigger if exists money_events_remain on money_events",
    "drop trigger if exists stock_moves_stay on stock_moves",
    "drop trigger if exists coupon_events_stay on coupon_events",
    "drop trigger if exists audits_stay on audits",
    "drop trigger if exists audits_remain on audits",
];
