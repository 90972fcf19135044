//! Orders and their lines: what they cost, what lies on each line, and how many units are on their way (M1–M5).

use super::{CheckedTable, Invariant};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M1 an order is the sum of its lines",
        words: "订单的商品、改价、优惠、运费、实付和已退，等于各行之和",
        reads: &[CheckedTable::Orders, CheckedTable::Lines],
        differing: include_str!("orders/sums_of_lines.sql"),
    },
    Invariant {
        name: "M1 a paid order cost what it says",
        words: "已付款订单的实付，等于商品加改价减优惠加运费",
        reads: &[CheckedTable::Orders],
        differing: include_str!("orders/price_of_orders.sql"),
    },
    Invariant {
        name: "M1 a paid line cost what it says",
        words: "每行的金额等于单价乘数量，实付等于商品加改价减优惠加运费",
        reads: &[CheckedTable::Orders, CheckedTable::Lines],
        differing: include_str!("orders/price_of_lines.sql"),
    },
    Invariant {
        name: "what was shipped of a line lies in its parcels",
        words: "每行已发的件数，等于各包裹里的件数",
        reads: &[CheckedTable::Lines, CheckedTable::ShipmentLines],
        differing: include_str!("orders/parcels.sql"),
    },
];
