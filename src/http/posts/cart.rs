//! The forms of the cart.

use super::{PostOutcome, Posted};
use crate::domain::{SkuId, text};
use crate::http::form::Form;
use crate::routes::buyer as paths;
use crate::server::ctx::Buyer;
use crate::server::orders::cart;

/// 「更新」: how many of one kind.
pub async fn set_quantity(buyer: &Buyer, sku: i64, form: &Form) -> PostOutcome {
    let quantity = text::legible(form.get(&format!("quantity_{sku}"))).parse().unwrap_or(0);
    cart::set_quantity(buyer, SkuId(sku), quantity).await?;
    Ok(Posted { to: paths::CART.to_owned(), words: "数量已更新", warned: false })
}

/// 「删除」.
pub async fn remove(buyer: &Buyer, sku: i64) -> PostOutcome {
    cart::remove(buyer, SkuId(sku)).await?;
    Ok(Posted { to: paths::CART.to_owned(), words: "已从购物车删除", warned: false })
}
