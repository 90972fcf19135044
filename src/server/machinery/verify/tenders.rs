//! Tenders: how they pay an order and lie on its lines, and what each gave back (M4, M6).

use super::{CheckedTable, Invariant};

pub(super) const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "M4 the tenders of an order are what was paid",
        words: "订单的实付等于各笔支付之和，未付订单的抵扣也一样",
        reads: &[CheckedTable::Orders, CheckedTable::Payments],
        differing: include_str!("tenders/paid_and_held.sql"),
    },
    Invariant {
        name: "M6 each line's tenders sum to the line",
        words: "每行的实付等于各支付方式在这一行的份额之和",
        reads: &[CheckedTable::Lines, CheckedTable::LineTenders],
        differing: include_str!("tenders/lines_by_tender.sql"),
    },
    Invariant {
        name: "M6 each tender's lines sum to the tender",
        words: "每笔支付等于它在各行的份额之和",
        reads: &[CheckedTable::Payments, CheckedTable::LineTenders],
        differing: include_str!("tenders/tenders_by_line.sql"),
    },
    Invariant {
        name: "M4 refunds that arrived are what each tender gave back, and none gives more than it brought",
        words: "每笔支付的已退等于到账的退款，退款总额不超过支付额，多收的全额退回",
        reads: &[CheckedTable::Payments, CheckedTable::Refunds],
        differing: include_str!("tenders/refunded.sql"),
    },
    Invariant {
        name: "M4 what a gateway took is in the books",
        words: "支付渠道多收、少收或漏报的每一笔，都已按实收金额入账",
        reads: &[CheckedTable::Anomalies, CheckedTable::Payments],
        differing: include_str!("tenders/gateway_amounts.sql"),
    },
    Invariant {
        name: "M4 the lines of a refund are the refund",
        words: "每笔退款等于它在各行的份额之和",
        reads: &[CheckedTable::Refunds, CheckedTable::RefundLines],
        differing: include_str!("tenders/lines_of_refunds.sql"),
    },
    Invariant {
        name: "M6 refunds took from each line's tender what it says",
        words: "每行每种支付方式的已退份额，等于退款在这一行的份额之和",
        reads: &[CheckedTable::LineTenders, CheckedTable::Refunds, CheckedTable::RefundLines],
        differing: include_str!("tenders/shares_refunded.sql"),
    },
    Invariant {
        name: "S16 money that nobody wanted is listed, and what has come right is listed as such",
        words: "多收的款项都列为支付异常，已到账的退款不再列为待处理",
        reads: &[CheckedTable::Payments, CheckedTable::Refunds, CheckedTable::Anomalies],
        differing: include_str!("tenders/surplus.sql"),
    },
];
