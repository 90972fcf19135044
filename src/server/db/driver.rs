//! A connection of the driver's by which pages are read.

use super::conn::{RunsStatements, SqlAnswer};
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, Stream};
use futures_util::{FutureExt, StreamExt};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::pool::PoolConnection;
use sqlx::{Any, Connection, SqlStr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// A connection that has been used so lately is there; one that has rested is asked before.
const RESTED: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub struct DriverReader {
    connection: PoolConnection<Any>,
    used_at: Instant,
    /// A statement has failed, or nobody has waited for its end.
    unfinished: bool,
}

impl DriverReader {
    pub fn new(connection: PoolConnection<Any>) -> Self {
        Self { connection, used_at: Instant::now(), unfinished: false }
    }

    pub fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    pub async fn is_there(&mut self) -> bool {
        let rested = self.used_at.elapsed() > RESTED;
        if rested {
            self.unfinished = self.connection.ping().await.is_err();
        }
        !self.unfinished
    }
}

impl RunsStatements for DriverReader {
    fn run(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxStream<'_, sqlx::Result<SqlAnswer>> {
        self.unfinished = true;
        let answers = self.connection.run(text, values);
        Answers { answers, reader: (&mut self.unfinished, &mut self.used_at) }.boxed()
    }

    fn first(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxFuture<'_, sqlx::Result<Option<AnyRow>>> {
        self.unfinished = true;
        let found = self.connection.first(text, values);
        let (unfinished, used_at) = (&mut self.unfinished, &mut self.used_at);
        async move {
            let found = found.await?;
            (*unfinished, *used_at) = (false, Instant::now());
            Ok(found)
        }
        .boxed()
    }
}

/// The answers of a statement, which is finished when they have been heard to their end.
struct Answers<'r> {
    answers: BoxStream<'r, sqlx::Result<SqlAnswer>>,
    reader: (&'r mut bool, &'r mut Instant),
}

impl Stream for Answers<'_> {
    type Item = sqlx::Result<SqlAnswer>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.answers.poll_next_unpin(context);
        if matches!(next, Poll::Ready(None)) {
            let (unfinished, used_at) = &mut self.reader;
            (**unfinished, **used_at) = (false, Instant::now());
        }
        next
    }
}
