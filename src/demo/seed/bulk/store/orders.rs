//! Orders with their lines, payments, parcels and stock, from the drafts. Rows that come later
//! (parcel, money, stock) get the id `moment << 20 | low 20 bits of the order's id`.

pub(super) const FILL: &[&str] = &[
    include_str!("orders/draft_lines.sql"),
    include_str!("orders/orders.sql"),
    include_str!("orders/order_lines.sql"),
    include_str!("orders/payments.sql"),
    include_str!("orders/line_tenders.sql"),
    include_str!("orders/shipments.sql"),
    include_str!("orders/shipment_lines.sql"),
    include_str!("orders/stock_reserved.sql"),
    include_str!("orders/stock_shipped.sql"),
    include_str!("orders/stock_released.sql"),
    include_str!("orders/money_paid.sql"),
    include_str!("orders/clocks.sql"),
];
