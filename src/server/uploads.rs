//! Pictures that people send along: kept, and shown to those they are for.

use super::app::App;
use super::ctx::{Buyer, Staff};
use super::error::{Error, Result};
use super::form::Form;
use super::pictures::{MAX_COUNT, PictureSize};
use super::store::pictures::{self, PictureOwners};
use crate::domain::{BuyerId, OrderId, Permission, ShopId};

/// Keeps the pictures of a buyer's form for both sides of the order. To be called before a transaction is begun.
pub async fn keep_for_buyer(buyer: &Buyer, shop: ShopId, order: OrderId, form: &Form, field: &str) -> Result<Vec<String>> {
    keep(&buyer.app, form, field, &of_order(shop, buyer.id, order, false)).await
}

/// Of the keys a buyer's form carries along, those that are the buyer's own of this order; the others are nobody's business.
pub(super) async fn kept_before(buyer: &Buyer, order: OrderId, keys: &[&str]) -> Result<Vec<String>> {
    let mut conn = buyer.app.db.reader().await?;
    let mut own = Vec::with_capacity(keys.len());
    for key in keys.iter().take(MAX_COUNT + 1) {
        let owners = pictures::owners(&mut conn, key).await?;
        if owners.is_some_and(|owners| owners.buyer_id == Some(buyer.id) && owners.order_id == Some(order)) {
            own.push((*key).to_owned());
        }
    }
    Ok(own)
}

/// Keeps the pictures of a staff member's form for both sides of the order. To be called before a transaction is begun.
pub async fn keep_for_staff(staff: &Staff, order: OrderId, buyer: BuyerId, form: &Form, field: &str) -> Result<Vec<String>> {
    keep(&staff.app, form, field, &of_order(staff.shop.id, buyer, order, false)).await
}

/// Keeps the pictures of a review, which everybody may see.
pub(super) async fn keep_for_review(buyer: &Buyer, shop: ShopId, order: OrderId, form: &Form, field: &str) -> Result<Vec<String>> {
    keep(&buyer.app, form, field, &of_order(shop, buyer.id, order, true)).await
}

fn of_order(shop: ShopId, buyer: BuyerId, order: OrderId, public: bool) -> PictureOwners {
    PictureOwners { shop_id: Some(shop), buyer_id: Some(buyer), order_id: Some(order), public }
}

async fn keep(app: &App, form: &Form, field: &str, owners: &PictureOwners) -> Result<Vec<String>> {
    let keys = app.pictures.keep(form, field).await?;
    if keys.is_empty() {
        return Ok(keys);
    }
    let mut tx = app.db.write().await?;
    for key in &keys {
        pictures::insert(tx.conn(), key, owners, app.now()).await?;
    }
    tx.commit().await?;
    Ok(keys)
}

/// Is the picture for one of these? To everybody else it does not exist (B32).
pub async fn may_look(app: &App, buyer: Option<&Buyer>, staff: Option<&Staff>, key: &str) -> Result<()> {
    let owners = pictures::owners(&mut *app.db.reader().await?, key).await?.ok_or(Error::NotFound)?;
    let own = buyer.is_some_and(|buyer| owners.buyer_id == Some(buyer.id));
    let shops = staff.is_some_and(|staff| owners.shop_id == Some(staff.shop.id) && staff.may(Permission::SeeOrders));
    if owners.public || own || shops { Ok(()) } else { Err(Error::NotFound) }
}

/// The picture behind a key, for whoever may look.
pub async fn look(app: &App, key: &str, size: PictureSize) -> Result<bytes::Bytes> {
    app.pictures.load(key, size).await?.ok_or(Error::NotFound)
}
