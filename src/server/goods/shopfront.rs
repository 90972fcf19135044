//! The shop front: what is on offer, for everybody.

pub use crate::server::store::goods::reviews::Review;
pub use crate::server::store::goods::{Product, ProductCard, Shelf, Sku};

use crate::domain::{ProductId, Shop};
use crate::server::app::App;
use crate::server::error::{Error, Result};
use crate::server::money::coupons::{self, Coupon};
use crate::server::store::goods::{self, reviews};
use crate::server::store::{Slice, people};

const PRODUCTS: i64 = 24;
const REVIEWS: i64 = 10;

/// One page of the front.
#[derive(Clone, Debug)]
pub struct Front {
    /// `None` as long as there is no shop.
    pub shop: Option<Shop>,
    pub categories: Vec<String>,
    pub products: Slice<ProductCard>,
}

/// The front, or one shelf of it.
pub async fn front(app: &App, shelf: &Shelf, before: Option<i64>) -> Result<Front> {
    let mut conn = app.db.reader().await?;
    Ok(Front {
        shop: people::first_shop(&mut conn).await?,
        categories: goods::categories(&mut conn).await?,
        products: goods::list(&mut conn, shelf, before, PRODUCTS).await?,
    })
}

/// A product with its shop and what buyers say.
#[derive(Clone, Debug)]
pub struct ProductPage {
    pub product: Product,
    pub shop: Shop,
    pub reviews: Slice<Review>,
    /// Coupons that may be taken for it.
    pub coupons: Vec<Coupon>,
}

/// The shop that the front is called by, if there is one.
pub async fn shop(app: &App) -> Result<Option<Shop>> {
    people::first_shop(&mut *app.db.reader().await?).await
}

/// One product; its reviews from those older than `before`.
pub async fn product(app: &App, id: ProductId, before: Option<i64>) -> Result<ProductPage> {
    let mut conn = app.db.reader().await?;
    let product = goods::product(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let shop = people::shop(&mut conn, product.shop_id).await?;
    let reviews = reviews::of_product(&mut conn, id, before, REVIEWS).await?;
    drop(conn);
    let coupons = coupons::offered(app, shop.id, Some(id)).await?;
    Ok(ProductPage { product, shop, reviews, coupons })
}
