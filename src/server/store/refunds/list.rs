//! Lists of refunds. Every way of looking has a statement of its own, so that an index leads each of them (P11).

use super::RefundStatus;
use crate::domain::phone::Phone;
use crate::domain::text;
use crate::domain::{ShopId, Tender, Timestamp};
use crate::server::error::Result;
use crate::server::store::search;
use crate::server::store::{Slice, slice};
use sqlx::AnyConnection;

/// A refund as 「退款记录」 shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedRefund {
    pub id: i64,
    pub number: String,
    pub order_number: String,
    pub after_sale_number: Option<String>,
    pub buyer_name: String,
    pub buyer_phone: String,
    pub tender: String,
    pub source: String,
    pub status: String,
    pub amount_minor: i64,
    pub trouble: String,
    pub voucher: String,
    pub agreed_by: String,
    pub operator_name: String,
    pub created_at: i64,
    pub settled_at: Option<i64>,
    pub version: i64,
}

/// What is looked for: one box that knows the three numbers and the phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sought {
    #[default]
    Nothing,
    Order(String),
    Case(String),
    Refund(String),
    Phone(String),
}

impl Sought {
    /// Reads the search box; what is none of the others can only be the number of a refund.
    pub fn parse(typed: &str) -> Self {
        let number = text::compact(typed).to_ascii_uppercase();
        if number.is_empty() {
            Self::Nothing
        } else if let Some(order) = search::order_number(typed) {
            Self::Order(order)
        } else if let Some(case) = search::case_number(typed) {
            Self::Case(case)
        } else if let Ok(phone) = Phone::parse(typed) {
            Self::Phone(phone.number)
        } else {
            Self::Refund(number.rsplit(':').next().unwrap_or_default().to_owned())
        }
    }
}

/// The filters of the shop's list of refunds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefundFilter {
    pub sought: Sought,
    pub status: Option<RefundStatus>,
    pub tender: Option<Tender>,
    /// Begun from here on.
    pub from: Option<Timestamp>,
    /// Begun before.
    pub until: Option<Timestamp>,
}

macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "select r.id, r.number, o.number as order_number, a.number as after_sale_number, o.buyer_name, o.buyer_phone, r.tender,
                p.tender as source, r.status, r.amount_minor, r.trouble, r.voucher, r.agreed_by, r.operator_name, r.created_at, r.settled_at, r.version
            from refunds r join orders o on o.id = r.order_id join payments p on p.id = r.payment_id
            left join after_sales a on a.id = r.after_sale_id ",
            $rest
        )
    };
}

const OF_SHOP: &str = listed!("where r.shop_id = $1 and r.id < $2 and r.id >= $4 order by r.id desc limit $3");
const BY_STATUS: &str = listed!("where r.shop_id = $1 and r.status = $5 and r.id < $2 and r.id >= $4 order by r.id desc limit $3");
const BY_TENDER: &str = listed!("where r.shop_id = $1 and r.tender = $5 and r.id < $2 and r.id >= $4 order by r.id desc limit $3");
const BY_BOTH: &str =
    listed!("where r.shop_id = $1 and r.tender = $6 and r.status = $5 and r.id < $2 and r.id >= $4 order by r.id desc limit $3");
// What is looked for leads to few rows: the other filters only pick among them.
const OF_ORDER: &str = listed!(
    "where r.order_id = (select f.id from orders f where f.shop_id = $1 and f.number = $7) and r.id < $2 and r.id >= $4
        and ($5 = '' or r.status = $5) and ($6 = '' or r.tender = $6) order by r.id desc limit $3"
);
const OF_CASE: &str = listed!(
    "where r.after_sale_id = (select f.id from after_sales f where f.shop_id = $1 and f.number = $7) and r.id < $2 and r.id >= $4
        and ($5 = '' or r.status = $5) and ($6 = '' or r.tender = $6) order by r.id desc limit $3"
);
const OF_NUMBER: &str = listed!(
    "where r.number = $7 and r.shop_id = $1 and r.id < $2 and r.id >= $4
        and ($5 = '' or r.status = $5) and ($6 = '' or r.tender = $6) order by r.id desc limit $3"
);
// The tail leads to the phone; said plainly, the equality would be put into the tail, and no index know it again.
const OF_PHONE: &str = listed!(
    "where r.order_id in (select f.id from orders f where f.shop_id = $1 and coalesce(f.buyer_phone, '') = $7
            and substr(f.buyer_phone, length(f.buyer_phone) - 3) = substr($7, length($7) - 3)) and r.id < $2 and r.id >= $4
        and ($5 = '' or r.status = $5) and ($6 = '' or r.tender = $6) order by r.id desc limit $3"
);

/// A shop's refunds, newest first.
pub async fn list_for_shop(
    conn: &mut AnyConnection,
    shop: ShopId,
    filter: &RefundFilter,
    before: i64,
    limit: i64,
) -> Result<Slice<ListedRefund>> {
    let (status, tender) = (filter.status.map(RefundStatus::code), filter.tender.map(Tender::code));
    let (statement, sought) = match &filter.sought {
        Sought::Nothing => (among_all(status, tender), None),
        Sought::Order(number) => (OF_ORDER, Some(number)),
        Sought::Case(number) => (OF_CASE, Some(number)),
        Sought::Refund(number) => (OF_NUMBER, Some(number)),
        Sought::Phone(phone) => (OF_PHONE, Some(phone)),
    };
    // Ids follow the time of their making.
    let before = filter.until.map_or(before, |until| before.min(until.0 << 20));
    let query = sqlx::query_as(statement).bind(shop.0).bind(before).bind(limit + 1).bind(filter.from.map_or(0, |from| from.0 << 20));
    let query = match sought {
        Some(sought) => query.bind(status.unwrap_or("")).bind(tender.unwrap_or("")).bind(sought.clone()),
        None => [status, tender].into_iter().flatten().fold(query, sqlx::query::QueryAs::bind),
    };
    Ok(slice(query.fetch_all(conn).await?, limit, |row: &ListedRefund| row.id))
}

fn among_all(status: Option<&str>, tender: Option<&str>) -> &'static str {
    match (status, tender) {
        (None, None) => OF_SHOP,
        (Some(_), None) => BY_STATUS,
        (None, Some(_)) => BY_TENDER,
        (Some(_), Some(_)) => BY_BOTH,
    }
}

const SETTLED: &str = listed!(
    "where r.shop_id = $1 and r.settled_at >= $2 and (r.settled_at, r.id) < ($3, $4) and r.tender <> 'cod'
        order by r.settled_at desc, r.id desc limit $5"
);

/// What arrived since `from` and is in the sums of its month, newest first, up to the moment and id of the row that the page before ended with.
pub async fn list_settled(
    conn: &mut AnyConnection,
    shop: ShopId,
    from: Timestamp,
    before: (Timestamp, i64),
    limit: i64,
) -> Result<Vec<ListedRefund>> {
    let query = sqlx::query_as(SETTLED).bind(shop.0).bind(from.0).bind(before.0.0).bind(before.1).bind(limit);
    Ok(query.fetch_all(conn).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_knows_what_was_typed() {
        let read = |typed: &str| Sought::parse(typed);
        assert_eq!(read("  "), Sought::Nothing);
        assert_eq!(read("13800000001"), Sought::Phone("13800000001".to_owned()));
        assert_eq!(read(" g2611-abcdefgh "), Sought::Order("G2611-ABCDEFGH".to_owned()));
        assert_eq!(read("AS2611-ABCD"), Sought::Case("AS2611-ABCD".to_owned()));
        assert_eq!(read("' or 1=1"), Sought::Refund("'OR1=1".to_owned()));
    }
}
