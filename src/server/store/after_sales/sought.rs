//! Which cases a shop looks at: every way of looking has a statement of its own, led by an index however large the shop is (P11).
//!
//! All know `$1` the shop, `$2` the id to go on from, `$3` how many, `$4` and `$5` the span of ids, and of the queue `$6` to `$9` the statuses,
//! `$10` the kind, `$11` and `$12` the stages, where empty matches all; `$13` and `$14` are what is looked for, `$15` the deadline to go on from.

use super::filter::{QueueFilter, codes};
use crate::domain::ShopId;
use crate::domain::after_sale::Queue;
use crate::server::error::Result;
use crate::server::store::search::{self, ShopSearch};
use sqlx::AnyConnection;

/// Within the shop and the days, behind the page before. A sum keeps an index by id from leading where another one must.
macro_rules! older {
    () => {
        " a.shop_id = $1 and a.id < $2 and a.id >= $4 and a.id < $5"
    };
}
macro_rules! later {
    () => {
        " a.shop_id = $1 and (a.due_at, a.id) > ($15, $2) and a.id + 0 >= $4 and a.id + 0 < $5"
    };
}
macro_rules! newest_found {
    () => {
        " found order by found.id desc limit $3"
    };
}
macro_rules! newest {
    () => {
        " order by a.id desc limit $3"
    };
}
macro_rules! most_urgent {
    () => {
        " order by a.due_at, a.id limit $3"
    };
}
/// Of the queue's kind and stages.
macro_rules! of_kind {
    () => {
        " and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))"
    };
}
macro_rules! of_queue {
    () => {
        " and ($6 = '' or a.status in ($6, $7, $8, $9)) and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))"
    };
}
/// Is it one that the words `$13`, as a pattern `$14`, mean? Values and not an `exists` or a join:
/// those would be answered from all lines or all products at once.
macro_rules! meant {
    () => {
        " and ($13 = '' or (select 1 from orders o where o.id = a.order_id and substr(lower(o.buyer_name), 1, length($13)) = lower($13)) is not null
            or ($14 <> '' and (select 1 from after_sale_items i where i.after_sale_id = a.id and i.quantity > 0
                and (select lower(p.title) from order_lines l join products p on p.id = l.product_id where l.id = i.order_line_id)
                    like lower($14) escape '!' limit 1) is not null))"
    };
}

const ALL: &str = concat!("select a.id from after_sales a where", older!(), of_queue!(), meant!(), newest!());
// The newest of every status, and of these the newest.
const OF_STATUSES: &str = concat!(
    "select found.id from (select id from (select a.id from after_sales a where a.status = $6 and",
    older!(),
    of_kind!(),
    meant!(),
    newest!(),
    ") w union select id from (select a.id from after_sales a where a.status = $7 and",
    older!(),
    of_kind!(),
    meant!(),
    newest!(),
    ") x union select id from (select a.id from after_sales a where a.status = $8 and",
    older!(),
    of_kind!(),
    meant!(),
    newest!(),
    ") y union select id from (select a.id from after_sales a where a.status = $9 and",
    older!(),
    of_kind!(),
    meant!(),
    newest!(),
    ") z)",
    newest_found!()
);
const OF_KIND: &str =
    concat!("select a.id from after_sales a where a.status = $6 and a.kind = $10 and", later!(), of_queue!(), meant!(), most_urgent!());
const OF_EVERY_KIND: &str =
    concat!("select a.id from after_sales a where a.status = $6 and", later!(), of_queue!(), meant!(), most_urgent!());

/// Of the queue and the days, behind the page before. Sums keep other indexes from leading than those that find the few.
macro_rules! older_few {
    () => {
        " a.shop_id + 0 = $1 and a.id + 0 < $2 and a.id + 0 >= $4 and a.id + 0 < $5 and ($6 = '' or a.status in ($6, $7, $8, $9))
            and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))"
    };
}
macro_rules! later_few {
    () => {
        " a.shop_id + 0 = $1 and (a.due_at + 0, a.id + 0) > ($15, $2) and a.id + 0 >= $4 and a.id + 0 < $5 and ($6 = '' or a.status in ($6, $7, $8, $9))
            and ($10 = '' or a.kind = $10) and ($11 = '' or a.stage in ($11, $12))"
    };
}
macro_rules! most_urgent_found {
    () => {
        ") found order by found.due_at, found.id limit $3"
    };
}
/// Its own number, or its order's.
macro_rules! numbered {
    () => {
        "select found.id from (select a.id, a.due_at from after_sales a where a.number = $13 and"
    };
}
macro_rules! or_of_order {
    () => {
        " union select a.id, a.due_at from orders o join after_sales a on a.order_id = o.id where o.number = $14 and"
    };
}
/// The buyer's phone, or the recipient's; `$13` is the tail, `$14` the whole phone.
macro_rules! called {
    () => {
        "select found.id from (select a.id, a.due_at from orders o join after_sales a on a.order_id = o.id where o.shop_id = $1
            and substr(o.buyer_phone, length(o.buyer_phone) - 3) = $13 and ($14 = '' or o.buyer_phone = $14) and"
    };
}
macro_rules! or_at_the_door {
    () => {
        " union select a.id, a.due_at from orders o join after_sales a on a.order_id = o.id where o.shop_id = $1
            and substr(o.recipient_phone, length(o.recipient_phone) - 3) = $13 and ($14 = '' or o.recipient_phone = $14) and"
    };
}
/// Every case of few members, or of few lines.
macro_rules! of_members {
    () => {
        "select found.id from (select a.id, a.due_at from (
                select buyer_id from members where shop_id + 0 = $1 and substr(lower(name), 1, 1) = lower($13)
                union all
                select buyer_id from members where shop_id + 0 = $1 and substr(lower(name), 1, 1) = substr(lower($13), 1, 1)
                    and substr(lower(name), 1, 2) = substr(lower($13), 1, 2) and length($13) > 1 and substr(lower(name), 1, length($13)) = lower($13)
            ) m join after_sales a on a.buyer_id = m.buyer_id where"
    };
}
macro_rules! or_of_products {
    () => {
        " union select a.id, a.due_at from products p join order_lines l on l.product_id = p.id and l.applications > 0
            join after_sale_items i on i.order_line_id = l.id and i.quantity > 0 join after_sales a on a.id = i.after_sale_id
            where p.shop_id = $1 and lower(p.title) like lower($14) escape '!' and"
    };
}
const NEWEST_NUMBERED: &str = concat!(numbered!(), older_few!(), or_of_order!(), older_few!(), ")", newest_found!());
const NEWEST_CALLED: &str = concat!(called!(), older_few!(), or_at_the_door!(), older_few!(), ")", newest_found!());
const NEWEST_GATHERED: &str = concat!(of_members!(), older_few!(), or_of_products!(), older_few!(), ")", newest_found!());
const URGENT_NUMBERED: &str = concat!(numbered!(), later_few!(), or_of_order!(), later_few!(), most_urgent_found!());
const URGENT_CALLED: &str = concat!(called!(), later_few!(), or_at_the_door!(), later_few!(), most_urgent_found!());
const URGENT_GATHERED: &str = concat!(of_members!(), later_few!(), or_of_products!(), later_few!(), most_urgent_found!());

/// How the cases are come by.
#[derive(Clone, Copy)]
enum Way {
    /// One after the other, looking at each.
    Walked,
    Numbered,
    Called,
    Gathered,
}

/// The ids of the queue's next cases, in its order.
pub(in crate::server::store) async fn ids(conn: &mut AnyConnection, shop: ShopId, filter: &QueueFilter, limit: i64) -> Result<Vec<i64>> {
    let (statuses, kind, stages) = codes(filter.queue);
    let urgent = filter.queue.by_time_left();
    let (way, sought) = match &filter.search {
        ShopSearch::Nothing => (Way::Walked, [String::new(), String::new()]),
        ShopSearch::Number(number) => (Way::Numbered, [number.clone(), number.clone()]),
        ShopSearch::Phone(phone) | ShopSearch::Tail(phone) => (Way::Called, search::phone(phone)),
        ShopSearch::Words(words) => {
            let reach = search::reach(conn, shop, words).await?;
            (if reach.has_few_cases() { Way::Gathered } else { Way::Walked }, reach.words(words))
        }
    };
    let (due, id) = filter.after.unwrap_or(if urgent { (0, 0) } else { (0, i64::MAX) });
    let query = sqlx::query_scalar(statement(filter.queue, way)).bind(shop.0).bind(id).bind(limit);
    let query = query.bind(filter.from.map_or(0, |from| from.0 << 20)).bind(filter.until.map_or(i64::MAX, |until| until.0 << 20));
    let query = statuses.into_iter().fold(query, sqlx::query::QueryScalar::bind).bind(kind).bind(stages[0]).bind(stages[1]);
    let query = sought.into_iter().fold(query, sqlx::query::QueryScalar::bind);
    let query = if urgent { query.bind(due) } else { query };
    Ok(query.fetch_all(conn).await?)
}

fn statement(queue: Queue, way: Way) -> &'static str {
    match (way, queue.by_time_left()) {
        (Way::Walked, true) if queue.kind().is_none() => OF_EVERY_KIND,
        (Way::Walked, true) => OF_KIND,
        (Way::Walked, false) if queue.states().is_empty() => ALL,
        (Way::Walked, false) => OF_STATUSES,
        (Way::Numbered, true) => URGENT_NUMBERED,
        (Way::Numbered, false) => NEWEST_NUMBERED,
        (Way::Called, true) => URGENT_CALLED,
        (Way::Called, false) => NEWEST_CALLED,
        (Way::Gathered, true) => URGENT_GATHERED,
        (Way::Gathered, false) => NEWEST_GATHERED,
    }
}
