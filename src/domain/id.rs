//! Identifiers: app-made, time-ordered whole numbers that never leave the server. People see public numbers instead (B42).

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub i64);
    )+};
}

ids! {
    /// One shop of the installation.
    ShopId,
    /// A member of a shop's staff.
    StaffId,
    /// A person who buys.
    BuyerId,
    /// A delivery address in a buyer's book.
    BuyerAddressId,
    /// An address a shop takes returns at (S27).
    ReturnAddressId,
    /// A product as the shop front shows it.
    ProductId,
    /// One sellable kind of a product, with its own price and stock.
    SkuId,
    /// An order of one buyer at one shop.
    OrderId,
    /// One kind of goods in an order.
    OrderLineId,
    /// One tender of an order: points, balance, an online payment, …
    PaymentId,
    /// One parcel that left the shop.
    ShipmentId,
    /// One application for a refund, return or exchange.
    AfterSaleId,
    /// One movement of money back, to one tender.
    RefundId,
    /// One kind of coupon that a shop made.
    CouponId,
    /// One coupon in a buyer's hands.
    BuyerCouponId,
    /// One review of one order line.
    ReviewId,
    /// Many after-sales decided at once.
    BatchId,
    /// One line of a timeline.
    EventId,
}

/// The letters of public numbers: no 0/O, 1/I/L, U/V pairs that people misread on the phone.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `length` letters of a public number, from random bytes: 4.9 bits a letter.
pub fn letters(random: &mut impl FnMut() -> u64, length: usize) -> String {
    (0..length).map(|_| char::from(ALPHABET[usize::try_from(random() % 30).unwrap_or(0)])).collect()
}
