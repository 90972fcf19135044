//! What an order costs, and how it lies on its lines (M1, S3, S19).

use super::line::OrderLine;
use crate::domain::id::{OrderLineId, ProductId, SkuId};
use crate::domain::money::{Money, allocate};
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;

/// The sums of an order; each is the exact sum of its lines' shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub goods: Money,
    /// The shop's change of the goods amount; may be negative.
    pub goods_adjust: Money,
    /// What a coupon takes off the goods.
    pub coupon: Money,
    /// Freight as it is to be paid, the shop's change included.
    pub freight: Money,
    /// The part of `freight` that the shop put on or took off.
    pub freight_adjust: Money,
}

impl Totals {
    pub fn payable(self) -> Money {
        self.goods + self.goods_adjust - self.coupon + self.freight
    }

    /// With a change of price on top of earlier ones; `held` is what points and balance already cover.
    pub fn changed(self, change: PriceChange, held: Money) -> Result<Self, Refusal> {
        let changed = Self {
            goods: self.goods,
            goods_adjust: self.goods_adjust + change.goods,
            coupon: self.coupon,
            freight: self.freight + change.freight,
            freight_adjust: self.freight_adjust + change.freight,
        };
        let goods_left = changed.goods + changed.goods_adjust - changed.coupon;
        let nothing_below_zero = goods_left >= Money::ZERO && changed.freight >= Money::ZERO;
        if nothing_below_zero && changed.payable() >= held + Money(1) { Ok(changed) } else { Err(Refusal::PriceTooLow(held + Money(1))) }
    }
}

/// Goods as chosen in the cart, priced by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodsLine {
    pub id: OrderLineId,
    pub product_id: ProductId,
    pub sku_id: SkuId,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub unit_price: Money,
    pub quantity: i64,
}

/// A change of price while the order is unpaid: goods and freight apart, negative reduces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PriceChange {
    pub goods: Money,
    pub freight: Money,
}

/// Prices goods into order lines: freight by the shop's rule, laid on the lines in proportion to their goods.
pub fn price(goods: Vec<GoodsLine>, policy: &ShopPolicy) -> (Totals, Vec<OrderLine>) {
    let sum: Money = goods.iter().map(|line| Money(line.unit_price.0 * line.quantity)).sum();
    let totals = Totals { goods: sum, freight: policy.freight_for(sum), ..Totals::default() };
    let mut lines: Vec<OrderLine> = goods.into_iter().map(fresh_line).collect();
    lay(&totals, &mut lines);
    (totals, lines)
}

/// Applies a change of price on top of earlier ones; `held` is what points and balance already cover.
pub fn reprice(totals: Totals, change: PriceChange, held: Money, lines: &mut [OrderLine]) -> Result<Totals, Refusal> {
    let changed = totals.changed(change, held)?;
    lay(&changed, lines);
    Ok(changed)
}

fn lay(totals: &Totals, lines: &mut [OrderLine]) {
    // A change of price meets what a coupon has left of each line, so that none of them falls below zero.
    let left: Vec<Money> = lines.iter().map(|line| line.goods - line.coupon).collect();
    let goods: Vec<Money> = lines.iter().map(|line| line.goods).collect();
    let adjusts = allocate(totals.goods_adjust, &left);
    let freights = allocate(totals.freight, &goods);
    for ((line, adjust), freight) in lines.iter_mut().zip(adjusts).zip(freights) {
        line.adjust = adjust;
        line.freight = freight;
    }
}

fn fresh_line(goods: GoodsLine) -> OrderLine {
    OrderLine {
        id: goods.id,
        product_id: goods.product_id,
        sku_id: goods.sku_id,
        title: goods.title,
        spec: goods.spec,
        picture: goods.picture,
        unit_price: goods.unit_price,
        quantity: goods.quantity,
        goods: Money(goods.unit_price.0 * goods.quantity),
        adjust: Money::ZERO,
        coupon: Money::ZERO,
        freight: Money::ZERO,
        paid: Money::ZERO,
        refunded: Money::ZERO,
        reserved: Money::ZERO,
        freight_claimed: Money::ZERO,
        shipped_quantity: 0,
        cancelled_quantity: 0,
        refunded_quantity: 0,
        reserved_quantity: 0,
        undecided_quantity: 0,
        applications: 0,
        held: false,
        reviewed: false,
        points_earned: 0,
        points_base: Money::ZERO,
        points_taken_back: 0,
    }
}
