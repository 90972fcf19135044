//! Orders and their lines: what they cost, what lies on each line, and how many units are on their way (M1–M5).

use super::{Invariant, Table};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M1 an order is the sum of its lines",
        words: "订单的商品、改价、优惠、运费、实付和已退，等于各行之和",
        reads: &[Table::Orders, Table::Lines],
        differing: "select o.id, o.shop_id,
                'goods ' || o.goods_minor || ', change ' || o.goods_adjust_minor || ', coupon ' || o.coupon_minor || ', freight ' || o.freight_minor
                    || ', paid ' || o.paid_minor || ', refunded ' || o.refunded_minor as kept,
                'goods ' || coalesce(l.goods, 0) || ', change ' || coalesce(l.change, 0) || ', coupon ' || coalesce(l.coupon, 0) || ', freight '
                    || coalesce(l.freight, 0) || ', paid ' || coalesce(l.paid, 0) || ', refunded ' || coalesce(l.refunded, 0) as summed
            from orders o left join (select order_id, sum(goods_minor) as goods, sum(adjust_minor) as change, sum(coupon_minor) as coupon,
                sum(freight_minor) as freight, sum(paid_minor) as paid, sum(refunded_minor) as refunded from order_lines group by order_id) l on l.order_id = o.id
            where o.goods_minor <> coalesce(l.goods, 0) or o.goods_adjust_minor <> coalesce(l.change, 0)
                or o.coupon_minor <> coalesce(l.coupon, 0) or o.freight_minor <> coalesce(l.freight, 0) or o.paid_minor <> coalesce(l.paid, 0)
                or o.refunded_minor <> coalesce(l.refunded, 0)",
    },
    Invariant {
        name: "M1 a paid order cost what it says",
        words: "已付款订单的实付，等于商品加改价减优惠加运费",
        reads: &[Table::Orders],
        differing: "select id, shop_id, 'paid ' || paid_minor as kept,
                'payable ' || case when paid_at is null then 0 else goods_minor + goods_adjust_minor - coupon_minor + freight_minor end as summed
            from orders
            where paid_minor <> case when paid_at is null then 0 else goods_minor + goods_adjust_minor - coupon_minor + freight_minor end",
    },
    Invariant {
        name: "M1 a paid line cost what it says",
        words: "每行的金额等于单价乘数量，实付等于商品加改价减优惠加运费",
        reads: &[Table::Orders, Table::Lines],
        differing: "select l.id, l.shop_id, 'goods ' || l.goods_minor || ', paid ' || l.paid_minor as kept,
                'goods ' || (l.unit_price_minor * l.quantity) || ', payable '
                    || case when o.paid_at is null then 0 else l.goods_minor + l.adjust_minor - l.coupon_minor + l.freight_minor end as summed
            from order_lines l join orders o on o.id = l.order_id
            where l.goods_minor <> l.unit_price_minor * l.quantity
                or l.paid_minor <> case when o.paid_at is null then 0 else l.goods_minor + l.adjust_minor - l.coupon_minor + l.freight_minor end",
    },
    Invariant {
        name: "what was shipped of a line lies in its parcels",
        words: "每行已发的件数，等于各包裹里的件数",
        reads: &[Table::Lines, Table::ShipmentLines],
        differing: "select l.id, l.shop_id, 'shipped ' || l.shipped_quantity as kept, 'in parcels ' || coalesce(s.units, 0) as summed
            from order_lines l left join (select order_line_id, sum(quantity) as units from shipment_lines group by order_line_id) s
                on s.order_line_id = l.id
            where l.shipped_quantity <> coalesce(s.units, 0)",
    },
];
