use super::{WORDS, begins, part_of};
use crate::support::Seeded;
use guitu::domain::order::OrderStatus;
use guitu::domain::{OrderFlag, ShopId, Timestamp};
use guitu::server::store::orders::{OrderFilter, ShopSearch, list_for_shop};
use std::collections::HashMap;

/// An order as it is read without any index.
#[derive(sqlx_macros::FromRow)]
struct Plain {
    id: i64,
    shop_id: i64,
    number: String,
    status: String,
    flag: String,
    buyer_name: String,
    buyer_phone: String,
    recipient: String,
    recipient_phone: String,
}

struct Books {
    orders: Vec<Plain>,
    titles: HashMap<i64, Vec<String>>,
}

impl Books {
    async fn read(seeded: &Seeded) -> Self {
        let orders =
            "select id, shop_id, number, status, flag, buyer_name, buyer_phone, recipient, recipient_phone from orders order by id desc";
        let orders = sqlx::query_as(orders).fetch_all(seeded.db.read()).await.unwrap();
        let lines: Vec<(i64, String)> =
            sqlx::query_as("select order_id, title from order_lines").fetch_all(seeded.db.read()).await.unwrap();
        let mut titles: HashMap<i64, Vec<String>> = HashMap::new();
        for (order, title) in lines {
            titles.entry(order).or_default().push(title);
        }
        Self { orders, titles }
    }

    fn expected(&self, shop: ShopId, filter: &OrderFilter) -> Vec<i64> {
        let of_tab = |order: &Plain| {
            filter.status.is_none_or(|status| {
                order.status == status.code() || (status == OrderStatus::AwaitingShipment && order.status == "partially_shipped")
            })
        };
        let found = |order: &Plain| match &filter.search {
            ShopSearch::Nothing => true,
            ShopSearch::Number(number) => order.number == *number,
            ShopSearch::Phone(phone) => order.buyer_phone == *phone || order.recipient_phone == *phone,
            ShopSearch::Tail(tail) => order.buyer_phone.ends_with(tail) || order.recipient_phone.ends_with(tail),
            ShopSearch::Words(words) => {
                begins(&order.buyer_name, words)
                    || order.recipient == *words
                    || self.titles[&order.id].iter().any(|title| part_of(title, words))
            }
        };
        let in_time = |order: &Plain| {
            filter.from.is_none_or(|from| order.id >= from.0 << 20) && filter.until.is_none_or(|until| order.id < until.0 << 20)
        };
        let flagged = |order: &Plain| filter.flag.is_none_or(|flag| order.flag == flag.code());
        let fits = |order: &&Plain| order.shop_id == shop.0 && of_tab(order) && flagged(order) && in_time(order) && found(order);
        self.orders.iter().filter(fits).map(|order| order.id).collect()
    }
}

/// Every search finds the orders that plain reading finds.
pub async fn are_found(seeded: &Seeded) {
    let books = Books::read(seeded).await;
    let some = &books.orders[books.orders.len() / 2];
    let other = books.orders.iter().find(|order| order.shop_id != some.shop_id).unwrap();
    let mut typed: Vec<String> = WORDS.iter().map(|words| (*words).to_owned()).collect();
    typed.extend(["", "赵六", "赵", "13700009999", "9999"].map(str::to_owned));
    typed.extend([some.number.to_lowercase(), other.number.clone(), some.buyer_phone.clone(), some.buyer_phone[7..].to_owned()]);
    typed.push(some.buyer_name.clone());
    let mut met = 0;
    for typed in &typed {
        for filter in filters(ShopSearch::parse(typed), &books) {
            let expected = books.expected(ShopId(some.shop_id), &filter);
            let (found, whole) = leafed(seeded, ShopId(some.shop_id), &filter).await;
            met += found.len();
            assert_eq!(found, expected[..found.len()], "{filter:?}");
            assert!(!whole || found.len() == expected.len(), "{} of {} by {filter:?}", found.len(), expected.len());
        }
    }
    assert!(met > 2_000, "only {met} were found");
}

/// Nothing more, each tab, a flag, a flag within a tab, and days.
fn filters(search: ShopSearch, books: &Books) -> Vec<OrderFilter> {
    let at = |part: usize| Timestamp(books.orders[books.orders.len() * part / 8].id >> 20);
    let plain = OrderFilter { status: None, search, from: None, until: None, flag: None };
    let tabs = OrderStatus::ALL.into_iter().filter(|status| *status != OrderStatus::PartiallyShipped);
    let mut filters: Vec<_> = tabs.map(|status| OrderFilter { status: Some(status), ..plain.clone() }).collect();
    filters.push(OrderFilter { flag: Some(OrderFlag::Red), ..plain.clone() });
    filters.push(OrderFilter { flag: Some(OrderFlag::Red), status: Some(OrderStatus::Completed), ..plain.clone() });
    filters.push(OrderFilter { from: Some(at(5)), until: Some(at(2)), ..plain.clone() });
    filters.push(OrderFilter { from: Some(at(5)), until: Some(at(2)), status: Some(OrderStatus::Closed), ..plain.clone() });
    filters.push(plain);
    filters
}

/// The first five pages of seven; are they all there is?
async fn leafed(seeded: &Seeded, shop: ShopId, filter: &OrderFilter) -> (Vec<i64>, bool) {
    let mut conn = seeded.db.reader().await.unwrap();
    let (mut found, mut before) = (Vec::new(), i64::MAX);
    for _ in 0..5 {
        let page = list_for_shop(&mut conn, shop, filter, before, 7).await.unwrap();
        found.extend(page.rows.iter().map(|order| order.id));
        match page.next {
            Some(next) => before = next,
            None => return (found, true),
        }
    }
    (found, false)
}
