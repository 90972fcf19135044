//! Sessions in our own table: the four methods of `SessionStore`, over digests of the ids that browsers hold.

use crate::domain::Timestamp;
use crate::domain::people::logged_in::LogInSide;
use crate::server::app::App;
use crate::server::ctx::sessions::log_in::IDLE;
use crate::server::error;
use crate::server::machinery::digest::sha256;
use crate::server::store::people::sessions::{self as rows, FoundSession, SessionRow};
use crate::server::store::people::{BuyerRow, FoundStaff};
use async_trait::async_trait;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// When a log-in was last used, beside the rest of it.
const SEEN: &str = "seen";

/// All that a session can say of a database that does not answer for now; [`meaning`] reads it.
const BUSY: &str = "the database does not answer";

/// What it means that a session could not be read or kept.
pub fn meaning(error: tower_sessions::session::Error) -> error::Error {
    let busy = matches!(&error, tower_sessions::session::Error::Store(Error::Backend(words)) if words == BUSY);
    if busy { error::Error::unanswered() } else { error::Error::Internal(error.to_string()) }
}

/// The name of a session in the table.
pub fn name(id: &Id) -> String {
    sha256(id.to_string().as_bytes())
}

tokio::task_local! {
    /// The request's session could not be kept for now.
    static UNKEPT: Cell<bool>;
    /// Whoever was found with the request's session, until they are asked for: what is asked again later may have changed.
    static FOUND: FoundAccounts;
}

#[derive(Default)]
struct FoundAccounts {
    buyer: Cell<Option<BuyerRow>>,
    staff: Cell<Option<FoundStaff>>,
}

/// The buyer who was found with the request's session, once.
pub fn found_buyer() -> Option<BuyerRow> {
    FOUND.try_with(|found| found.buyer.take()).ok().flatten()
}

/// The member of staff who was found with it, once.
pub fn found_staff() -> Option<FoundStaff> {
    FOUND.try_with(|found| found.staff.take()).ok().flatten()
}

/// Runs a request. Where its session could not be kept, that is what became of it.
pub async fn kept(request: impl Future<Output = Response>) -> std::result::Result<Response, error::Error> {
    let request = UNKEPT.scope(Cell::new(false), async {
        let response = request.await;
        let unkept = response.status() == StatusCode::INTERNAL_SERVER_ERROR && UNKEPT.with(Cell::get);
        if unkept { Err(error::Error::unanswered()) } else { Ok(response) }
    });
    FOUND.scope(FoundAccounts::default(), request).await
}

/// Where sessions are kept.
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
        let now = self.0.machine_now();
        rows::insert(&self.0.db, &name(&record.id), &row(record, now)?, now.plus(IDLE)).await.map_err(|error| backend(&error))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let now = self.0.machine_now();
        rows::save(&self.0.db, &name(&record.id), &row(record, now)?, now.plus(IDLE)).await.map_err(|error| backend(&error))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = rows::load(&self.0.db, &name(id), self.0.machine_now()).await.map_err(|error| backend(&error))?;
        let Some(FoundSession { row, buyer, staff }) = found else { return Ok(None) };
        let _ = FOUND.try_with(|found| {
            found.buyer.set(buyer);
            found.staff.set(staff);
        });
        record(*id, &row).map(Some)
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        rows::delete(&self.0.db, &name(id)).await.map_err(|error| backend(&error))
    }
}

/// The id itself is not kept. A log-in that is new has been seen now.
fn row(record: &Record, now: Timestamp) -> Result<SessionRow> {
    let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    let number = |side: LogInSide, what: &str| record.data.get(side.key()).and_then(|log_in| log_in.get(what)).and_then(Value::as_i64);
    let (buyer_id, staff_id) = (number(LogInSide::Buyer, "id"), number(LogInSide::Staff, "id"));
    let seen = |side: LogInSide| number(side, SEEN).unwrap_or(now.0);
    let (buyer_seen_at, staff_seen_at) = (buyer_id.map(|_| seen(LogInSide::Buyer)), staff_id.map(|_| seen(LogInSide::Staff)));
    Ok(SessionRow { data, buyer_id, buyer_seen_at, staff_id, staff_seen_at })
}

/// With the moments when it was last used. When it ends is the table's to know.
fn record(id: Id, row: &SessionRow) -> Result<Record> {
    let mut data: HashMap<String, Value> = serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
    for (side, seen) in [(LogInSide::Buyer, row.buyer_seen_at), (LogInSide::Staff, row.staff_seen_at)] {
        if let (Some(Value::Object(log_in)), Some(seen)) = (data.get_mut(side.key()), seen) {
            log_in.insert(SEEN.to_owned(), seen.into());
        }
    }
    Ok(Record { id, data, expiry_date: OffsetDateTime::UNIX_EPOCH })
}

fn backend(error: &error::Error) -> Error {
    if let Some(trouble) = error.trouble() {
        tracing::error!(%trouble, ?error, "session store");
        let _ = UNKEPT.try_with(|unkept| unkept.set(true));
        return Error::Backend(BUSY.to_owned());
    }
    tracing::error!(?error, "session store");
    Error::Backend("session store".to_owned())
}
