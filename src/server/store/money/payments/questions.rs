//! When the gateway is asked about payments that it has not spoken of: a moment in the row, moved on by whoever takes it.

use super::{Payment, by_id};
use crate::domain::time::MINUTE;
use crate::domain::{PaymentId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

/// A callback takes seconds; after so long the gateway is asked, and again as often.
pub const ASK_AFTER: i64 = 5 * MINUTE;

const CLAIM: &str = "update payments set ask_at = $2
    where id = (select id from payments where ask_at <= $1 order by ask_at limit 1) and ask_at <= $1 returning id";

/// Takes the payment that has waited longest; until its next time it is nobody else's.
pub async fn claim_to_ask(conn: &mut Conn, now: Timestamp) -> Result<Option<Payment>> {
    let claimed: Option<i64> = sqlx::query_scalar(CLAIM).bind(now.0).bind(now.plus(ASK_AFTER).0).fetch_optional(&mut *conn).await?;
    match claimed {
        Some(id) => by_id(conn, PaymentId(id)).await.map(Some),
        None => Ok(None),
    }
}

const AGAIN: &str = "update payments set ask_at = $2 where id = $1 and ask_at is not null";

/// The next time it is asked about; `None`: never again.
pub async fn ask_again(conn: &mut Conn, id: PaymentId, at: Option<Timestamp>) -> Result<()> {
    sqlx::query(AGAIN).bind(id.0).bind(at.map(|at| at.0)).execute(conn).await?;
    Ok(())
}
