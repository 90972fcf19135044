//! Which orders a shop looks at: every way of looking has a statement of its own, led by an index however large the shop is (P11).
//!
//! Whether an order's products are meant is asked as a value, `(select …) is not null`: an `exists` or a join would be answered from all lines or
//! all products at once.

use super::counts::tab;
use super::filter::OrderFilter;
use crate::domain::{OrderFlag, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::search::{self, ShopSearch};
use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::QueryScalar;

const ALL: &str = include_str!("search/all.sql");
const OF_FLAG: &str = include_str!("search/of_flag.sql");
// The newest of either status, and of these the newest.
const OF_TAB: &str = include_str!("search/of_tab.sql");
const OF_NUMBER: &str = include_str!("search/of_number.sql");
/// Whether the buyer's or the recipient's.
const OF_PHONE: &str = include_str!("search/of_phone.sql");
/// What few members, a recipient and few products have to do with: no more of each than fill a page.
const OF_WORDS: &str = include_str!("search/of_words.sql");

/// What every statement is told, in its order.
struct OrderSearchBinds<'a> {
    shop: ShopId,
    before: i64,
    limit: i64,
    from: i64,
    /// The statuses of a tab; empty ones match all.
    tab: (&'static str, &'static str),
    /// Empty matches all.
    flag: &'a str,
    /// A number twice, the tail of a phone and the whole, or words and the pattern that a title has to be like.
    sought: [String; 2],
}

impl<'a> OrderSearchBinds<'a> {
    fn bind(self, statement: &'static str) -> QueryScalar<'a, Any, i64, AnyArguments> {
        let Self { shop, before, limit, from, tab, flag, sought } = self;
        let query = sqlx::query_scalar(statement).bind(shop.0).bind(before).bind(limit).bind(from).bind(tab.0).bind(tab.1).bind(flag);
        sought.into_iter().fold(query, QueryScalar::bind)
    }
}

/// The ids of the newest that the filters let through, below `before`.
pub(super) async fn ids(conn: &mut Conn, shop: ShopId, filter: &OrderFilter, before: i64, limit: i64) -> Result<Vec<i64>> {
    let tab = filter.status.map_or(("", ""), tab);
    let mut from = filter.from.map_or(0, |from: Timestamp| from.0 << 20);
    let mut before = filter.until.map_or(before, |until| before.min(until.0 << 20));
    let (statement, sought) = match &filter.search {
        ShopSearch::Nothing => (walked(filter), [String::new(), String::new()]),
        ShopSearch::Number(number) => (OF_NUMBER, [number.clone(), number.clone()]),
        ShopSearch::Phone(phone) | ShopSearch::Tail(phone) => (OF_PHONE, search::phone(phone)),
        ShopSearch::Words(words) => {
            let reach = search::reach(conn, shop, words).await?;
            // Flags are put by hand on few orders: to walk them is always short.
            let gathered = filter.flag.is_none() && reach.is_narrow();
            if gathered && filter.status.is_some() {
                let (oldest, newest) = span(conn, shop, tab).await?;
                (from, before) = (from.max(oldest), before.min(newest + 1));
            }
            (if gathered { OF_WORDS } else { walked(filter) }, reach.words(words))
        }
    };
    let flag = filter.flag.map_or("", OrderFlag::code);
    let binds = OrderSearchBinds { shop, before, limit, from, tab, flag, sought };
    Ok(binds.bind(statement).fetch_all(conn).await?)
}

/// From the newest on, looking at each.
fn walked(filter: &OrderFilter) -> &'static str {
    match filter.status {
        _ if filter.flag.is_some() => OF_FLAG,
        Some(_) => OF_TAB,
        None => ALL,
    }
}

const SPAN: &str = "select cast(coalesce(min(id), 0) as bigint), cast(coalesce(max(id), 0) as bigint) from (
        select min(id) as id from orders where shop_id = $1 and status = $2 union all select min(id) from orders where shop_id = $1 and status = $3
        union all select max(id) from orders where shop_id = $1 and status = $2 union all select max(id) from orders where shop_id = $1 and status = $3
    ) ends";

/// The oldest and the newest order of a tab: what is under way lies among the last, what is over behind them.
async fn span(conn: &mut Conn, shop: ShopId, tab: (&str, &str)) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(SPAN).bind(shop.0).bind(tab.0).bind(tab.1).fetch_one(conn).await?)
}
