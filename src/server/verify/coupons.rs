//! Coupons: where each copy is, as its kind, its order and its movements say (M8).

use super::{Invariant, Table};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M8 a coupon is with its order until it was returned",
        words: "每张用券的订单持有恰好一张优惠券，退回后不再持有",
        reads: &[Table::Orders, Table::BuyerCoupons],
        differing: "select o.id, o.shop_id, 'coupon ' || o.coupon_minor || case when o.coupon_returned_at is null then ', kept' else ', returned' end as kept,
                coalesce(h.copies, 0) || ' copies' as summed
            from orders o left join (select order_id, count(*) as copies from buyer_coupons where order_id is not null group by order_id) h
                on h.order_id = o.id
            where coalesce(h.copies, 0) <> case when o.coupon_minor > 0 and o.coupon_returned_at is null then 1 else 0 end",
    },
    Invariant {
        name: "M8 copies handed out and used are those in buyers' hands",
        words: "每种优惠券的已发和已用张数，等于会员手中的张数",
        reads: &[Table::Coupons, Table::BuyerCoupons],
        differing: "select c.id, c.shop_id, 'handed out ' || c.handed_out || ', used ' || c.used as kept,
                'in hands ' || coalesce(h.copies, 0) || ', used ' || coalesce(h.used, 0) as summed
            from coupons c left join (select coupon_id, count(*) as copies, count(order_id) as used from buyer_coupons group by coupon_id) h
                on h.coupon_id = c.id
            where c.handed_out <> coalesce(h.copies, 0) or c.used <> coalesce(h.used, 0)",
    },
    Invariant {
        name: "M8 a coupon came once, and is where its movements left it",
        words: "每张优惠券领取或发放恰有一次，使用与退回的记录与现状一致",
        reads: &[Table::BuyerCoupons, Table::CouponEvents],
        differing: "select h.id, h.shop_id, case when h.order_id is null then 'in hand' else 'used' end as kept,
                'came ' || coalesce(e.came, 0) || ' times, used ' || coalesce(e.used, 0) || ', returned ' || coalesce(e.returned, 0) as summed
            from buyer_coupons h left join (select buyer_coupon_id, sum(case when cause in ('taken', 'given') then 1 else 0 end) as came,
                sum(case when cause = 'used' then 1 else 0 end) as used, sum(case when cause = 'returned' then 1 else 0 end) as returned
                from coupon_events group by buyer_coupon_id) e on e.buyer_coupon_id = h.id
            where coalesce(e.came, 0) <> 1
                or coalesce(e.used, 0) - coalesce(e.returned, 0) <> case when h.order_id is null then 0 else 1 end",
    },
];
