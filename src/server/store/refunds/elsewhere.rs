//! A refund that the buyer's account did not take, on its way to another.

use super::Refund;
use crate::domain::Timestamp;
use crate::domain::way_back::Elsewhere;
use crate::server::db::expect_one;
use crate::server::error::Result;
use sqlx::AnyConnection;

const SEND: &str = "update refunds set status = 'unknown', trouble = '', elsewhere = $3, elsewhere_at = $4, version = version + 1
    where id = $1 and version = $2 and status = 'failed'";

/// The gateway is about to be asked; until it is known what became of that, nobody may pay it in another way (B2).
pub async fn send_elsewhere(conn: &mut AnyConnection, refund: &Refund, to: Elsewhere, now: Timestamp) -> Result<()> {
    expect_one(&sqlx::query(SEND).bind(refund.id.0).bind(refund.version).bind(to.code()).bind(now.0).execute(conn).await?)
}

const COME_BACK: &str = "update refunds set status = 'failed', trouble = $3, elsewhere = null, elsewhere_at = null, version = version + 1
    where id = $1 and version = $2 and status = 'unknown'";

/// The gateway has not taken the wish: the refund stands where it stood.
pub async fn come_back(conn: &mut AnyConnection, refund: &Refund, trouble: &str) -> Result<()> {
    expect_one(&sqlx::query(COME_BACK).bind(refund.id.0).bind(refund.version).bind(trouble).execute(conn).await?)
}
