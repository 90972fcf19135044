//! What statements are said to: a connection of the driver, or SQLite in this process.

use futures_util::future::{self, BoxFuture};
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use sqlx::any::{AnyArguments, AnyQueryResult, AnyRow};
use sqlx::{Any, AnyConnection, Either, Execute, Executor, SqlStr};
use sqlx_core::any::{AnyStatement, AnyTypeInfo};
use std::fmt::Debug;

/// A connection as the store and the use-cases know it.
pub type Conn = dyn RunsStatements;

/// A row, or how many rows a statement has touched.
pub type SqlAnswer = Either<AnyQueryResult, AnyRow>;

/// Where statements are run, one after the other.
pub trait RunsStatements: Debug + Send + 'static {
    /// All rows of a statement, and how many it has touched; without values it is sent as it stands.
    fn run(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxStream<'_, sqlx::Result<SqlAnswer>>;

    /// Its first row, if there is one.
    fn first(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxFuture<'_, sqlx::Result<Option<AnyRow>>>;
}

impl RunsStatements for AnyConnection {
    fn run(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxStream<'_, sqlx::Result<SqlAnswer>> {
        match values {
            Some(values) => self.fetch_many(sqlx::query_with(text, values)),
            None => self.fetch_many(sqlx::raw_sql(text)),
        }
    }

    fn first(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxFuture<'_, sqlx::Result<Option<AnyRow>>> {
        match values {
            Some(values) => self.fetch_optional(sqlx::query_with(text, values)),
            None => self.fetch_optional(sqlx::raw_sql(text)),
        }
    }
}

impl<'c> Executor<'c> for &'c mut Conn {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(self, mut query: E) -> BoxStream<'e, sqlx::Result<SqlAnswer>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        match query.take_arguments() {
            Ok(values) => self.run(query.sql(), values),
            Err(error) => stream::once(future::ready(Err(sqlx::Error::Encode(error)))).boxed(),
        }
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, mut query: E) -> BoxFuture<'e, sqlx::Result<Option<AnyRow>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        match query.take_arguments() {
            Ok(values) => self.first(query.sql(), values),
            Err(error) => future::ready(Err(sqlx::Error::Encode(error))).boxed(),
        }
    }

    /// Statements are prepared when they are first run, and kept.
    fn prepare_with<'e>(self, _: SqlStr, _: &'e [AnyTypeInfo]) -> BoxFuture<'e, sqlx::Result<AnyStatement>>
    where
        'c: 'e,
    {
        future::ready(Err(sqlx::Error::Configuration("statements are not prepared by hand".into()))).boxed()
    }
}
