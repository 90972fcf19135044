//! A backup is taken while the shop goes on, and is the shop again on either engine, whole or not at all.

mod content;
mod keys;
mod refused;
mod under_load;

use crate::support::{Database, Engine, TestApp};
use guitu::domain::Timestamp;
use guitu::server::db::Db;
use guitu::server::machinery::backup::{self, BackupError, Restored, WrittenBackup};
use guitu::server::machinery::config::{Config, Settings};
use std::path::{Path, PathBuf};

/// The configuration of a shop with this database and this folder.
pub fn config(database_url: &str, folder: &Path) -> Config {
    let given = Settings { database_url: Some(database_url.to_owned()), data_dir: Some(folder.to_owned()), ..Settings::default() };
    Config::load(given, None).unwrap()
}

/// A backup of the town as it is now.
async fn taken(app: &TestApp, name: &str) -> WrittenBackup {
    let to = app.folder.join(name);
    backup::take(&app.server.db, &config(&app.database_url, &app.folder), &to, false, app.server.now()).await.unwrap()
}

/// Where it may be restored to: an empty database on this engine, and a folder that is not there yet.
struct Place {
    database: Database,
    url: String,
    folder: PathBuf,
}

impl Place {
    async fn empty(beside: &TestApp, engine: Engine) -> Self {
        let database = Database::fresh(engine, || server_of(beside)).await;
        let folder = database.folder.join("restored");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("guitu.db").display()),
            Engine::Postgres => database.url.clone(),
        };
        Self { database, url, folder }
    }

    fn config(&self) -> Config {
        config(&self.url, &self.folder)
    }

    async fn restores(&self, file: &Path) -> Result<Restored, BackupError> {
        backup::restore(&self.config(), file).await
    }

    /// As empty as before anything was tried.
    async fn is_empty(&self) -> bool {
        let rows = if let Some(file) = self.config().database_url.sqlite_file() {
            !file.exists() && !file.with_extension("db.restoring").exists()
        } else {
            let db = Db::connect(&self.url).await.unwrap();
            let empty = db.table_names().await.unwrap().is_empty();
            db.close().await;
            empty
        };
        let left: Vec<_> = std::fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.file_name()).collect();
        rows && left.iter().all(|name| name == "evidence" || name == "secret.key")
    }
}

/// PostgreSQL, if the town is there; the tests' own otherwise.
fn server_of(app: &TestApp) -> String {
    match app.engine {
        Engine::Postgres => app.database_url.rsplit_once('/').map(|(server, _)| format!("{server}/postgres")).unwrap(),
        Engine::Sqlite => crate::support::server_url(),
    }
}

/// Books in which nothing differs.
fn are_right(restored: &Restored) {
    let wrong: Vec<_> = restored.checks.iter().filter(|check| check.differences > 0).collect();
    assert!(wrong.is_empty() && restored.checks.len() > 10, "{wrong:#?}");
}

/// Every entry of a backup with its bytes, but for the moment at which it was taken.
fn entries(file: &Path) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()));
    let read = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (name, bytes)
    });
    read.collect()
}

/// A moment of the town's clock.
fn noon() -> Timestamp {
    Timestamp(1_795_320_000_000)
}
