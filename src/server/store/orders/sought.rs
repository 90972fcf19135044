//! Which orders a shop looks at: every way of looking has a statement of its own, led by an index however large the shop is (P11).
//!
//! All know `$1` the shop, `$2` before and `$4` from which id, `$3` how many, `$5` and `$6` the statuses of a tab, `$7` the flag: empty matches all.

use super::counts::tab;
use super::filter::OrderFilter;
use crate::domain::{ShopId, Timestamp};
use crate::server::error::Result;
use crate::server::store::search::{self, ShopSearch};
use sqlx::AnyConnection;

/// Within the shop and the days.
macro_rules! within {
    () => {
        " o.shop_id = $1 and o.id < $2 and o.id >= $4"
    };
}
/// Of the tab and the flag.
macro_rules! narrowed {
    () => {
        " and ($5 = '' or o.status in ($5, $6)) and ($7 = '' or o.flag = $7)"
    };
}
macro_rules! newest_found {
    () => {
        " found order by found.id desc limit $3"
    };
}
macro_rules! newest {
    () => {
        " order by o.id desc limit $3"
    };
}
/// Is it one that the words `$8`, as a pattern `$9`, mean? Values and not an `exists` or a join:
/// those would be answered from all lines or all products at once.
macro_rules! meant {
    () => {
        " and ($8 = '' or substr(lower(o.buyer_name), 1, length($8)) = lower($8) or o.recipient = $8
            or ($9 <> '' and (select 1 from order_lines l where l.order_id = o.id
                and (select lower(p.title) from products p where p.id = l.product_id) like lower($9) escape '!' limit 1) is not null))"
    };
}

const ALL: &str = concat!("select o.id from orders o where", within!(), narrowed!(), meant!(), newest!());
const OF_FLAG: &str =
    concat!("select o.id from orders o where o.flag = $7 and o.flag <> '' and", within!(), narrowed!(), meant!(), newest!());
// The newest of either status, and of these the newest.
const OF_TAB: &str = concat!(
    "select found.id from (select id from (select o.id from orders o where o.status = $5 and ($7 = '' or o.flag = $7) and",
    within!(),
    meant!(),
    newest!(),
    ") f union all select id from (select o.id from orders o where o.status = $6 and $6 <> $5 and ($7 = '' or o.flag = $7) and",
    within!(),
    meant!(),
    newest!(),
    ") s)",
    newest_found!()
);
const OF_NUMBER: &str = concat!("select o.id from orders o where o.number = $8 and o.number = $9 and", within!(), narrowed!(), newest!());
/// Whether the buyer's or the recipient's; `$8` is the tail, `$9` the whole phone.
const OF_PHONE: &str = concat!(
    "select found.id from (select id from (select o.id from orders o
        where substr(o.buyer_phone, length(o.buyer_phone) - 3) = $8 and ($9 = '' or o.buyer_phone = $9) and",
    within!(),
    narrowed!(),
    newest!(),
    ") b union select id from (select o.id from orders o
        where substr(o.recipient_phone, length(o.recipient_phone) - 3) = $8 and ($9 = '' or o.recipient_phone = $9) and",
    within!(),
    narrowed!(),
    newest!(),
    ") r)",
    newest_found!()
);
/// What few members, a recipient and few products have to do with: no more of each than fill a page. One bound alone from below, or it is
/// the wrong one that leads.
const OF_WORDS: &str = concat!(
    "select found.id from (select o.id from (
            select buyer_id from members where shop_id + 0 = $1 and substr(lower(name), 1, 1) = lower($8)
            union all
            select buyer_id from members where shop_id + 0 = $1 and substr(lower(name), 1, 1) = substr(lower($8), 1, 1)
                and substr(lower(name), 1, 2) = substr(lower($8), 1, 2) and length($8) > 1 and substr(lower(name), 1, length($8)) = lower($8)
        ) m join orders o on o.buyer_id = m.buyer_id and o.id < $2
            and o.id >= coalesce((select o.id from orders o where o.buyer_id = m.buyer_id and o.shop_id + 0 = $1 and o.id < $2 and o.id >= $4",
    narrowed!(),
    " order by o.id desc limit 1 offset $3), $4) where o.shop_id + 0 = $1",
    narrowed!(),
    " union select id from (select o.id from orders o where o.recipient = $8 and",
    within!(),
    narrowed!(),
    newest!(),
    ") r union select o.id from products p join order_lines l on l.product_id = p.id and l.order_id < $2
            and l.order_id >= coalesce((select distinct l.order_id from order_lines l join orders o on o.id = l.order_id
                where l.product_id = p.id and l.order_id < $2 and l.order_id >= $4",
    narrowed!(),
    " order by l.order_id desc limit 1 offset $3), $4) join orders o on o.id = l.order_id
        where p.shop_id = $1 and lower(p.title) like lower($9) escape '!'",
    narrowed!(),
    ")",
    newest_found!()
);

/// The ids of the newest that the filters let through, below `before`.
pub(super) async fn ids(conn: &mut AnyConnection, shop: ShopId, filter: &OrderFilter, before: i64, limit: i64) -> Result<Vec<i64>> {
    let tab = filter.status.map_or(("", ""), tab);
    let mut from = filter.from.map_or(0, |from: Timestamp| from.0 << 20);
    let mut before = filter.until.map_or(before, |until| before.min(until.0 << 20));
    let (statement, sought) = match &filter.search {
        ShopSearch::Nothing => (walked(filter), [String::new(), String::new()]),
        // A number is told twice, so that every statement is told as much.
        ShopSearch::Number(number) => (OF_NUMBER, [number.clone(), number.clone()]),
        ShopSearch::Phone(phone) | ShopSearch::Tail(phone) => (OF_PHONE, search::phone(phone)),
        ShopSearch::Words(words) => {
            let reach = search::reach(conn, shop, words).await?;
            // Flags are put by hand on few orders: to walk them is always short.
            let gathered = filter.flag.is_empty() && reach.is_narrow();
            if gathered && filter.status.is_some() {
                let (oldest, newest) = span(conn, shop, tab).await?;
                (from, before) = (from.max(oldest), before.min(newest + 1));
            }
            (if gathered { OF_WORDS } else { walked(filter) }, reach.words(words))
        }
    };
    let query = sqlx::query_scalar(statement).bind(shop.0).bind(before).bind(limit).bind(from).bind(tab.0).bind(tab.1).bind(&filter.flag);
    Ok(sought.into_iter().fold(query, sqlx::query::QueryScalar::bind).fetch_all(conn).await?)
}

/// From the newest on, looking at each.
fn walked(filter: &OrderFilter) -> &'static str {
    match filter.status {
        _ if !filter.flag.is_empty() => OF_FLAG,
        Some(_) => OF_TAB,
        None => ALL,
    }
}

const SPAN: &str = "select cast(coalesce(min(id), 0) as bigint), cast(coalesce(max(id), 0) as bigint) from (
        select min(id) as id from orders where shop_id = $1 and status = $2 union all select min(id) from orders where shop_id = $1 and status = $3
        union all select max(id) from orders where shop_id = $1 and status = $2 union all select max(id) from orders where shop_id = $1 and status = $3
    ) ends";

/// The oldest and the newest order of a tab: what is under way lies among the last, what is over behind them.
async fn span(conn: &mut AnyConnection, shop: ShopId, tab: (&str, &str)) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(SPAN).bind(shop.0).bind(tab.0).bind(tab.1).fetch_one(conn).await?)
}
