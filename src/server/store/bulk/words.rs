//! Timelines, notices and reviews, from the drafts.

/// One line of each order's timeline.
macro_rules! happened {
    ($at:literal, $offset:literal, $by:literal, $name:literal, $kind:literal, $words:literal) => {
        concat!(
            "insert into events (id, shop_id, order_id, actor_kind, actor_name, kind, words, evidence, at) select (d.",
            $at,
            " << 20) + (d.id & 1048575) + ",
            $offset,
            ", d.shop_id, d.id, '",
            $by,
            "', ",
            $name,
            ", '",
            $kind,
            "', ",
            $words,
            ", '[]', d.",
            $at,
            " from draft d where d.",
            $at,
            " is not null"
        )
    };
}

pub(super) const FILL: &[&str] = &[
    happened!("placed_at", "0", "buyer", "d.name", "order_placed", "'提交订单'"),
    happened!("paid_at", "1", "system", "'系统'", "order_paid", "case d.tender when 'wechat' then '微信支付' else '支付宝支付' end"),
    happened!("shipped_at", "2", "staff", "'仓库小吴'", "order_shipped", "'商家发货：顺丰速运 SF' || (1000000000000 + d.id % 999999999999)"),
    happened!("received_at", "3", "buyer", "d.name", "order_received", "'买家确认收货'"),
    happened!(
        "closed_at",
        "4",
        "system",
        "'系统'",
        "order_closed",
        "case d.close_reason when 'buyer_cancel' then '买家取消订单' when 'refunded_before_ship' then '发货前全额退款，订单关闭' else '超时未付款，订单关闭' end"
    ),
    "insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_name, kind, words, evidence, at)
        select (c.applied_at << 20) + (d.id & 1048575) + 5, d.shop_id, d.id, c.id, 'buyer', d.name, 'after_sale_applied', '提交申请', '[]', c.applied_at
        from draft_case c join draft d on d.id = c.order_id",
    "insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_name, kind, words, evidence, at)
        select (c.decided_at << 20) + (d.id & 1048575) + 6, d.shop_id, d.id, c.id, c.by_kind,
            case c.by_kind when 'buyer' then d.name when 'staff' then '客服小林' else '系统' end, c.event, c.words, '[]', c.decided_at
        from draft_case c join draft d on d.id = c.order_id where c.event <> ''",
    "insert into messages (id, shop_id, order_id, title, words, at, read_at)
        select (d.paid_at << 20) + (d.id & 1048575), d.shop_id, d.id, '订单已付款', '订单 ' || d.number || ' 已付款，请尽快发货', d.paid_at,
            case when d.status <> 'awaiting_shipment' then d.paid_at + 3600000 end
        from draft d where d.paid_at is not null",
    "insert into messages (id, shop_id, buyer_id, order_id, title, words, at, read_at)
        select (d.shipped_at << 20) + (d.id & 1048575) + 1, d.shop_id, d.buyer_id, d.id, '商品已发货', '订单 ' || d.number || ' 已发货：顺丰速运', d.shipped_at,
            case when d.received_at is not null then d.shipped_at + 3600000 end
        from draft d where d.shipped_at is not null",
    "insert into messages (id, shop_id, order_id, after_sale_id, title, words, at, read_at)
        select (c.applied_at << 20) + (d.id & 1048575) + 2, d.shop_id, d.id, c.id, '售后申请待处理', '售后 ' || c.number || ' 待处理，超时自动退款', c.applied_at,
            case when c.status <> 'applied' then c.applied_at + 3600000 end
        from draft_case c join draft d on d.id = c.order_id",
    "insert into reviews (id, shop_id, order_id, order_line_id, product_id, buyer_id, buyer_name, rating, words, pictures, at)
        select ((d.received_at + 86400000) << 20) + (l.id & 1048575), d.shop_id, d.id, l.id, l.product_id, d.buyer_id, d.name, d.stars, d.review, '[]',
            d.received_at + 86400000
        from draft_line l join draft d on d.id = l.order_id where d.stars > 0",
];
