//! Lists of refunds. Every way of looking has a statement of its own, so that an index leads each of them (P11).

use super::agreed_by;
use crate::domain::people::phone::Phone;
use crate::domain::text;
use crate::domain::{AgreedBy, Contact, Granted, Guarded, RefundStatus, SeeContact, SeeMoney, ShopId, Tender, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::search;
use crate::server::store::{Slice, coded, slice};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row};

/// A refund as 「退款记录」 shows it.
#[derive(Clone, Debug)]
pub struct ListedRefund {
    pub id: i64,
    pub number: String,
    pub order_number: String,
    pub after_sale_number: Option<String>,
    pub buyer: Guarded<Contact, SeeContact>,
    /// The way the money took, and the tender it came by.
    pub tender: Tender,
    pub source: Tender,
    pub status: RefundStatus,
    pub amount_minor: i64,
    pub trouble: String,
    pub voucher: String,
    pub agreed_by: AgreedBy,
    pub operator_name: String,
    pub created_at: i64,
    pub settled_at: Option<i64>,
    pub version: i64,
}

impl ListedRefund {
    fn of(shop: ShopId, row: &AnyRow) -> Result<Self> {
        let id = row.try_get("id")?;
        Ok(Self {
            id,
            number: row.try_get("number")?,
            order_number: row.try_get("order_number")?,
            after_sale_number: row.try_get("after_sale_number")?,
            buyer: Guarded::of(shop, Contact { name: row.try_get("buyer_name")?, phone: row.try_get("buyer_phone")? }),
            tender: coded("refunds", "tender", id, row.try_get("tender")?, Tender::from_code)?,
            source: coded("payments", "tender", format_args!("refund {id}"), row.try_get("source")?, Tender::from_code)?,
            status: coded("refunds", "status", id, row.try_get("status")?, RefundStatus::from_code)?,
            amount_minor: row.try_get("amount_minor")?,
            trouble: row.try_get("trouble")?,
            voucher: row.try_get("voucher")?,
            agreed_by: agreed_by(id, row.try_get("decided_by")?, row.try_get("agreed_by")?)?,
            operator_name: row.try_get("operator_name")?,
            created_at: row.try_get("created_at")?,
            settled_at: row.try_get("settled_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// What is looked for: one box that knows the three numbers and the phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RefundSearch {
    #[default]
    Nothing,
    Order(String),
    Case(String),
    Refund(String),
    Phone(String),
}

impl RefundSearch {
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
    pub search: RefundSearch,
    pub status: Option<RefundStatus>,
    pub tender: Option<Tender>,
    /// Begun from here on.
    pub from: Option<Timestamp>,
    /// Begun before.
    pub until: Option<Timestamp>,
}

const OF_SHOP: &str = include_str!("list/of_shop.sql");
const BY_STATUS: &str = include_str!("list/by_status.sql");
const BY_TENDER: &str = include_str!("list/by_tender.sql");
const BY_BOTH: &str = include_str!("list/by_both.sql");
// What is looked for leads to few rows: the other filters only pick among them.
const OF_ORDER: &str = include_str!("list/of_order.sql");
const OF_CASE: &str = include_str!("list/of_case.sql");
const OF_NUMBER: &str = include_str!("list/of_number.sql");
const OF_PHONE: &str = include_str!("list/of_phone.sql");

/// What every statement is told, in its order.
struct RefundListBinds<'a> {
    shop: ShopId,
    before: i64,
    limit: i64,
    from: i64,
    status: Option<&'static str>,
    tender: Option<&'static str>,
    /// A number or a phone. With one, both filters are bound and an empty one matches all; without, only those that are set are bound.
    sought: Option<&'a str>,
}

impl<'a> RefundListBinds<'a> {
    fn bind(self, statement: &'static str) -> Query<'a, Any, AnyArguments> {
        let Self { shop, before, limit, from, status, tender, sought } = self;
        let query = sqlx::query(statement).bind(shop.0).bind(before).bind(limit).bind(from);
        match sought {
            Some(sought) => query.bind(status.unwrap_or("")).bind(tender.unwrap_or("")).bind(sought),
            None => [status, tender].into_iter().flatten().fold(query, Query::bind),
        }
    }
}

/// A shop's refunds, newest first.
pub async fn list_for_shop(
    conn: &mut Conn,
    seen: Granted<SeeMoney>,
    filter: &RefundFilter,
    before: i64,
    limit: i64,
) -> Result<Slice<ListedRefund>> {
    let (status, tender) = (filter.status.map(RefundStatus::code), filter.tender.map(Tender::code));
    let (statement, sought) = match &filter.search {
        RefundSearch::Nothing => (among_all(status, tender), None),
        RefundSearch::Order(number) => (OF_ORDER, Some(number.as_str())),
        RefundSearch::Case(number) => (OF_CASE, Some(number.as_str())),
        RefundSearch::Refund(number) => (OF_NUMBER, Some(number.as_str())),
        RefundSearch::Phone(phone) => (OF_PHONE, Some(phone.as_str())),
    };
    // Ids follow the time of their making.
    let before = filter.until.map_or(before, |until| before.min(until.0 << 20));
    let from = filter.from.map_or(0, |from| from.0 << 20);
    let shop = seen.shop();
    let binds = RefundListBinds { shop, before, limit: limit + 1, from, status, tender, sought };
    Ok(slice(listed(shop, &binds.bind(statement).fetch_all(conn).await?)?, limit, |row| row.id))
}

fn among_all(status: Option<&str>, tender: Option<&str>) -> &'static str {
    match (status, tender) {
        (None, None) => OF_SHOP,
        (Some(_), None) => BY_STATUS,
        (None, Some(_)) => BY_TENDER,
        (Some(_), Some(_)) => BY_BOTH,
    }
}

const SETTLED: &str = include_str!("list/settled.sql");

/// What arrived since `from` and is in the sums of its month, newest first, up to the moment and id of the row that the page before ended with.
pub async fn list_settled(
    conn: &mut Conn,
    seen: Granted<SeeMoney>,
    from: Timestamp,
    before: (Timestamp, i64),
    limit: i64,
) -> Result<Vec<ListedRefund>> {
    let query = sqlx::query(SETTLED).bind(seen.shop().0).bind(from.0).bind(before.0.0).bind(before.1).bind(limit);
    listed(seen.shop(), &query.fetch_all(conn).await?)
}

fn listed(shop: ShopId, rows: &[AnyRow]) -> Result<Vec<ListedRefund>> {
    rows.iter().map(|row| ListedRefund::of(shop, row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_knows_what_was_typed() {
        let read = |typed: &str| RefundSearch::parse(typed);
        assert_eq!(read("  "), RefundSearch::Nothing);
        assert_eq!(read("13800000001"), RefundSearch::Phone("13800000001".to_owned()));
        assert_eq!(read(" g2611-abcdefgh "), RefundSearch::Order("G2611-ABCDEFGH".to_owned()));
        assert_eq!(read("AS2611-ABCD"), RefundSearch::Case("AS2611-ABCD".to_owned()));
        assert_eq!(read("' or 1=1"), RefundSearch::Refund("'OR1=1".to_owned()));
    }
}
