//! Which reviews a shop looks at: every way of looking has a statement of its own, led by an index however large the shop is (P11).
//!
//! All know `$1` the shop, `$2` before which id, `$3` how many, `$4` the rating (0: every), `$5` 1 for the visible, 2 for the hidden (0: both),
//! `$6` the words and `$7` their pattern.

use super::ReviewFilter;
use crate::domain::ShopId;
use crate::domain::text;
use crate::server::error::Result;
use crate::server::store::search::{self, Reach};
use sqlx::AnyConnection;

macro_rules! narrowed {
    () => {
        " and r.id < $2 and ($4 = 0 or r.rating = $4) and ($5 = 0 or ($5 = 1 and r.hidden_at is null) or ($5 = 2 and r.hidden_at is not null))"
    };
}
macro_rules! newest_found {
    () => {
        " found order by found.id desc limit $3"
    };
}
macro_rules! newest {
    () => {
        " order by r.id desc limit $3"
    };
}
/// Is it one that the words mean? A value and not an `exists`: that would be answered from all products at once.
macro_rules! meant {
    () => {
        " and ($6 = '' or substr(lower(r.buyer_name), 1, length($6)) = lower($6)
            or ($7 <> '' and (select 1 from products p where p.id = r.product_id and lower(p.title) like lower($7) escape '!') is not null))"
    };
}

const ALL: &str = concat!("select r.id from reviews r where r.shop_id = $1", narrowed!(), meant!(), newest!());
const OF_RATING: &str = concat!("select r.id from reviews r where r.shop_id = $1 and r.rating = $4", narrowed!(), meant!(), newest!());
const HIDDEN: &str =
    concat!("select r.id from reviews r where r.shop_id = $1 and r.hidden_at is not null", narrowed!(), meant!(), newest!());
/// What few members wrote and few products were told: no more of each than fill a page.
const OF_WORDS: &str = concat!(
    "select found.id from (select r.id from (
            select buyer_id from members where shop_id + 0 = $1 and substr(lower(name), 1, 1) = lower($6)
            union all
            select buyer_id from members where shop_id + 0 = $1 and substr(lower(name), 1, 1) = substr(lower($6), 1, 1)
                and substr(lower(name), 1, 2) = substr(lower($6), 1, 2) and length($6) > 1 and substr(lower(name), 1, length($6)) = lower($6)
        ) m join reviews r on r.buyer_id = m.buyer_id and r.id >= coalesce((select r.id from reviews r where r.buyer_id = m.buyer_id and r.shop_id + 0 = $1",
    narrowed!(),
    " order by r.id desc limit 1 offset $3), 0) where r.shop_id + 0 = $1",
    narrowed!(),
    " union select r.id from products p join reviews r on r.product_id = p.id
            and r.id >= coalesce((select r.id from reviews r where r.product_id = p.id",
    narrowed!(),
    " order by r.id desc limit 1 offset $3), 0)
        where p.shop_id = $1 and lower(p.title) like lower($7) escape '!'",
    narrowed!(),
    ")",
    newest_found!()
);

/// The ids of the newest that the filters let through, below `before`.
pub(super) async fn ids(conn: &mut AnyConnection, shop: ShopId, filter: &ReviewFilter, before: i64, limit: i64) -> Result<Vec<i64>> {
    let hidden = match filter.hidden {
        None => 0_i64,
        Some(false) => 1,
        Some(true) => 2,
    };
    let typed = text::tidy(&filter.search);
    let typed = typed.as_str();
    // Reviews are hidden by hand: to walk those is always short.
    let reach = if typed.is_empty() { None } else { Some(search::reach(conn, shop, typed).await?) };
    let gathered = hidden < 2 && reach.is_some_and(Reach::is_narrow);
    let statement = match filter.rating {
        _ if gathered => OF_WORDS,
        _ if hidden == 2 => HIDDEN,
        Some(_) => OF_RATING,
        None => ALL,
    };
    let sought = reach.map(|reach| reach.words(typed)).unwrap_or_default();
    let query = sqlx::query_scalar(statement).bind(shop.0).bind(before).bind(limit).bind(filter.rating.unwrap_or(0)).bind(hidden);
    Ok(sought.into_iter().fold(query, sqlx::query::QueryScalar::bind).fetch_all(conn).await?)
}
