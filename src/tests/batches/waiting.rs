//! Refunds that wait for the shop, as many as one likes: rows as the forms would have left them.

use crate::support::TestApp;

/// Paid, not shipped, and asked back, ¥100.00 each and every tenth ¥600.00, of three buyers in turn. `$1` how many, `$2` the SKU, `$3` now.
const FILL: [&str; 11] = [
    "insert into orders (id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail, buyer_name, buyer_phone,
        buyer_remark, goods_minor, freight_minor, paid_minor, tender, placed_at, paid_at, open_cases)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < $1)
        select i, 'GW' || i, s.shop_id, b.id, 'waiting ' || i, 'awaiting_shipment', '王', '13900000000', '浙江省', '文三路', b.name, b.phone, '',
        case when i % 10 = 0 then 60000 else 10000 end, 0, case when i % 10 = 0 then 60000 else 10000 end, 'wechat', $3, $3, 1
        from n join skus s on s.id = $2
        join buyers b on b.phone = case i % 3 when 0 then '13800000001' when 1 then '13800000002' else '13800000003' end",
    "insert into order_lines (id, order_id, shop_id, product_id, sku_id, title, spec, picture, unit_price_minor, quantity, goods_minor, paid_minor,
        reserved_minor, reserved_quantity, applications)
        select o.id, o.id, o.shop_id, s.product_id, s.id, '云雾茶', '标准', '', o.paid_minor, 1, o.paid_minor, o.paid_minor, o.paid_minor, 1, 1
        from orders o join skus s on s.id = $2 where o.id <= $1 and $3 > 0",
    "insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, created_at, paid_at)
        select id, 'PW' || id, shop_id, id, 'wechat', 'succeeded', paid_minor, $3, $3 from orders where id <= $1 and $2 > 0",
    "insert into line_tenders (order_line_id, payment_id, paid_minor) select id, id, paid_minor from orders where id <= $1 and $2 > 0 and $3 > 0",
    "insert into money_events (id, shop_id, order_id, payment_id, buyer_id, account, cause, amount_minor, actor, at)
        select id, shop_id, id, id, buyer_id, 'wechat', 'paid', -paid_minor, 'system', $3 from orders where id <= $1 and $2 > 0",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select id + 1000000, $2, id, 'reserved', -1, 1, 0, $3 from orders where id <= $1",
    "insert into stock_moves (id, sku_id, cause, sellable, reserved, defective, at) select 2000000, id, 'stocked', $1, 0, 0, $3 from skus where id = $2",
    "update skus set reserved = reserved + $1 where id = $2 and $3 > 0",
    "insert into after_sales (id, number, shop_id, order_id, buyer_id, request_key, kind, stage, status, reason, note, evidence, amount_minor,
        due_at, applied_at)
        select id, 'ASW' || id, shop_id, id, buyer_id, 'waiting ' || id, 'refund_only', 'unshipped', 'applied', 'unwanted', '', '[]', paid_minor,
        $3 + 86400000 + id, $3 from orders where id <= $1 and $2 > 0",
    "insert into after_sale_items (after_sale_id, order_line_id, quantity, goods_minor, freight_minor, settles)
        select id, id, 1, paid_minor, 0, 1 from orders where id <= $1 and $2 > 0 and $3 > 0",
    "insert into clocks (subject, subject_id, due_at) select 'after_sale', id, due_at from after_sales where id <= $1 and $2 > 0 and $3 > 0",
];

impl TestApp {
    /// So many cases in the queue of refunds before shipping: `ASW1`, `ASW2`, … of the orders `GW1`, `GW2`, …
    pub async fn refunds_wait(&self, cases: i64) {
        for statement in FILL {
            let query = sqlx::query(statement).bind(cases).bind(self.town.goods.tea.sku.0).bind(self.server.now().0);
            query.execute(self.server.db.single()).await.unwrap();
        }
    }
}
