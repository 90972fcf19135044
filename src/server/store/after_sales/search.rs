//! Which cases a shop looks at: every way of looking has a statement of its own, led by an index however large the shop is (P11).
//!
//! Whether a case's buyer or products are meant is asked as values, `(select …) is not null`: an `exists` or a join would be answered from all
//! lines or all products at once.

use super::filter::{QueueFilter, codes};
use crate::domain::ShopId;
use crate::domain::after_sale::Queue;
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::search::{self, ShopSearch};
use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::QueryScalar;

const ALL: &str = include_str!("search/all.sql");
// The newest of every status, and of these the newest.
const OF_STATUSES: &str = include_str!("search/of_statuses.sql");
const OF_KIND: &str = include_str!("search/of_kind.sql");
const OF_EVERY_KIND: &str = include_str!("search/of_every_kind.sql");
const NEWEST_NUMBERED: &str = include_str!("search/newest_numbered.sql");
const NEWEST_CALLED: &str = include_str!("search/newest_called.sql");
const NEWEST_GATHERED: &str = include_str!("search/newest_gathered.sql");
const URGENT_NUMBERED: &str = include_str!("search/urgent_numbered.sql");
const URGENT_CALLED: &str = include_str!("search/urgent_called.sql");
const URGENT_GATHERED: &str = include_str!("search/urgent_gathered.sql");

/// How the cases are come by.
#[derive(Clone, Copy)]
enum SearchPlan {
    /// One after the other, looking at each.
    Walked,
    Numbered,
    Called,
    Gathered,
}

/// What every statement is told, in its order.
struct CaseSearchBinds {
    shop: ShopId,
    /// The id to go on from.
    id: i64,
    limit: i64,
    /// The span of ids.
    from: i64,
    until: i64,
    /// Of the queue; empty ones match all.
    statuses: [&'static str; 4],
    kind: &'static str,
    stages: [&'static str; 2],
    /// A number twice, the tail of a phone and the whole, or words and the pattern that a title has to be like.
    sought: [String; 2],
    /// The deadline to go on from, where the most urgent comes first.
    due: Option<i64>,
}

impl CaseSearchBinds {
    fn bind(self, statement: &'static str) -> QueryScalar<'static, Any, i64, AnyArguments> {
        let Self { shop, id, limit, from, until, statuses, kind, stages, sought, due } = self;
        let query = sqlx::query_scalar(statement).bind(shop.0).bind(id).bind(limit).bind(from).bind(until);
        let query = statuses.into_iter().fold(query, QueryScalar::bind).bind(kind).bind(stages[0]).bind(stages[1]);
        let query = sought.into_iter().fold(query, QueryScalar::bind);
        due.into_iter().fold(query, QueryScalar::bind)
    }
}

/// The ids of the queue's next cases, in its order.
pub(in crate::server::store) async fn ids(conn: &mut Conn, shop: ShopId, filter: &QueueFilter, limit: i64) -> Result<Vec<i64>> {
    let urgent = filter.queue.by_time_left();
    let (way, sought) = match &filter.search {
        ShopSearch::Nothing => (SearchPlan::Walked, [String::new(), String::new()]),
        ShopSearch::Number(number) => (SearchPlan::Numbered, [number.clone(), number.clone()]),
        ShopSearch::Phone(phone) | ShopSearch::Tail(phone) => (SearchPlan::Called, search::phone(phone)),
        ShopSearch::Words(words) => {
            let reach = search::reach(conn, shop, words).await?;
            (if reach.has_few_cases() { SearchPlan::Gathered } else { SearchPlan::Walked }, reach.words(words))
        }
    };
    let (due, id) = filter.after.unwrap_or(if urgent { (0, 0) } else { (0, i64::MAX) });
    let (statuses, kind, stages) = codes(filter.queue);
    let binds = CaseSearchBinds {
        shop,
        id,
        limit,
        from: filter.from.map_or(0, |from| from.0 << 20),
        until: filter.until.map_or(i64::MAX, |until| until.0 << 20),
        statuses,
        kind,
        stages,
        sought,
        due: urgent.then_some(due),
    };
    Ok(binds.bind(statement(filter.queue, way)).fetch_all(conn).await?)
}

fn statement(queue: Queue, way: SearchPlan) -> &'static str {
    match (way, queue.by_time_left()) {
        (SearchPlan::Walked, true) if queue.kind().is_none() => OF_EVERY_KIND,
        (SearchPlan::Walked, true) => OF_KIND,
        (SearchPlan::Walked, false) if queue.states().is_empty() => ALL,
        (SearchPlan::Walked, false) => OF_STATUSES,
        (SearchPlan::Numbered, true) => URGENT_NUMBERED,
        (SearchPlan::Numbered, false) => NEWEST_NUMBERED,
        (SearchPlan::Called, true) => URGENT_CALLED,
        (SearchPlan::Called, false) => NEWEST_CALLED,
        (SearchPlan::Gathered, true) => URGENT_GATHERED,
        (SearchPlan::Gathered, false) => NEWEST_GATHERED,
    }
}
