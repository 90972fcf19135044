//! Where everything is put together: the same parts for the program and for its tests.

/// Tells whoever gave the command, as `println!` does. With nobody to read it (a closed pipe, a full disk) it is left out, and no panic: the
/// exit code says what came of it.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

pub mod arguments;
mod backup;
mod check;
mod check_gateways;
pub mod command;
pub mod error;
mod http;
mod metrics;
mod serve;
mod tasks;

pub use backup::{restore_backup, take_backup};
pub use check::check;
pub use check_gateways::{check_gateways, checked};
pub use http::router;
pub use serve::serve;
pub use tasks::{create_shop, create_staff, erase_buyer, forget_key, migrate, seed, seed_orders, unlock, verify_ledger};

use crate::server::app::App;
use crate::server::clock::Clock;
use crate::server::db::{Db, catalog};
use crate::server::machinery::config::Config;
use crate::server::machinery::pictures::PictureStore;
use crate::server::machinery::secret_box::SecretBox;
use crate::server::machinery::{files, sealing};
use error::StartError;
use sqlx::migrate::MigrateError;
use std::sync::Arc;

/// Connects, brings the tables to the newest form, and sets the shop up: nothing served.
async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<App, StartError> {
    files::keep_private(config)?;
    let db = connect(config).await?;
    if db.is_restoring().await? {
        return Err(format!("a restore into {} was broken off; begin it again with guitu restore", config.database_url).into());
    }
    db.migrate().await.map_err(|error| format!("cannot bring {} up to date: {}", config.database_url, in_words(error)))?;
    let pictures =
        PictureStore::in_folder(&config.evidence_dir()).map_err(|error| format!("cannot use the folder for pictures: {error}"))?;
    let mut app = App::new(db, clock, pictures, config.public_url.as_str().to_owned());
    app.secure_cookies = config.secure_cookies();
    app.proxies = config.proxies.clone();
    app.demo = config.demo;
    app.metrics = config.metrics_listen.map(|_| Arc::default());
    app.traced = config.collector.is_some();
    app.gateways = config.accounts.gateways().map_err(|error| format!("the payment gateways cannot be spoken with: {error}"))?;
    let key = sealing::key_for(&app.db, config, app.now()).await?;
    app.secrets = Arc::new(SecretBox::of(key));
    Ok(app)
}

async fn connect(config: &Config) -> Result<Db, StartError> {
    let connected = Db::connect(config.database_url.as_str()).await;
    Ok(connected.map_err(|error| {
        format!("cannot open the database {}: {}; is it running, and may we write there?", config.database_url, cause(&error))
    })?)
}

fn in_words(error: MigrateError) -> String {
    let MigrateError::VersionMissing(version) = error else { return error.to_string() };
    let knows = catalog::knows(version).0;
    format!("a newer Guitu has used it (its tables are of version {version}, this program knows {knows}); start that one")
}

fn cause(error: &crate::server::error::Error) -> String {
    if let crate::server::error::Error::Db(told) = error { told.to_string() } else { error.to_string() }
}
