//! What lists show of an order.

use crate::domain::order::OrderStatus;
use crate::server::error::Result;
use crate::server::store::coded;

/// An order as lists show it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedOrder {
    pub id: i64,
    pub number: String,
    pub shop_id: i64,
    pub shop_name: String,
    pub status: String,
    pub buyer_name: String,
    pub buyer_phone: String,
    pub recipient: String,
    pub tender: Option<String>,
    pub goods_minor: i64,
    pub goods_adjust_minor: i64,
    pub coupon_minor: i64,
    pub freight_minor: i64,
    pub held_minor: i64,
    pub paid_minor: i64,
    pub refunded_minor: i64,
    pub open_cases: i64,
    pub unreviewed: i64,
    pub first_order_at: Option<i64>,
    pub shop_remark: String,
    pub flag: String,
    pub placed_at: i64,
    pub pay_by: Option<i64>,
    pub receive_by: Option<i64>,
    pub after_sale_until: Option<i64>,
    pub version: i64,
}

impl ListedOrder {
    pub fn status(&self) -> Result<OrderStatus> {
        coded("orders", "status", self.id, &self.status, OrderStatus::from_code)
    }
}

/// A line as lists show it, with the state of its newest living case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CardLine {
    pub order_id: i64,
    pub id: i64,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub unit_price_minor: i64,
    pub quantity: i64,
    pub refunded_minor: i64,
    pub case_number: Option<String>,
    pub case_status: Option<String>,
    pub case_kind: Option<String>,
    pub case_amount_minor: Option<i64>,
    pub case_due_at: Option<i64>,
}
