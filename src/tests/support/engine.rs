//! Every scenario is played twice, on SQLite and on PostgreSQL, each time in a town and a database of its own; afterwards the books must add up.

use super::app::TestApp;
use guitu::server::clock::request_key;
use guitu::server::machinery::verify;
use sqlx::{AnyConnection, Connection};
use std::path::PathBuf;
use tokio::sync::Semaphore;

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
        Self::play_in(Database::fresh(self, server_url).await, scenario).await;
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
        let name = format!("guitu_test_{}", request_key());
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let (url, server) = match engine {
            Engine::Sqlite => (format!("sqlite:{}", folder.join("guitu.db").display()), String::new()),
            Engine::Postgres => {
                let server = server();
                on_server(&server, &format!("create database {name}")).await;
                let (base, _) = server.rsplit_once('/').unwrap();
                (format!("{base}/{name}"), server)
            }
        };
        Self { engine, url, folder, name, server }
    }

    pub async fn take_away(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if self.engine == Engine::Postgres {
            on_server(&self.server, &format!("drop database if exists {} with (force)", self.name)).await;
        }
    }
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
