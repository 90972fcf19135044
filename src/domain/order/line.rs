//! One kind of goods in an order, and how much of it is shipped, spoken for and paid back.

use crate::domain::id::{OrderLineId, ProductId, SkuId};
use crate::domain::money::{Money, unit_share};

/// A line of an order. Its money is fixed when the order is paid (M1); what goes back is counted against it (M3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    pub id: OrderLineId,
    pub product_id: ProductId,
    pub sku_id: SkuId,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub unit_price: Money,
    pub quantity: i64,
    /// Unit price times quantity.
    pub goods: Money,
    /// This line's share of the shop's change of the goods amount; may be negative (S3).
    pub adjust: Money,
    /// This line's share of what a coupon took off.
    pub coupon: Money,
    /// This line's share of the freight.
    pub freight: Money,
    /// What was paid for the line, freight included: goods + adjust − coupon + freight once the order is paid.
    pub paid: Money,
    pub refunded: Money,
    /// Set aside for open cases.
    pub reserved: Money,
    /// The part of `refunded` and `reserved` that is freight.
    pub freight_claimed: Money,
    pub shipped_quantity: i64,
    /// Units refunded before they were shipped.
    pub cancelled_quantity: i64,
    /// Units whose money went back in full.
    pub refunded_quantity: i64,
    /// Units in open cases.
    pub reserved_quantity: i64,
    /// The part of `reserved_quantity` whose money nobody has agreed to yet: it may still be taken back.
    pub undecided_quantity: i64,
    /// Applications made for this line, revisions included (S35).
    pub applications: i64,
    /// Is a case open that forbids shipping? (A13)
    pub held: bool,
    pub reviewed: bool,
    /// Points earned when the order was completed, and what was left of the line's payment then (M7).
    pub points_earned: i64,
    pub points_base: Money,
    /// The part of `points_earned` that refunds have taken back.
    pub points_taken_back: i64,
}

impl OrderLine {
    pub fn payable(&self) -> Money {
        self.goods + self.adjust - self.coupon + self.freight
    }

    /// Units that still wait to be shipped.
    pub fn units_to_ship(&self) -> i64 {
        self.quantity - self.shipped_quantity - self.cancelled_quantity
    }

    /// Units that no case has spoken for.
    pub fn units_left(&self) -> i64 {
        self.quantity - self.refunded_quantity - self.reserved_quantity
    }

    /// Units that were shipped, were not paid back yet, and are in no case: what can come back.
    pub fn units_to_return(&self) -> i64 {
        self.shipped_quantity - (self.refunded_quantity - self.cancelled_quantity) - self.reserved_quantity
    }

    /// What is left of the line, freight included (M3).
    pub fn left(&self) -> Money {
        self.paid - self.refunded - self.reserved
    }

    /// What is left of the freight share; it goes back once at most (M5).
    pub fn freight_left(&self) -> Money {
        (self.freight - self.freight_claimed).min(self.left())
    }

    /// The most that `units` further units may give back, freight apart: their exact share, all that is left with the last (M2).
    /// What an open case asks too little for is not left over: it may still be revised, or settle none of its units.
    pub fn goods_share(&self, units: i64) -> Money {
        let goods_paid = self.paid - self.freight;
        let goods_left = goods_paid - (self.refunded + self.reserved - self.freight_claimed);
        let share = unit_share(goods_paid, self.quantity, self.refunded_quantity + self.reserved_quantity, units).min(goods_left);
        let only_rounding = goods_left - share <= Money(self.quantity);
        let takes_the_rest = units >= self.units_left() && (self.reserved_quantity == 0 || only_rounding);
        if takes_the_rest { goods_left } else { share }
    }
}
