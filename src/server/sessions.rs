//! Sessions in our own table: the four methods of `SessionStore`.

use super::app::App;
use super::store;
use async_trait::async_trait;
use std::sync::Arc;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// All that a session can say of a database that does not answer for now; [`meaning`] reads it.
const BUSY: &str = "the database does not answer";

/// What it means that a session could not be read or kept.
pub fn meaning(error: tower_sessions::session::Error) -> super::error::Error {
    match error {
        tower_sessions::session::Error::Store(Error::Backend(words)) if words == BUSY => super::error::Error::Db(sqlx::Error::PoolTimedOut),
        other => super::error::Error::Internal(other.to_string()),
    }
}

#[derive(Clone)]
pub struct Sessions(pub Arc<App>);

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = serde_json::to_string(record).map_err(|error| Error::Encode(error.to_string()))?;
        let expires_at = record.expiry_date.unix_timestamp() * 1000;
        store::sessions::save(&self.0.db, &record.id.to_string(), &data, expires_at).await.map_err(|error| backend(&error))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let data = store::sessions::load(&self.0.db, &id.to_string(), self.0.real_now()).await.map_err(|error| backend(&error))?;
        data.map(|data| serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        store::sessions::delete(&self.0.db, &id.to_string()).await.map_err(|error| backend(&error))
    }
}

fn backend(error: &super::error::Error) -> Error {
    if error.is_busy() {
        return Error::Backend(BUSY.to_owned());
    }
    tracing::error!(?error, "session store");
    Error::Backend("session store".to_owned())
}
