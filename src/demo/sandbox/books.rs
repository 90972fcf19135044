//! The sandbox gateway's own books, in a SQLite database of its own.

mod billed;
mod faults;
mod journal;
mod messages;
mod notices;
mod payments;
mod refunds;
mod rows;
mod trade_types;
mod wechat;
mod wechat_login;

use std::str::FromStr;

use serde::de::DeserializeOwned;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{Connection, SqlitePool};

pub use billed::{BilledPayment, BilledRefund};
pub use faults::{LateFailure, Operation, PlannedFault, SandboxFault};
pub use journal::JournalEntry;
pub use messages::BookedNotice;
pub use notices::{PendingNotice, SentNotice};
pub use payments::{OpenPayment, Paying};
pub use refunds::{Accepted, OpenRefund};
pub use rows::{BookedPayment, BookedPaymentStatus, BookedRefund, BookedRefundStatus};
pub use wechat_login::CodeUse;

const TABLES: &str = include_str!("books/tables.sql");

/// Payments, refunds, callbacks, faults to come and the journal of requests.
#[derive(Clone)]
pub struct Books {
    pool: SqlitePool,
    /// Asks nothing. Books in memory last as long as a connection to them: a caller who hangs up in the middle may take the other one along.
    kept: SqlitePool,
}

impl Books {
    /// Opens the books, making them when they are missing.
    pub async fn open(url: &str) -> sqlx::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?.create_if_missing(true).journal_mode(SqliteJournalMode::Wal).foreign_keys(true);
        // One connection: every change waits for the one before it, and books in memory stay the same books.
        let one = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).after_release(|connection, _| {
            Box::pin(async {
                // On a full disk SQLite ends a transaction by itself, of which the driver knows nothing: such a connection is closed.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        });
        let (pool, kept) = (one.clone().connect_with(options.clone()).await?, one.connect_with(options).await?);
        sqlx::raw_sql(TABLES).execute(&pool).await?;
        Ok(Self { pool, kept })
    }

    /// Lets go of the file.
    pub async fn close(&self) {
        self.pool.close().await;
        self.kept.close().await;
    }
}

/// The word of an enum as its column and the wire have it.
fn word<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Reads such a word back.
fn parse_word<T: DeserializeOwned>(word: String) -> Result<T, serde_json::Error> {
    serde_json::from_value(serde_json::Value::String(word))
}

#[cfg(test)]
mod tests {
    use super::Books;

    #[tokio::test]
    async fn books_in_memory_outlive_the_connection_that_wrote_them() {
        let books = Books::open("sqlite::memory:").await.unwrap();
        books.pool.acquire().await.unwrap().close().await.unwrap();
        assert!(books.payment("P1", 0).await.unwrap().is_none());
    }
}
