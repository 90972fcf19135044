//! Coupons: where each copy is, as its kind, its order and its movements say (M8).

use super::{CheckedTable, Invariant};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M8 a coupon is with its order until it was returned",
        words: "每张用券的订单持有恰好一张优惠券，退回后不再持有",
        reads: &[CheckedTable::Orders, CheckedTable::BuyerCoupons],
        differing: include_str!("coupons/coupons_of_orders.sql"),
    },
    Invariant {
        name: "M8 copies handed out and used are those in buyers' hands",
        words: "每种优惠券的已发和已用张数，等于会员手中的张数",
        reads: &[CheckedTable::Coupons, CheckedTable::BuyerCoupons],
        differing: include_str!("coupons/copies_in_hands.sql"),
    },
    Invariant {
        name: "M8 a coupon came once, and is where its movements left it",
        words: "每张优惠券领取或发放恰有一次，使用与退回的记录与现状一致",
        reads: &[CheckedTable::BuyerCoupons, CheckedTable::CouponEvents],
        differing: include_str!("coupons/movements_of_copies.sql"),
    },
];
