//! The buyer's wallets as they see them, one for every shop: what is there, and every movement with its cause.

pub use crate::server::store::money::wallet::{Purse, WalletMovement};

use crate::domain::{ShopId, Tender};
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result};
use crate::server::store::Slice;
use crate::server::store::money::wallet;

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
    pub movements: Slice<WalletMovement>,
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
