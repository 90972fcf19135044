//! The cart: what a buyer means to buy, shop by shop.

pub use crate::server::store::orders::cart::CartItem;

use crate::domain::{Money, Request, ShopId, SkuId};
use crate::server::ctx::Buyer;
use crate::server::db::{Conn, Lock};
use crate::server::error::{Error, Result};
use crate::server::store::goods::{self, SkuOffer};
use crate::server::store::orders::cart;
use crate::server::store::people;

/// Units of one SKU in one cart.
pub const MOST_UNITS: i64 = 999;
/// Kinds of goods in one cart.
const MOST_KINDS: i64 = 100;

/// What the cart holds of one shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartGroup {
    pub shop_id: ShopId,
    pub shop_name: String,
    pub items: Vec<CartItem>,
    /// Of the items that can be had.
    pub goods: Money,
    pub freight: Money,
}

impl CartGroup {
    /// Can everything in it be ordered as it stands?
    pub fn is_orderable(&self) -> bool {
        self.items.iter().all(|item| shortage(&item.offer, item.quantity).is_none())
    }
}

/// Why so many units of it cannot be had, in words; `None` if they can.
pub fn shortage(offer: &SkuOffer, quantity: i64) -> Option<String> {
    match offer.sellable {
        _ if !offer.listed => Some("商品已下架".to_owned()),
        0 => Some("已售罄".to_owned()),
        left if left < quantity => Some(format!("库存只剩 {left} 件")),
        _ => None,
    }
}

/// The whole cart.
pub async fn view(buyer: &Buyer) -> Result<Vec<CartGroup>> {
    let mut conn = buyer.app.db.reader().await?;
    let items = cart::items(&mut conn, buyer.id).await?;
    let mut groups: Vec<CartGroup> = Vec::new();
    for items in items.chunk_by(|a, b| a.offer.shop_id == b.offer.shop_id) {
        let shop = people::shop(&mut conn, items[0].offer.shop_id).await?;
        let available = items.iter().filter(|item| item.offer.listed && item.offer.sellable > 0);
        let goods: Money = available.map(|item| Money(item.offer.price.0 * item.quantity)).sum();
        let freight = if goods.is_positive() { shop.policy.freight_for(goods) } else { Money::ZERO };
        groups.push(CartGroup { shop_id: shop.id, shop_name: shop.name, items: items.to_vec(), goods, freight });
    }
    Ok(groups)
}

/// Puts units of a SKU into the cart, beside those that are there. The same form sent twice adds once.
pub async fn add(buyer: &Buyer, sku: SkuId, quantity: i64, request: &Request) -> Result<()> {
    let mut tx = buyer.app.db.write().await?;
    tx.lock(Lock::Buyer, buyer.id.0).await?;
    if cart::added_by(tx.conn(), buyer.id, request).await? {
        return Ok(());
    }
    check_units("quantity", quantity)?;
    let offer = on_offer(tx.conn(), sku).await?;
    let have = cart::quantity(tx.conn(), buyer.id, sku).await?;
    if have == 0 && cart::counts(tx.conn(), buyer.id).await?.0 >= MOST_KINDS {
        return Err(Error::field("", format!("购物车最多放 {MOST_KINDS} 种商品，请先结算或清理")));
    }
    if let Some(words) = shortage(&offer, have + quantity) {
        let beside = if have > 0 && offer.sellable > 0 { format!("，购物车里已有 {have} 件") } else { String::new() };
        return Err(Error::field("quantity", format!("{words}{beside}")));
    }
    check_units("quantity", have + quantity)?;
    cart::set(tx.conn(), buyer.id, sku, have + quantity, buyer.now).await?;
    cart::remember(tx.conn(), buyer.id, request, buyer.now).await?;
    tx.commit().await
}

/// May so many units be ordered at once, without the cart? 「立即购买」 asks before it leads to the checkout.
pub async fn check(buyer: &Buyer, sku: SkuId, quantity: i64) -> Result<()> {
    check_units("quantity", quantity)?;
    let offer = on_offer(&mut *buyer.app.db.reader().await?, sku).await?;
    shortage(&offer, quantity).map_or(Ok(()), |words| Err(Error::field("quantity", words)))
}

/// Changes how many units of a SKU are in the cart; the words stand beside `quantity_{sku}`.
pub async fn set_quantity(buyer: &Buyer, sku: SkuId, quantity: i64) -> Result<()> {
    let field = format!("quantity_{}", sku.0);
    check_units(&field, quantity)?;
    let mut tx = buyer.app.db.write().await?;
    if cart::quantity(tx.conn(), buyer.id, sku).await? == 0 {
        return Err(Error::NotFound);
    }
    let offer = on_offer(tx.conn(), sku).await?;
    if let Some(words) = shortage(&offer, quantity) {
        return Err(Error::field(&field, words));
    }
    cart::set(tx.conn(), buyer.id, sku, quantity, buyer.now).await?;
    tx.commit().await
}

/// Takes a SKU out of the cart.
pub async fn remove(buyer: &Buyer, sku: SkuId) -> Result<()> {
    let mut tx = buyer.app.db.write().await?;
    cart::remove(tx.conn(), buyer.id, sku).await?;
    tx.commit().await
}

async fn on_offer(conn: &mut Conn, sku: SkuId) -> Result<SkuOffer> {
    goods::sku(conn, sku).await?.ok_or_else(|| Error::field("sku", "请选择规格"))
}

fn check_units(field: &str, quantity: i64) -> Result<()> {
    match quantity {
        1..=MOST_UNITS => Ok(()),
        many if many > MOST_UNITS => Err(Error::field(field, format!("一次最多买 {MOST_UNITS} 件"))),
        _ => Err(Error::field(field, "请填写数量，至少 1 件")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ProductId;

    fn offer(sellable: i64, listed: bool) -> SkuOffer {
        let (title, spec, picture) = ("茶".to_owned(), "50 g".to_owned(), String::new());
        let (id, product_id, shop_id) = (SkuId(1), ProductId(1), ShopId(1));
        SkuOffer { id, product_id, shop_id, shop_name: "店".to_owned(), title, spec, picture, price: Money(100), sellable, listed }
    }

    #[test]
    fn what_cannot_be_had_says_why() {
        assert_eq!(shortage(&offer(3, true), 3), None);
        assert_eq!(shortage(&offer(3, true), 4).as_deref(), Some("库存只剩 3 件"));
        assert_eq!(shortage(&offer(0, true), 1).as_deref(), Some("已售罄"));
        assert_eq!(shortage(&offer(9, false), 1).as_deref(), Some("商品已下架"));
    }
}
