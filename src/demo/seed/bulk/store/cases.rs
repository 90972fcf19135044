//! After-sales with what they ask for, their parcels and their refunds, from the drafts.

pub(super) const FILL: &[&str] = &[
    include_str!("cases/after_sales.sql"),
    include_str!("cases/after_sale_items.sql"),
    // What came back, and what left in its place.
    include_str!("cases/stock_returned.sql"),
    include_str!("cases/stock_replaced.sql"),
    include_str!("cases/refunds.sql"),
    include_str!("cases/refund_lines.sql"),
    include_str!("cases/money_refunded.sql"),
    // Asked for long after anybody measures: nothing calls a gateway that does not know these payments.
    include_str!("cases/refund_jobs.sql"),
    include_str!("cases/anomalies.sql"),
    include_str!("cases/clocks.sql"),
];
