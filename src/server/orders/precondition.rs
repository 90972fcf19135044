//! What a form counts on when it asks for a change.

use crate::domain::{Actor, AfterSaleId, OrderId, Request};
use crate::server::ctx::overtaken;
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::events;

/// What the form knew of the thing, its version, and what it asked for: sending it twice is harmless.
#[derive(Clone, Debug)]
pub struct Precondition {
    /// `None`: it named none, and knows no thing as it stands.
    pub version: Option<i64>,
    pub request: Request,
}

impl Precondition {
    /// Asked for by no form.
    pub fn at(version: i64) -> Self {
        Self { version: Some(version), request: Request::default() }
    }

    /// Has this very form acted on the order before? One that knew another version than the one there is now is told so.
    pub(in crate::server) async fn has_acted(
        &self,
        conn: &mut Conn,
        by: &Actor,
        thing: (OrderId, Option<AfterSaleId>),
        version: i64,
    ) -> Result<bool> {
        let (order, case) = thing;
        if events::done_by(conn, order, &self.request).await? {
            return Ok(true);
        }
        if self.version == Some(version) { Ok(false) } else { Err(overtaken::on_order(conn, by, order, case).await) }
    }
}
