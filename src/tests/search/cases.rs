use super::{WORDS, begins, part_of};
use crate::support::Seeded;
use guitu::domain::ShopId;
use guitu::domain::after_sale::Queue;
use guitu::server::store::after_sales::{QueueFilter, list_for_shop};
use guitu::server::store::orders::ShopSearch;
use std::collections::HashMap;

/// A case as it is read without any index.
#[derive(sqlx_macros::FromRow)]
struct Plain {
    id: i64,
    shop_id: i64,
    number: String,
    kind: String,
    stage: String,
    status: String,
    due_at: Option<i64>,
    order_number: String,
    buyer_name: String,
    buyer_phone: String,
    recipient_phone: String,
}

struct Books {
    cases: Vec<Plain>,
    titles: HashMap<i64, Vec<String>>,
}

impl Books {
    async fn read(seeded: &Seeded) -> Self {
        let cases =
            "select a.id, a.shop_id, a.number, a.kind, a.stage, a.status, a.due_at, o.number as order_number, o.buyer_name, o.buyer_phone,
            o.recipient_phone from after_sales a join orders o on o.id = a.order_id";
        let cases = sqlx::query_as(cases).fetch_all(seeded.db.read()).await.unwrap();
        let items = "select i.after_sale_id, l.title from after_sale_items i join order_lines l on l.id = i.order_line_id";
        let items: Vec<(i64, String)> = sqlx::query_as(items).fetch_all(seeded.db.read()).await.unwrap();
        let mut titles: HashMap<i64, Vec<String>> = HashMap::new();
        for (case, title) in items {
            titles.entry(case).or_default().push(title);
        }
        Self { cases, titles }
    }

    fn expected(&self, shop: ShopId, filter: &QueueFilter) -> Vec<i64> {
        let found = |case: &Plain| match &filter.search {
            ShopSearch::Nothing => true,
            ShopSearch::Number(number) => case.number == *number || case.order_number == *number,
            ShopSearch::Phone(phone) => case.buyer_phone == *phone || case.recipient_phone == *phone,
            ShopSearch::Tail(tail) => case.buyer_phone.ends_with(tail) || case.recipient_phone.ends_with(tail),
            ShopSearch::Words(words) => begins(&case.buyer_name, words) || self.titles[&case.id].iter().any(|title| part_of(title, words)),
        };
        let fits = |case: &&Plain| case.shop_id == shop.0 && waits_in(case, filter.queue) && found(case);
        let mut fitting: Vec<&Plain> = self.cases.iter().filter(fits).collect();
        if filter.queue.by_time_left() {
            fitting.sort_by_key(|case| (case.due_at, case.id));
        } else {
            fitting.sort_by_key(|case| -case.id);
        }
        fitting.into_iter().map(|case| case.id).collect()
    }
}

/// As the queues are named (S45).
fn waits_in(case: &Plain, queue: Queue) -> bool {
    let applied = case.status == "applied";
    match queue {
        Queue::Unshipped => applied && case.kind == "refund_only" && case.stage == "unshipped",
        Queue::ShippedRefund => applied && case.kind == "refund_only" && case.stage != "unshipped",
        Queue::Return => applied && case.kind == "return_refund",
        Queue::Exchange => applied && case.kind == "exchange",
        Queue::AwaitingReturn => case.status == "awaiting_return",
        Queue::AwaitingReceipt => case.status == "return_in_transit",
        Queue::ToFinish => ["refunding", "refund_failed", "awaiting_reship", "awaiting_buyer_receipt"].contains(&case.status.as_str()),
        Queue::Done => ["succeeded", "closed", "rejected", "return_rejected"].contains(&case.status.as_str()),
        Queue::All => true,
    }
}

/// Every search finds the cases that plain reading finds.
pub async fn are_found(seeded: &Seeded) {
    let books = Books::read(seeded).await;
    let some = &books.cases[books.cases.len() / 2];
    let other = books.cases.iter().find(|case| case.shop_id != some.shop_id).unwrap();
    let mut searches: Vec<ShopSearch> = WORDS.iter().map(|words| ShopSearch::parse(words)).collect();
    searches.extend(["", "13700009999", "9999", &some.buyer_phone, &some.buyer_phone[7..], &some.buyer_name].map(ShopSearch::parse));
    searches.extend([&some.number, &other.number, &some.order_number].map(|number| ShopSearch::Number(number.clone())));
    let mut met = 0;
    for search in searches {
        for queue in Queue::ALL {
            let filter = QueueFilter { queue, search: search.clone(), from: None, until: None, after: None };
            let expected = books.expected(ShopId(some.shop_id), &filter);
            let (found, whole) = leafed(seeded, ShopId(some.shop_id), filter.clone()).await;
            met += found.len();
            assert_eq!(found, expected[..found.len()], "{filter:?}");
            assert!(!whole || found.len() == expected.len(), "{} of {} by {filter:?}", found.len(), expected.len());
        }
    }
    assert!(met > 1_000, "only {met} were found");
}

/// The first five pages of seven; are they all there is?
async fn leafed(seeded: &Seeded, shop: ShopId, mut filter: QueueFilter) -> (Vec<i64>, bool) {
    let mut conn = seeded.db.reader().await.unwrap();
    let mut found = Vec::new();
    for _ in 0..5 {
        let page = list_for_shop(&mut conn, shop, &filter, 7).await.unwrap();
        found.extend(page.rows.iter().map(|case| case.id));
        match page.rows.last().filter(|_| page.next.is_some()) {
            Some(last) => filter.after = Some((last.due_at.unwrap_or(0), last.id)),
            None => return (found, true),
        }
    }
    (found, false)
}
