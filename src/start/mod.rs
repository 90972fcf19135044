//! Where everything is put together: the same parts for the program and for its tests.

mod check_gateways;
pub mod command;
mod http;
mod metrics;
mod serve;
mod tasks;

pub use check_gateways::{check_gateways, checked};
pub use http::router;
pub use serve::serve;
pub use tasks::{create_shop, create_staff, erase_buyer, migrate, seed, seed_orders, unlock, verify_ledger};

use crate::server::app::App;
use crate::server::clock::Clock;
use crate::server::config::{Config, SecretKey};
use crate::server::db::Db;
use crate::server::pictures::Pictures;
use crate::server::secret_box::SecretBox;
use command::StartError;
use std::sync::Arc;

/// Connects, brings the tables to the newest form, and sets the shop up: nothing served.
async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<App, StartError> {
    std::fs::create_dir_all(&config.data_dir)
        .map_err(|error| format!("cannot use the data folder {}: {error}", config.data_dir.display()))?;
    let db = Db::connect(config.database_url.as_str()).await.map_err(|error| {
        format!("cannot open the database {}: {}; is it running, and may we write there?", config.database_url, cause(&error))
    })?;
    db.migrate().await.map_err(|error| format!("cannot bring {} up to date: {error}", config.database_url))?;
    let pictures = Pictures::in_folder(&config.evidence_dir()).map_err(|error| format!("cannot use the folder for pictures: {error}"))?;
    let mut app = App::new(db, clock, pictures, config.public_url.as_str().to_owned());
    app.secure_cookies = config.secure_cookies();
    app.proxies = config.proxies.clone();
    app.demo = config.demo;
    app.metrics = config.metrics_listen.map(|_| Arc::default());
    app.traced = config.collector.is_some();
    app.gateways = config.accounts.gateways().map_err(|error| format!("the payment gateways cannot be spoken with: {error}"))?;
    let key = config.secret_key.clone().map_or_else(|| SecretKey::kept_in(&config.data_dir), Ok)?;
    app.secrets = Arc::new(SecretBox::of(key));
    Ok(app)
}

fn cause(error: &crate::server::error::Error) -> String {
    match error {
        crate::server::error::Error::Db(error) => error.to_string(),
        other => other.to_string(),
    }
}
