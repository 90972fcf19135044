//! After-sales: what they set aside and give back, on the lines, on the orders and by their refunds (M3, M4).

use super::{CheckedTable, Invariant};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M3 what is set aside and given back of a line belongs to cases",
        words: "每行预留和已退的金额、件数、运费，等于各售后单之和",
        reads: &[CheckedTable::Lines, CheckedTable::Cases, CheckedTable::Items],
        differing: include_str!("cases/claims_of_lines.sql"),
    },
    Invariant {
        name: "M4 the cases of an order are what it gave back, and the open ones are counted",
        words: "订单已退的金额等于成功的售后之和，处理中的售后数正确",
        reads: &[CheckedTable::Orders, CheckedTable::Cases],
        differing: include_str!("cases/refunds_and_open_cases_of_orders.sql"),
    },
    Invariant {
        name: "M4 a case asks for what its lines do, and gives back what its refunds were",
        words: "售后单的金额等于各行之和，成功的售后等于到账的退款之和",
        reads: &[CheckedTable::Cases, CheckedTable::Items, CheckedTable::Refunds],
        differing: include_str!("cases/amounts_of_cases.sql"),
    },
];
