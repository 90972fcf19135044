//! Timelines, notices and reviews, from the drafts.

pub(super) const FILL: &[&str] = &[
    include_str!("words/order_placed.sql"),
    include_str!("words/order_paid.sql"),
    include_str!("words/order_shipped.sql"),
    include_str!("words/order_received.sql"),
    include_str!("words/order_closed.sql"),
    include_str!("words/after_sale_applied.sql"),
    include_str!("words/after_sale_moved.sql"),
    include_str!("words/told_paid.sql"),
    include_str!("words/told_shipped.sql"),
    include_str!("words/told_applied.sql"),
    include_str!("words/reviews.sql"),
];
