//! How fast the books of many orders are checked; too long for every day:
//! `GUITU_BULK_ORDERS=200000 cargo test --features ssr --test integration bulk -- --ignored --nocapture`.

use crate::support::{Engine, TestApp, WANG};
use guitu::server::verify;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes minutes and gigabytes"]
async fn sqlite() {
    Engine::Sqlite.play(the_books_of_many_orders_are_checked).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "takes minutes and gigabytes"]
async fn postgres() {
    Engine::Postgres.play(the_books_of_many_orders_are_checked).await;
}

/// Every tenth order is paid back whole; ids begin at 1, which no id made by us does. `$1`: how many orders; `$2`: the buyer; `$3`: the SKU.
const FILL: [&str; 13] = [
    "insert into orders (id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail, buyer_name, buyer_phone,
        buyer_remark, goods_minor, freight_minor, paid_minor, refunded_minor, tender, placed_at, paid_at, shipped_at, received_at, after_sale_until)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
        select i, 'B' || i, s.shop_id, $2, 'bulk ' || i, 'completed', '王', '13900000000', '浙江省', '文三路', '王小满', '13800000001', '', 5000, 0,
        5000, case when i % 10 = 0 then 5000 else 0 end, 'wechat', i, i, i, i, i from n join skus s on s.id = $3",
    "insert into order_lines (id, order_id, shop_id, product_id, sku_id, title, spec, picture, unit_price_minor, quantity, goods_minor, paid_minor,
        refunded_minor, shipped_quantity, refunded_quantity)
        select o.id * 2 + k.k, o.id, o.shop_id, s.product_id, s.id, '云雾茶', '标准', '', 2500, 1, 2500, 2500,
        case when o.id % 10 = 0 then 2500 else 0 end, 1, case when o.id % 10 = 0 then 1 else 0 end
        from orders o join skus s on s.id = $3 join (select 0 as k union all select 1) k on k.k < 2 where o.id <= $1 and o.buyer_id = $2",
    "insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, refunded_minor, created_at, paid_at)
        select id, 'PB' || id, shop_id, id, 'wechat', 'succeeded', 5000, refunded_minor, id, id from orders where id <= $1 and buyer_id = $2 and $3 > 0",
    "insert into line_tenders (order_line_id, payment_id, paid_minor, refunded_minor)
        select l.id, l.order_id, 2500, l.refunded_minor from order_lines l where l.order_id <= $1 and $2 > 0 and $3 > 0",
    "insert into shipments (id, shop_id, order_id, carrier, tracking, shipped_at)
        select id, shop_id, id, 'sf', 'SF' || id, id from orders where id <= $1 and buyer_id = $2 and $3 > 0",
    "insert into shipment_lines (shipment_id, order_line_id, quantity)
        select l.order_id, l.id, 1 from order_lines l where l.order_id <= $1 and $2 > 0 and $3 > 0",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select l.id * 2, l.sku_id, l.id, 'reserved', -1, 1, 0, l.id from order_lines l where l.order_id <= $1 and $2 > 0 and $3 > 0",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select l.id * 2 + 1, l.sku_id, l.id, 'shipped', 0, -1, 0, l.id from order_lines l where l.order_id <= $1 and $2 > 0 and $3 > 0",
    "insert into money_events (id, shop_id, order_id, payment_id, buyer_id, account, cause, amount_minor, actor, at)
        select id * 2, shop_id, id, id, buyer_id, 'wechat', 'paid', -5000, 'system', id from orders where id <= $1 and buyer_id = $2 and $3 > 0",
    "insert into after_sales (id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence, amount_minor,
        ended_at, applied_at)
        select id, 'AB' || id, shop_id, id, buyer_id, 'bulk ' || id, 'refund_only', 'received', 'succeeded', 'quality', '', '[]', 5000, id, id
        from orders where id <= $1 and id % 10 = 0 and buyer_id = $2 and $3 > 0",
    "insert into after_sale_items (after_sale_id, order_line_id, quantity, goods_minor, freight_minor, settles)
        select l.order_id, l.id, 1, 2500, 0, 1 from order_lines l where l.order_id <= $1 and l.order_id % 10 = 0 and $2 > 0 and $3 > 0",
    "insert into refunds (id, number, shop_id, order_id, after_sale_id, payment_id, tender, status, amount_minor, created_at, settled_at)
        select id, 'RB' || id, shop_id, id, id, id, 'wechat', 'succeeded', 5000, id, id from orders
        where id <= $1 and id % 10 = 0 and buyer_id = $2 and $3 > 0",
    "insert into refund_lines (refund_id, order_line_id, amount_minor)
        select l.order_id, l.id, 2500 from order_lines l where l.order_id <= $1 and l.order_id % 10 = 0 and $2 > 0 and $3 > 0",
];
const MOVED_BACK: &str = "insert into money_events (id, shop_id, order_id, payment_id, refund_id, buyer_id, account, cause, amount_minor, actor, at)
    select id * 2 + 1, shop_id, order_id, payment_id, id, $2, 'wechat', 'refunded', 5000, 'system', created_at from refunds where id <= $1 and $3 > 0";
const STOCKED: &str =
    "insert into stock_moves (id, sku_id, cause, sellable, reserved, defective, at) select 1, $3, 'stocked', 2 * $1, 0, 0, 1
    from buyers where id = $2";

async fn the_books_of_many_orders_are_checked(app: TestApp) {
    let orders: i64 = std::env::var("GUITU_BULK_ORDERS").ok().and_then(|typed| typed.parse().ok()).unwrap_or(100_000);
    let begun = Instant::now();
    let buyer = app.number("select id from buyers where phone = $1", WANG).await;
    for statement in FILL.into_iter().chain([MOVED_BACK, STOCKED]) {
        sqlx::query(statement).bind(orders).bind(buyer).bind(app.town.goods.tea.sku.0).execute(app.server.db.single()).await.unwrap();
    }
    sqlx::query("analyze").execute(app.server.db.single()).await.unwrap();
    let rows = app.count(ROWS).await;
    println!("{orders} orders, {rows} rows, made in {:?}", begun.elapsed());
    for round in 1..=2 {
        let begun = Instant::now();
        let books = verify::ledger(&app.server.db).await.unwrap();
        let took = begun.elapsed();
        for check in &books {
            println!("{:>7} ms {:>9} rows  {}", check.millis, check.rows, check.name);
            assert_eq!(check.differences, 0, "{:?}", check.wrong.first());
        }
        println!("round {round}: {took:?}, {} thousand rows a minute", u128::try_from(rows).unwrap() * 60 / took.as_millis().max(1));
    }
}

const ROWS: &str = "select (select count(*) from orders) + (select count(*) from order_lines) + (select count(*) from payments)
    + (select count(*) from line_tenders) + (select count(*) from shipment_lines) + (select count(*) from stock_moves)
    + (select count(*) from money_events) + (select count(*) from after_sales) + (select count(*) from after_sale_items)
    + (select count(*) from refunds) + (select count(*) from refund_lines) + (select count(*) from shipments)";
