//! What lists show of an order.

use crate::domain::after_sale::{AfterSaleKind, StateKind};
use crate::domain::order::OrderStatus;
use crate::domain::{Money, OrderFlag, Tender, Timestamp};
use crate::server::error::Result;
use crate::server::store::{coded, coded_if_any};
use sqlx::Row;
use sqlx::any::AnyRow;

/// An order as lists show it.
#[derive(Clone, Debug)]
pub struct ListedOrder {
    pub id: i64,
    pub number: String,
    pub shop_id: i64,
    pub shop_name: String,
    pub status: OrderStatus,
    pub buyer_name: String,
    pub buyer_phone: String,
    pub recipient: String,
    pub tender: Option<Tender>,
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
    pub flag: Option<OrderFlag>,
    pub placed_at: i64,
    pub pay_by: Option<i64>,
    pub receive_by: Option<i64>,
    pub after_sale_until: Option<i64>,
    pub version: i64,
}

impl ListedOrder {
    pub(super) fn of(row: &AnyRow) -> Result<Self> {
        let id = row.try_get("id")?;
        let tender: Option<&str> = row.try_get("tender")?;
        Ok(Self {
            id,
            number: row.try_get("number")?,
            shop_id: row.try_get("shop_id")?,
            shop_name: row.try_get("shop_name")?,
            status: coded("orders", "status", id, row.try_get("status")?, OrderStatus::from_code)?,
            buyer_name: row.try_get("buyer_name")?,
            buyer_phone: row.try_get("buyer_phone")?,
            recipient: row.try_get("recipient")?,
            tender: tender.map(|code| coded("orders", "tender", id, code, Tender::from_code)).transpose()?,
            goods_minor: row.try_get("goods_minor")?,
            goods_adjust_minor: row.try_get("goods_adjust_minor")?,
            coupon_minor: row.try_get("coupon_minor")?,
            freight_minor: row.try_get("freight_minor")?,
            held_minor: row.try_get("held_minor")?,
            paid_minor: row.try_get("paid_minor")?,
            refunded_minor: row.try_get("refunded_minor")?,
            open_cases: row.try_get("open_cases")?,
            unreviewed: row.try_get("unreviewed")?,
            first_order_at: row.try_get("first_order_at")?,
            shop_remark: row.try_get("shop_remark")?,
            flag: coded_if_any("orders", "flag", id, row.try_get("flag")?, OrderFlag::from_code)?,
            placed_at: row.try_get("placed_at")?,
            pay_by: row.try_get("pay_by")?,
            receive_by: row.try_get("receive_by")?,
            after_sale_until: row.try_get("after_sale_until")?,
            version: row.try_get("version")?,
        })
    }
}

/// A line as lists show it.
#[derive(Clone, Debug)]
pub struct CardLine {
    pub order_id: i64,
    pub id: i64,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub unit_price_minor: i64,
    pub quantity: i64,
    pub refunded_minor: i64,
    /// Its newest case.
    pub case: Option<LineCase>,
}

/// As much of a case as its line shows.
#[derive(Clone, Debug)]
pub struct LineCase {
    pub number: String,
    pub state: StateKind,
    pub kind: AfterSaleKind,
    pub amount: Money,
    pub due: Option<Timestamp>,
}

impl CardLine {
    pub(super) fn of(row: &AnyRow) -> Result<Self> {
        let case: Option<String> = row.try_get("case_number")?;
        Ok(Self {
            order_id: row.try_get("order_id")?,
            id: row.try_get("id")?,
            title: row.try_get("title")?,
            spec: row.try_get("spec")?,
            picture: row.try_get("picture")?,
            unit_price_minor: row.try_get("unit_price_minor")?,
            quantity: row.try_get("quantity")?,
            refunded_minor: row.try_get("refunded_minor")?,
            case: case.map(|number| LineCase::of(row, number)).transpose()?,
        })
    }
}

impl LineCase {
    fn of(row: &AnyRow, number: String) -> Result<Self> {
        Ok(Self {
            state: coded("after_sales", "status", &number, row.try_get("case_status")?, StateKind::from_code)?,
            kind: coded("after_sales", "kind", &number, row.try_get("case_kind")?, AfterSaleKind::from_code)?,
            amount: Money(row.try_get("case_amount_minor")?),
            due: row.try_get::<Option<i64>, _>("case_due_at")?.map(Timestamp),
            number,
        })
    }
}
