//! Which reviews a shop looks at: every way of looking has a statement of its own, led by an index however large the shop is (P11).
//!
//! Whether a review's product is meant is asked as a value, `(select 1 …) is not null`: an `exists` would be answered from all products at once.

use super::ReviewFilter;
use crate::domain::ShopId;
use crate::domain::text;
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::search::{self, Reach};
use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::QueryScalar;

const ALL: &str = include_str!("search/all.sql");
const OF_RATING: &str = include_str!("search/of_rating.sql");
const HIDDEN: &str = include_str!("search/hidden.sql");
/// What few members wrote and few products were told: no more of each than fill a page.
const OF_WORDS: &str = include_str!("search/of_words.sql");

/// What every statement is told, in its order.
struct ReviewSearchBinds {
    shop: ShopId,
    before: i64,
    limit: i64,
    /// 0: every.
    rating: i64,
    /// 1 for the visible, 2 for the hidden, 0 for both.
    hidden: i64,
    /// Empty when nothing is looked for.
    words: String,
    /// What a title has to be like; empty when no product's is.
    pattern: String,
}

impl ReviewSearchBinds {
    fn bind(self, statement: &'static str) -> QueryScalar<'static, Any, i64, AnyArguments> {
        let Self { shop, before, limit, rating, hidden, words, pattern } = self;
        sqlx::query_scalar(statement).bind(shop.0).bind(before).bind(limit).bind(rating).bind(hidden).bind(words).bind(pattern)
    }
}

/// The ids of the newest that the filters let through, below `before`.
pub(super) async fn ids(conn: &mut Conn, shop: ShopId, filter: &ReviewFilter, before: i64, limit: i64) -> Result<Vec<i64>> {
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
    let [words, pattern] = reach.map(|reach| reach.words(typed)).unwrap_or_default();
    let binds = ReviewSearchBinds { shop, before, limit, rating: filter.rating.unwrap_or(0), hidden, words, pattern };
    Ok(binds.bind(statement).fetch_all(conn).await?)
}
