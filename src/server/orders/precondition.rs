//! What a form counts on when it asks for a change.

use crate::domain::{Actor, AfterSaleId, OrderId, Request};
use crate::http::form::Form;
use crate::server::error::Result;
use crate::server::overtaken;
use crate::server::store::events;
use sqlx::AnyConnection;

/// What the form knew of the order, its version, and what it asked for: sending it twice is harmless.
#[derive(Clone, Debug)]
pub struct Precondition {
    pub version: i64,
    pub request: Request,
}

impl Precondition {
    /// As a form carries it; a version that cannot be read is none that an order has.
    pub fn of(form: &Form) -> Self {
        Self { version: form.get("version").parse().unwrap_or(-1), request: form.request() }
    }

    /// Asked for by no form.
    pub fn at(version: i64) -> Self {
        Self { version, request: Request::default() }
    }

    /// Has this very form acted on the order before? One that knew another version than the one there is now is told so.
    pub(in crate::server) async fn has_acted(
        &self,
        conn: &mut AnyConnection,
        by: &Actor,
        thing: (OrderId, Option<AfterSaleId>),
        version: i64,
    ) -> Result<bool> {
        let (order, case) = thing;
        if events::done_by(conn, order, &self.request).await? {
            return Ok(true);
        }
        if self.version == version { Ok(false) } else { Err(overtaken::on_order(conn, by, order, case).await) }
    }
}
