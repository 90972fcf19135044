//! What is kept beside its rows as their sum: shelves, products, members.

pub(super) const SUMS: &[&str] = &[
    include_str!("totals/shelves.sql"),
    include_str!("totals/sold.sql"),
    include_str!("totals/stars.sql"),
    include_str!("totals/members.sql"),
];
