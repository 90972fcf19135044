//! The buyer's wallet as they see it: what is there, and every movement with its cause.

pub use super::store::wallet::Movement;

use super::ctx::Buyer;
use super::error::{Error, Result};
use super::store::{Slice, people, wallet};
use crate::domain::{Money, Tender};

const PAGE: i64 = 20;

/// What is in the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purse {
    pub balance: Money,
    pub points: i64,
}

/// What is there now.
pub async fn purse(buyer: &Buyer) -> Result<Purse> {
    let row = people::buyer(&buyer.app.db, buyer.id).await?.ok_or(Error::NotFound)?;
    Ok(Purse { balance: row.balance, points: row.points })
}

/// A page of the movements of one account, newest first.
pub async fn movements(buyer: &Buyer, account: Tender, before: Option<i64>) -> Result<Slice<Movement>> {
    wallet::list(&mut *buyer.app.db.reader().await?, buyer.id, account, before, PAGE).await
}

/// Why the money moved, as people say it of this account.
pub fn cause_in_words(cause: &str, account: Tender) -> &'static str {
    match cause {
        "earned" => "订单完成赠送",
        "taken_back" => "退款扣回赠送积分",
        "recharged" if account == Tender::Points => "商家赠送",
        "recharged" => "商家充值",
        "corrected" => "商家更正",
        "opening" if account == Tender::Points => "期初积分",
        "opening" => "期初余额",
        "held" => "下单抵扣",
        "released" => "订单取消退回",
        "paid" => "付款",
        "surplus" => "多付款项退回",
        "refunded" => "售后退款",
        "settled_outside" => "线下结清",
        _ => "其他",
    }
}
