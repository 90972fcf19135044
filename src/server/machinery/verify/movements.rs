//! Movements of money: each belongs to one tender or refund, and the wallets are their sums (M16).

use super::{CheckedTable, Invariant};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M16 a tender moved its money once",
        words: "每笔支付恰有一条资金流水，作废的没有或已退还",
        reads: &[CheckedTable::Payments, CheckedTable::Movements],
        differing: include_str!("movements/movements_of_tenders.sql"),
    },
    Invariant {
        name: "M16 a refund moved its money once",
        words: "每笔到账的退款恰有一条资金流水，未到账的没有",
        reads: &[CheckedTable::Refunds, CheckedTable::Movements],
        differing: include_str!("movements/movements_of_refunds.sql"),
    },
    Invariant {
        name: "M16 every movement belongs to its order, its tender and its refund",
        words: "每条资金流水都对应它的订单、支付和退款",
        reads: &[CheckedTable::Movements, CheckedTable::Orders, CheckedTable::Payments, CheckedTable::Refunds],
        differing: include_str!("movements/strays.sql"),
    },
    Invariant {
        name: "M16 balance and points are the sums of their movements",
        words: "每位会员在每家店的余额和积分，等于各自流水之和",
        reads: &[CheckedTable::Members, CheckedTable::Movements],
        differing: include_str!("movements/wallets.sql"),
    },
    Invariant {
        name: "M16 what was carried between the wallets of a buyer adds up to nothing",
        words: "钱包按店铺分开时，各店之间的结转相抵为零",
        reads: &[CheckedTable::Movements],
        differing: include_str!("movements/carried_over.sql"),
    },
    Invariant {
        name: "M16 a movement of a wallet says what it held before and after",
        words: "每条余额和积分流水的变动前后与金额一致",
        reads: &[CheckedTable::Movements],
        differing: include_str!("movements/before_and_after.sql"),
    },
    // Two processes may write down a movement in another sequence than their ids have. So only a wallet whose chain seems to break by its
    // ids is looked at closely: whatever it is left with by one movement, and where it begins and ends, is met by another.
    Invariant {
        name: "M16 the chain of a wallet's movements is unbroken",
        words: "每位会员在每家店的余额和积分流水首尾相接，没有断开",
        reads: &[CheckedTable::Members, CheckedTable::Movements],
        differing: include_str!("movements/chain.sql"),
    },
    Invariant {
        name: "M7 points that orders earned and gave back are movements",
        words: "每笔订单赠送和扣回的积分，等于各自流水之和",
        reads: &[CheckedTable::Lines, CheckedTable::Movements],
        differing: include_str!("movements/points_of_orders.sql"),
    },
];
