//! What arrived within a span, channel by channel.

use crate::domain::{Granted, Money, SeeMoney, Tender, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::coded;

/// Refunds that arrived by one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelSum {
    pub tender: Tender,
    pub count: i64,
    pub amount: Money,
}

const SUMS: &str = "select tender, cast(count(*) as bigint), cast(sum(amount_minor) as bigint) from refunds
    where shop_id = $1 and settled_at >= $2 and settled_at < $3 and tender <> 'cod' group by tender";

/// The sums of `from..until`, in the order of the tenders; ways that nothing took are left out, and cash on delivery that nobody collected, which is
/// all that arrives as such: cash that is handed back arrives as settled outside.
pub async fn channel_sums(conn: &mut Conn, seen: Granted<SeeMoney>, from: Timestamp, until: Timestamp) -> Result<Vec<ChannelSum>> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(SUMS).bind(seen.shop().0).bind(from.0).bind(until.0).fetch_all(conn).await?;
    let mut sums = Vec::with_capacity(rows.len());
    for (tender, count, amount) in rows {
        let tender = coded("refunds", "tender", &tender, &tender, Tender::from_code)?;
        sums.push(ChannelSum { tender, count, amount: Money(amount) });
    }
    sums.sort_by_key(|sum| Tender::ALL.iter().position(|tender| *tender == sum.tender));
    Ok(sums)
}
