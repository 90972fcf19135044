//! What we hold against a bill: what arrived on its day, and whatever else its lines name.

use crate::domain::money::bill::{Bill, Entry, OwnRow};
use crate::domain::{Money, PaymentStatus, RefundStatus, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::coded;
use std::collections::HashSet;

// What another day's bill has named already is not missing from this one: around midnight the two clocks may differ.
const PAYMENTS: &str = "select p.number, p.status, p.amount_minor, p.paid_at, o.number
    from payments p join orders o on o.id = p.order_id
    where p.shop_id = $1 and p.tender = $2 and p.paid_at >= $3 and p.paid_at < $4 and p.status in ('succeeded', 'surplus')
        and not exists (select 1 from bill_lines b where b.shop_id = $1 and b.entry = 'payment' and b.number = p.number)";
const REFUNDS: &str = "select r.number, r.status, r.amount_minor, r.settled_at, o.number
    from refunds r join orders o on o.id = r.order_id
    where r.shop_id = $1 and r.tender = $2 and r.settled_at >= $3 and r.settled_at < $4
        and not exists (select 1 from bill_lines b where b.shop_id = $1 and b.entry = 'refund' and b.number = r.number)";
const PAYMENT: &str = "select p.number, p.status, p.amount_minor, p.paid_at, o.number from payments p join orders o on o.id = p.order_id
    where p.number = $2 and p.shop_id = $1 and p.tender = $3";
const REFUND: &str = "select r.number, r.status, r.amount_minor, r.settled_at, o.number from refunds r join orders o on o.id = r.order_id
    where r.number = $2 and r.shop_id = $1 and r.tender = $3";

/// Number, status, fen, arrival, number of the order.
type Found = (String, String, i64, Option<i64>, String);

/// Our rows for the bill of `span`, each once.
pub async fn own_rows(conn: &mut Conn, shop: ShopId, bill: &Bill, span: (Timestamp, Timestamp)) -> Result<Vec<OwnRow>> {
    let channel = bill.channel.code();
    let mut rows = Vec::new();
    for (entry, statement) in [(Entry::Payment, PAYMENTS), (Entry::Refund, REFUNDS)] {
        let query = sqlx::query_as::<_, Found>(statement).bind(shop.0).bind(channel).bind(span.0.0).bind(span.1.0);
        for found in query.fetch_all(&mut *conn).await? {
            rows.push(own(entry, found)?);
        }
    }
    let known: HashSet<(Entry, String)> = rows.iter().map(|row| (row.entry, row.number.clone())).collect();
    for line in bill.lines().iter().filter(|line| !known.contains(&(line.entry, line.number.clone()))) {
        let statement = if line.entry == Entry::Payment { PAYMENT } else { REFUND };
        let query = sqlx::query_as::<_, Found>(statement).bind(shop.0).bind(&line.number).bind(channel);
        if let Some(found) = query.fetch_optional(&mut *conn).await? {
            rows.push(own(line.entry, found)?);
        }
    }
    Ok(rows)
}

fn own(entry: Entry, (number, status, amount, arrived, order_number): Found) -> Result<OwnRow> {
    let status = match entry {
        Entry::Payment => coded("payments", "status", &number, &status, PaymentStatus::from_code)?.name(),
        Entry::Refund | Entry::Unknown => coded("refunds", "status", &number, &status, RefundStatus::from_code)?.name(),
    };
    Ok(OwnRow { entry, number, amount: Money(amount), arrived: arrived.map(Timestamp), status: status.to_owned(), order_number })
}
