//! The buyer's wallets as they see them, one for every shop: what is there, and every movement with its cause.

pub use super::store::wallet::{Movement, Purse};

use super::ctx::Buyer;
use super::error::{Error, Result};
use super::store::{Slice, wallet};
use crate::domain::{ShopId, Tender};

const PAGE: i64 = 20;
/// Wallets that are listed; a buyer of more shops than that sees those of the oldest.
const MOST_SHOPS: i64 = 100;

/// What the buyer can spend at this shop.
pub async fn purse(buyer: &Buyer, shop: ShopId) -> Result<Purse> {
    wallet::purse(&mut *buyer.app.db.reader().await?, shop, buyer.id).await
}

/// At how many shops the buyer holds something, and how much together.
pub async fn together(buyer: &Buyer) -> Result<(i64, Purse)> {
    wallet::together(&mut *buyer.app.db.reader().await?, buyer.id).await
}

/// A buyer's wallet at a shop, among the others.
#[derive(Clone, Debug)]
pub struct ShopWallet {
    pub shop: ShopId,
    pub name: String,
    pub purse: Purse,
}

/// All wallets that have ever held something, the one that is open, and a page of the movements of one of its accounts, the newest first.
#[derive(Clone, Debug)]
pub struct Wallets {
    pub all: Vec<ShopWallet>,
    /// Its place in `all`.
    pub open: Option<usize>,
    pub movements: Slice<Movement>,
}

/// Opens the wallet at this shop, or the first.
pub async fn wallets(buyer: &Buyer, shop: Option<ShopId>, account: Tender, before: Option<i64>) -> Result<Wallets> {
    let mut conn = buyer.app.db.reader().await?;
    let held = wallet::purses(&mut conn, buyer.id, MOST_SHOPS).await?;
    let all: Vec<ShopWallet> = held.into_iter().map(|(shop, name, purse)| ShopWallet { shop, name, purse }).collect();
    let open = match shop {
        Some(shop) => Some(all.iter().position(|wallet| wallet.shop == shop).ok_or(Error::NotFound)?),
        None => (!all.is_empty()).then_some(0),
    };
    let movements = match open.and_then(|open| all.get(open)) {
        Some(wallet) => wallet::list(&mut conn, (buyer.id, wallet.shop), account, before, PAGE).await?,
        None => Slice { rows: Vec::new(), next: None },
    };
    Ok(Wallets { all, open, movements })
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
        "account_closed" => "账户注销",
        "carried_over" => "钱包按店铺分开时结转",
        _ => "其他",
    }
}
