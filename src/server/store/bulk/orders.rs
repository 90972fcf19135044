//! Orders with their lines, payments, parcels and stock, from the drafts. An id of a later moment is that moment and the order's own low bits.

/// What an order's case has set aside or given back, line by line: all of the order, or its first line without the freight.
macro_rules! lines {
    ($what:literal) => {
        concat!(
            "select ",
            $what,
            " from draft_line l join draft d on d.id = l.order_id
            left join draft_case c on c.order_id = l.order_id and (c.whole = 1 or l.nth = 1)"
        )
    };
}

pub(super) const FILL: &[&str] = &[
    "insert into draft_line
        select d.id + k.nth, d.id, k.nth, g.product_id, g.id, g.title, g.spec, g.picture, g.price_minor,
            case k.nth when 1 then d.units_1 when 2 then d.units_2 else d.units_3 end, case when k.nth = 1 then d.freight else 0 end
        from draft d join (select 1 as nth union all select 2 union all select 3) k on k.nth <= d.lines
        join (select s.id, s.product_id, s.shop_id, s.spec, s.price_minor, p.title, p.picture,
                row_number() over (partition by s.shop_id order by s.id) as nth
            from skus s join products p on p.id = s.product_id) g
            on g.shop_id = d.shop_id and g.nth = case k.nth when 1 then d.good_1 when 2 then d.good_2 else d.good_3 end",
    "insert into orders (id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail, buyer_name, buyer_phone,
            buyer_remark, goods_minor, freight_minor, paid_minor, refunded_minor, tender, open_cases, unreviewed, placed_at, pay_by, paid_at,
            shipped_at, receive_by, receive_left, received_at, after_sale_until, no_reason_until, closed_at, close_reason)
        select d.id, d.number, d.shop_id, d.buyer_id, d.number, d.status, d.name, d.phone, d.region, d.detail, d.name, d.phone, '', d.goods, d.freight,
            case when d.paid_at is null then 0 else d.goods + d.freight end,
            case when c.status = 'succeeded' and c.kind <> 'exchange' then c.amount else 0 end, d.tender,
            case when c.id is null or c.status in ('succeeded', 'closed') then 0 else 1 end,
            case when d.status = 'completed' and d.stars = 0 then d.lines else 0 end, d.placed_at, d.pay_by, d.paid_at,
            d.shipped_at, d.receive_by, d.receive_left, d.received_at, d.until_at, d.until_at - 691200000,
            d.closed_at, d.close_reason
        from draft d left join draft_case c on c.order_id = d.id",
    concat!(
        "insert into order_lines (id, order_id, shop_id, product_id, sku_id, title, spec, picture, unit_price_minor, quantity, goods_minor,
            freight_minor, paid_minor, refunded_minor, reserved_minor, freight_claimed_minor, shipped_quantity, cancelled_quantity,
            refunded_quantity, reserved_quantity, applications, reviewed_at) ",
        "select l.id, l.order_id, d.shop_id, l.product_id, l.sku_id, l.title, l.spec, l.picture, l.price, l.units, l.price * l.units, l.freight,
            case when d.paid_at is null then 0 else l.price * l.units + l.freight end,
            case when c.status = 'succeeded' and c.kind <> 'exchange' then l.price * l.units + l.freight * c.whole else 0 end,
            case when c.id is null or c.status in ('succeeded', 'closed') then 0 else l.price * l.units + l.freight * c.whole end,
            case when c.status = 'closed' or (c.status = 'succeeded' and c.kind = 'exchange') then 0 else coalesce(l.freight * c.whole, 0) end,
            case when l.nth <= d.sent then l.units else 0 end, case when d.close_reason = 'refunded_before_ship' then l.units else 0 end,
            case when c.status = 'succeeded' and c.kind <> 'exchange' then l.units else 0 end,
            case when c.id is null or c.status in ('succeeded', 'closed') then 0 else l.units end,
            case when c.id is null then 0 else 1 end, case when d.stars > 0 then d.received_at + 86400000 end
        from draft_line l join draft d on d.id = l.order_id
        left join draft_case c on c.order_id = l.order_id and (c.whole = 1 or l.nth = 1)"
    ),
    "insert into payments (id, number, shop_id, order_id, tender, status, amount_minor, refunded_minor, trade_no, created_at, paid_at)
        select d.id + 4, 'P' || replace(d.number, '-', ''), d.shop_id, d.id, d.tender, 'succeeded', d.goods + d.freight,
            case when c.status = 'succeeded' and c.kind <> 'exchange' then c.amount else 0 end, 'T' || replace(d.number, '-', ''), d.placed_at, d.paid_at
        from draft d left join draft_case c on c.order_id = d.id where d.paid_at is not null",
    concat!(
        "insert into line_tenders (order_line_id, payment_id, paid_minor, refunded_minor) ",
        lines!(
            "l.id, l.order_id + 4, l.price * l.units + l.freight,
            case when c.kind <> 'exchange' and c.status in ('succeeded', 'refunding', 'refund_failed')
                then l.price * l.units + l.freight * c.whole else 0 end"
        ),
        " where d.paid_at is not null"
    ),
    "insert into shipments (id, shop_id, order_id, carrier, tracking, shipped_at)
        select (d.shipped_at << 20) + (d.id & 1048575), d.shop_id, d.id, 'sf', 'SF' || (1000000000000 + d.id % 999999999999), d.shipped_at
        from draft d where d.sent > 0",
    "insert into shipment_lines (shipment_id, order_line_id, quantity)
        select (d.shipped_at << 20) + (d.id & 1048575), l.id, l.units from draft_line l join draft d on d.id = l.order_id where l.nth <= d.sent",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select l.id, l.sku_id, l.id, 'reserved', -l.units, l.units, 0, d.placed_at from draft_line l join draft d on d.id = l.order_id",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select (d.shipped_at << 20) + (l.id & 1048575), l.sku_id, l.id, 'shipped', 0, -l.units, 0, d.shipped_at
        from draft_line l join draft d on d.id = l.order_id where l.nth <= d.sent",
    "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
        select (d.closed_at << 20) + (l.id & 1048575), l.sku_id, l.id, 'released', l.units, -l.units, 0, d.closed_at
        from draft_line l join draft d on d.id = l.order_id where d.closed_at is not null",
    "insert into money_events (id, shop_id, order_id, payment_id, buyer_id, account, cause, amount_minor, actor, actor_name, at)
        select (d.paid_at << 20) + (d.id & 1048575) + 4, d.shop_id, d.id, d.id + 4, d.buyer_id, d.tender, 'paid', -(d.goods + d.freight), 'system',
            '系统', d.paid_at
        from draft d where d.paid_at is not null",
    "insert into clocks (subject, subject_id, due_at) select 'order', d.id, coalesce(d.pay_by, d.receive_by) from draft d
        where d.status in ('pending_payment', 'awaiting_receipt') and coalesce(d.pay_by, d.receive_by) is not null",
];
