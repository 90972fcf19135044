//! What is about to be ordered, and the page that asks for the last word: goods, prices, coupons that fit (S1).

use crate::domain::order::{GoodsLine, Totals, price};
use crate::domain::{OrderLineId, ProductId, Shop, ShopId, SkuId};
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result};
use crate::server::money::coupons::{self, CouponChoice};
use crate::server::store::goods::{self, SkuOffer};
use crate::server::store::money::wallet::{self, Purse};
use crate::server::store::orders::cart;
use crate::server::store::people;

/// What is about to be ordered: a shop's group of the cart, or one SKU at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basket {
    Cart(ShopId),
    Now { sku: SkuId, quantity: i64 },
}

impl Basket {
    /// Reads `shop=…` or `sku=…&quantity=…`; what is neither is nothing that exists.
    pub fn parse(shop: &str, sku: &str, quantity: &str) -> Result<Self> {
        if let Ok(shop) = shop.parse() {
            return Ok(Self::Cart(ShopId(shop)));
        }
        let sku = sku.parse().map_err(|_| Error::NotFound)?;
        let quantity = if quantity.is_empty() { 1 } else { quantity.parse().map_err(|_| Error::NotFound)? };
        if !(1..=999).contains(&quantity) {
            return Err(Error::NotFound);
        }
        Ok(Self::Now { sku: SkuId(sku), quantity })
    }
}

/// The order confirmation: what would be ordered now, and what it costs.
#[derive(Clone, Debug)]
pub struct Checkout {
    pub shop: Shop,
    pub goods: Vec<(SkuOffer, i64)>,
    pub totals: Totals,
    pub addresses: Vec<people::BookedAddress>,
    /// What the buyer holds at this shop.
    pub purse: Purse,
    /// The buyer's coupons that fit, the best first.
    pub coupons: Vec<CouponChoice>,
    /// Words about goods that cannot be ordered as they are; empty if all is well.
    pub troubles: Vec<String>,
}

/// Loads the confirmation page.
pub async fn basket(buyer: &Buyer, basket: Basket) -> Result<Checkout> {
    let mut conn = buyer.app.db.reader().await?;
    let goods = match basket {
        Basket::Cart(shop) => {
            cart::items_of_shop(&mut conn, buyer.id, shop).await?.into_iter().map(|item| (item.offer, item.quantity)).collect()
        }
        Basket::Now { sku, quantity } => vec![(goods::sku(&mut conn, sku).await?.ok_or(Error::NotFound)?, quantity)],
    };
    let Some((first, _)) = goods.first() else { return Err(Error::NotFound) };
    let shop = people::shop(&mut conn, first.shop_id).await?;
    let addresses = people::addresses(&mut conn, people::AddressBookOwner::Buyer(buyer.id)).await?;
    let purse = wallet::purse(&mut conn, shop.id, buyer.id).await?;
    let (totals, lines) = price(goods.iter().map(|(offer, quantity)| line(offer, *quantity, 0)).collect(), &shop.policy);
    let coupons = coupons::choices(&mut conn, buyer.id, shop.id, &lines, buyer.now).await?;
    let troubles = goods.iter().filter_map(|(offer, quantity)| trouble(offer, *quantity)).collect();
    Ok(Checkout { shop, goods, totals, addresses, purse, coupons, troubles })
}

/// Why this many cannot be ordered, in words.
pub(super) fn trouble(offer: &SkuOffer, quantity: i64) -> Option<String> {
    let name = format!("「{} {}」", offer.title, offer.spec);
    if !offer.listed {
        Some(format!("{name}已下架，请移出后再提交"))
    } else if offer.sellable == 0 {
        Some(format!("{name}已售罄，请移出后再提交"))
    } else if offer.sellable < quantity {
        Some(format!("{name}库存只剩 {} 件，请减少数量", offer.sellable))
    } else {
        None
    }
}

/// The line that it becomes.
pub(super) fn line(offer: &SkuOffer, quantity: i64, id: i64) -> GoodsLine {
    GoodsLine {
        id: OrderLineId(id),
        product_id: ProductId(offer.product_id.0),
        sku_id: offer.id,
        title: offer.title.clone(),
        spec: offer.spec.clone(),
        picture: offer.picture.clone(),
        unit_price: offer.price,
        quantity,
    }
}
