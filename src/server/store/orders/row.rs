//! Rows of orders and lines, and what they mean. An impossible row is an error.

use super::OrderMarks;
use crate::domain::order::{CloseReason, Order, OrderLine, OrderState, OrderStatus, ReceiptClock, Totals};
use crate::domain::{Address, BuyerId, Money, OrderFlag, OrderId, OrderLineId, ProductId, ShopId, SkuId, Tender, Timestamp};
use crate::server::error::{Error, Result};
use crate::server::store::{coded, coded_if_any};

#[derive(sqlx_macros::FromRow)]
pub(super) struct OrderRow {
    pub(super) id: i64,
    number: String,
    pub(super) shop_id: i64,
    buyer_id: i64,
    status: String,
    recipient: String,
    recipient_phone: String,
    recipient_extension: String,
    region: String,
    detail: String,
    buyer_name: String,
    buyer_phone: String,
    buyer_remark: String,
    first_order_at: Option<i64>,
    goods_minor: i64,
    goods_adjust_minor: i64,
    freight_minor: i64,
    freight_adjust_minor: i64,
    held_minor: i64,
    paid_minor: i64,
    refunded_minor: i64,
    tender: Option<String>,
    open_cases: i64,
    unreviewed: i64,
    shop_remark: String,
    flag: String,
    placed_at: i64,
    pay_by: Option<i64>,
    paid_at: Option<i64>,
    shipped_at: Option<i64>,
    receive_by: Option<i64>,
    receive_left: Option<i64>,
    received_at: Option<i64>,
    after_sale_until: Option<i64>,
    no_reason_until: Option<i64>,
    closed_at: Option<i64>,
    close_reason: Option<String>,
    coupon_minor: i64,
    coupon_name: String,
    coupon_returned_at: Option<i64>,
    version: i64,
}

const TABLE: &str = "orders";

impl OrderRow {
    pub(super) fn into_order(self, lines: Vec<OrderLine>) -> Result<(Order, OrderMarks)> {
        let state = self.state()?;
        let order = Order {
            id: OrderId(self.id),
            number: self.number,
            shop_id: ShopId(self.shop_id),
            buyer_id: BuyerId(self.buyer_id),
            state,
            recipient: Address {
                recipient: self.recipient,
                phone: self.recipient_phone,
                extension: self.recipient_extension,
                region: self.region,
                detail: self.detail,
            },
            totals: Totals {
                goods: Money(self.goods_minor),
                goods_adjust: Money(self.goods_adjust_minor),
                coupon: Money(self.coupon_minor),
                freight: Money(self.freight_minor),
                freight_adjust: Money(self.freight_adjust_minor),
            },
            held: Money(self.held_minor),
            paid: Money(self.paid_minor),
            refunded: Money(self.refunded_minor),
            open_cases: self.open_cases,
            lines,
            placed_at: Timestamp(self.placed_at),
            version: self.version,
        };
        let marks = OrderMarks {
            buyer_name: self.buyer_name,
            buyer_phone: self.buyer_phone,
            buyer_remark: self.buyer_remark,
            first_order: self.first_order_at.is_some(),
            shop_remark: self.shop_remark,
            flag: coded_if_any(TABLE, "flag", self.id, &self.flag, OrderFlag::from_code)?,
            tender: self.tender.as_deref().map(|code| coded(TABLE, "tender", self.id, code, Tender::from_code)).transpose()?,
            unreviewed: self.unreviewed,
            coupon_name: self.coupon_name,
            coupon_returned_at: self.coupon_returned_at.map(Timestamp),
        };
        Ok((order, marks))
    }

    fn state(&self) -> Result<OrderState> {
        let wrong = |column| Error::inconsistent(TABLE, column, self.id);
        let fact = |column, at: Option<i64>| at.map(Timestamp).ok_or_else(|| wrong(column));
        Ok(match coded(TABLE, "status", self.id, &self.status, OrderStatus::from_code)? {
            OrderStatus::PendingPayment => OrderState::PendingPayment { pay_by: fact("pay_by", self.pay_by)? },
            OrderStatus::AwaitingShipment => OrderState::AwaitingShipment { paid_at: fact("paid_at", self.paid_at)? },
            OrderStatus::PartiallyShipped => OrderState::PartiallyShipped { paid_at: fact("paid_at", self.paid_at)? },
            OrderStatus::AwaitingReceipt => {
                let receipt = match (self.receive_by, self.receive_left) {
                    (Some(until), None) => ReceiptClock::Running { until: Timestamp(until) },
                    (None, Some(left)) => ReceiptClock::Paused { left },
                    _ => return Err(wrong("receive_by")),
                };
                OrderState::AwaitingReceipt {
                    paid_at: fact("paid_at", self.paid_at)?,
                    shipped_at: fact("shipped_at", self.shipped_at)?,
                    receipt,
                }
            }
            OrderStatus::Completed => OrderState::Completed {
                paid_at: fact("paid_at", self.paid_at)?,
                shipped_at: fact("shipped_at", self.shipped_at)?,
                received_at: fact("received_at", self.received_at)?,
                after_sale_until: fact("after_sale_until", self.after_sale_until)?,
                no_reason_until: fact("no_reason_until", self.no_reason_until)?,
            },
            OrderStatus::Closed => OrderState::Closed {
                paid_at: self.paid_at.map(Timestamp),
                at: fact("closed_at", self.closed_at)?,
                why: self.close_reason.as_deref().and_then(CloseReason::from_code).ok_or_else(|| wrong("close_reason"))?,
            },
        })
    }
}

#[derive(sqlx_macros::FromRow)]
pub(super) struct LineRow {
    id: i64,
    product_id: i64,
    sku_id: i64,
    title: String,
    spec: String,
    picture: String,
    unit_price_minor: i64,
    quantity: i64,
    goods_minor: i64,
    adjust_minor: i64,
    freight_minor: i64,
    paid_minor: i64,
    refunded_minor: i64,
    reserved_minor: i64,
    freight_claimed_minor: i64,
    shipped_quantity: i64,
    cancelled_quantity: i64,
    refunded_quantity: i64,
    reserved_quantity: i64,
    applications: i64,
    reviewed_at: Option<i64>,
    coupon_minor: i64,
    points_earned: i64,
    points_base_minor: i64,
    points_taken_back: i64,
    holding: i64,
    undecided_quantity: i64,
}

impl LineRow {
    pub(super) fn into_line(self) -> OrderLine {
        OrderLine {
            id: OrderLineId(self.id),
            product_id: ProductId(self.product_id),
            sku_id: SkuId(self.sku_id),
            title: self.title,
            spec: self.spec,
            picture: self.picture,
            unit_price: Money(self.unit_price_minor),
            quantity: self.quantity,
            goods: Money(self.goods_minor),
            adjust: Money(self.adjust_minor),
            coupon: Money(self.coupon_minor),
            freight: Money(self.freight_minor),
            paid: Money(self.paid_minor),
            refunded: Money(self.refunded_minor),
            reserved: Money(self.reserved_minor),
            freight_claimed: Money(self.freight_claimed_minor),
            shipped_quantity: self.shipped_quantity,
            cancelled_quantity: self.cancelled_quantity,
            refunded_quantity: self.refunded_quantity,
            reserved_quantity: self.reserved_quantity,
            undecided_quantity: self.undecided_quantity,
            applications: self.applications,
            held: self.holding > 0,
            reviewed: self.reviewed_at.is_some(),
            points_earned: self.points_earned,
            points_base: Money(self.points_base_minor),
            points_taken_back: self.points_taken_back,
        }
    }
}
