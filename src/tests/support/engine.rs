//! Every scenario is played twice, on SQLite and on PostgreSQL, each time in a town and a database of its own; afterwards the books must add up.

use super::app::TestApp;
use crate::sources::below;
use guitu::server::clock::request_key;
use guitu::server::db::Db;
use guitu::server::machinery::digest::Digest;
use guitu::server::machinery::verify;
use sqlx::{AnyConnection, Connection};
use std::path::PathBuf;
use tokio::sync::{OnceCell, Semaphore};

/// Makes a test for each engine of every scenario that is named: an `async fn(TestApp)` beside it.
macro_rules! on_both_engines {
    ($($scenario:ident),+ $(,)?) => {$(
        mod $scenario {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                $crate::support::Engine::Sqlite.play(super::$scenario).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                $crate::support::Engine::Postgres.play(super::$scenario).await;
            }
        }
    )+};
}
pub(crate) use on_both_engines;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A server has so many connections, and a town of three processes takes up to fifty-four.
static TOWNS: Semaphore = Semaphore::const_new(5);

impl Engine {
    /// Plays one scenario in two towns at once, one on either engine.
    pub async fn play_on_both<S: Future<Output = ()> + Send + 'static>(scenario: impl FnOnce([TestApp; 2]) -> S + Send + 'static) {
        let (towns, given) = tokio::sync::oneshot::channel();
        let (done, all_done) = tokio::sync::oneshot::channel::<()>();
        let postgres = tokio::spawn(Self::Postgres.play(move |postgres| async move {
            let _ = towns.send(postgres);
            let _ = all_done.await;
        }));
        Self::Sqlite
            .play(move |sqlite| async move {
                scenario([sqlite, given.await.unwrap()]).await;
                let _ = done.send(());
            })
            .await;
        postgres.await.unwrap();
    }

    /// Plays a scenario, takes everything away again, and lets the ledger judge what is left.
    pub async fn play<S: Future<Output = ()> + Send + 'static>(self, scenario: impl FnOnce(TestApp) -> S) {
        Self::play_in(Database::with_tables(self).await, scenario).await;
    }

    /// Plays a scenario in a database that was made for it.
    pub async fn play_in<S: Future<Output = ()> + Send + 'static>(database: Database, scenario: impl FnOnce(TestApp) -> S) {
        let _permit = TOWNS.acquire().await.unwrap();
        let app = TestApp::start(&database).await;
        let played = tokio::spawn(scenario(app.clone())).await;
        let books = verify::ledger(&app.server.db).await.unwrap();
        app.server.db.close().await;
        database.take_away().await;
        if let Err(failed) = played {
            std::panic::resume_unwind(failed.into_panic());
        }
        let wrong: Vec<_> = books.iter().flat_map(|check| check.wrong.iter().map(move |row| format!("{}: {row}", check.name))).collect();
        assert!(wrong.is_empty(), "the ledger differs: {wrong:#?}");
    }
}

/// A database and a folder that nobody else knows of.
pub struct Database {
    pub engine: Engine,
    pub url: String,
    pub folder: PathBuf,
    name: String,
    /// Empty for SQLite.
    server: String,
}

impl Database {
    /// `server` says where PostgreSQL is.
    pub async fn fresh(engine: Engine, server: impl FnOnce() -> String) -> Self {
        Self::made(engine, server, "").await
    }

    async fn made(engine: Engine, server: impl FnOnce() -> String, like: &str) -> Self {
        let name = format!("guitu_test_{}", request_key());
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let (url, server) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", folder.join("guitu.db").display()), String::new()),
            Engine::Postgres => {
                let server = server();
                on_server(&server, &format!("create database {name}{like}")).await;
                let (base, _) = server.rsplit_once('/').unwrap();
                (format!("{base}/{name}"), server)
            }
        };
        Self { engine, url, folder, name, server }
    }

    /// One that has its tables: a copy of files, which takes a tenth of what making them takes.
    async fn with_tables(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                static TABLES: OnceCell<Vec<u8>> = OnceCell::const_new();
                let tables = TABLES.get_or_init(sqlite_tables).await;
                let database = Self::fresh(engine, server_url).await;
                std::fs::write(database.folder.join("guitu.db"), tables).unwrap();
                database
            }
            Engine::Postgres => {
                static TABLES: OnceCell<String> = OnceCell::const_new();
                let tables = TABLES.get_or_init(postgres_tables).await;
                Self::made(engine, server_url, &format!(" template {tables} strategy file_copy")).await
            }
        }
    }

    pub async fn take_away(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if self.engine == Engine::Postgres {
            on_server(&self.server, &format!("drop database if exists {} with (force)", self.name)).await;
        }
    }
}

async fn sqlite_tables() -> Vec<u8> {
    let database = Database::fresh(Engine::Sqlite, server_url).await;
    migrated(&database.url).await;
    let tables = std::fs::read(database.folder.join("guitu.db")).unwrap();
    database.take_away().await;
    tables
}

/// By what is in the tables, so that a server of somebody's own keeps one for each version of them.
async fn postgres_tables() -> String {
    let mut digest = Digest::default();
    for file in below("migrations").iter().chain(&below("src/server/db")) {
        digest.add(file.text.as_bytes());
    }
    let name = format!("guitu_test_tables_{}", &digest.finish()[..16]);
    let making = Database::fresh(Engine::Postgres, server_url).await;
    migrated(&making.url).await;
    let mut server = AnyConnection::connect(&making.server).await.unwrap();
    let renamed = format!("alter database {} rename to {name}", making.name);
    let renamed = sqlx::raw_sql(sqlx::AssertSqlSafe(renamed)).execute(&mut server).await;
    server.close().await.unwrap();
    if renamed.is_err() {
        making.take_away().await;
    }
    name
}

async fn migrated(url: &str) {
    let db = Db::connect(url).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
}

pub fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "TEST_POSTGRES_URL is not set: these tests run on PostgreSQL too. `scripts/with-postgres.sh cargo test --features ssr` starts one for them, \
         or name a server on which its user may create databases, as in postgres://guitu:…@127.0.0.1:5432/postgres",
    )
}

async fn on_server(server: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let mut server = AnyConnection::connect(server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut server).await.unwrap();
    server.close().await.unwrap();
}
