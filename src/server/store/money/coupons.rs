//! Rows of coupons: the kinds that a shop made. What is in buyers' hands is in `held`.

mod held;

pub use held::{
    CouponMovement, HeldCoupon, HeldTab, count_of, give, held_by, hold, list_of_buyer, of_order, record, release, usable_at, without_one,
};

use crate::domain::{CouponId, CouponTerms, Money, ProductId, Request, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;
use crate::server::store::{Slice, slice};

/// A kind of coupon with how far it has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupon {
    pub terms: CouponTerms,
    pub shop_id: ShopId,
    pub copies: i64,
    pub copies_per_buyer: i64,
    pub handed_out: i64,
    pub used: i64,
    /// May buyers take it themselves?
    pub open: bool,
    pub ended_at: Option<Timestamp>,
    pub created_by: String,
    pub created_at: Timestamp,
}

impl Coupon {
    pub fn copies_left(&self) -> i64 {
        self.copies - self.handed_out
    }

    /// Can one more be handed out?
    pub fn can_be_handed_out(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.terms.valid_until && self.copies_left() > 0
    }
}

#[derive(sqlx_macros::FromRow)]
struct CouponRow {
    id: i64,
    shop_id: i64,
    name: String,
    threshold_minor: i64,
    amount_minor: i64,
    valid_from: i64,
    valid_until: i64,
    copies: i64,
    copies_per_buyer: i64,
    handed_out: i64,
    used: i64,
    open_at: Option<i64>,
    ended_at: Option<i64>,
    created_by: String,
    created_at: i64,
}

const PRODUCTS: &str = "select product_id from coupon_products where coupon_id = $1 order by product_id";

async fn with_products(conn: &mut Conn, row: CouponRow) -> Result<Coupon> {
    let products: Vec<i64> = sqlx::query_scalar(PRODUCTS).bind(row.id).fetch_all(conn).await?;
    Ok(Coupon {
        terms: CouponTerms {
            id: CouponId(row.id),
            name: row.name,
            threshold: Money(row.threshold_minor),
            amount: Money(row.amount_minor),
            valid_from: Timestamp(row.valid_from),
            valid_until: Timestamp(row.valid_until),
            products: products.into_iter().map(ProductId).collect(),
        },
        shop_id: ShopId(row.shop_id),
        copies: row.copies,
        copies_per_buyer: row.copies_per_buyer,
        handed_out: row.handed_out,
        used: row.used,
        open: row.open_at.is_some(),
        ended_at: row.ended_at.map(Timestamp),
        created_by: row.created_by,
        created_at: Timestamp(row.created_at),
    })
}

async fn all_with_products(conn: &mut Conn, rows: Vec<CouponRow>) -> Result<Vec<Coupon>> {
    let mut coupons = Vec::with_capacity(rows.len());
    for row in rows {
        coupons.push(with_products(&mut *conn, row).await?);
    }
    Ok(coupons)
}

const OF_SHOP: &str = "select * from coupons where shop_id = $1 and id < $2 order by id desc limit $3";
const BY_ID: &str = "select * from coupons where id = $1 and shop_id = $2";
const ANY_BY_ID: &str = "select * from coupons where id = $1";
const OPEN: &str = "select * from coupons
    where shop_id = $1 and valid_until > $2 and open_at is not null and ended_at is null and handed_out < copies
    order by valid_until, id limit $3";

/// A page of the shop's coupons, the newest first.
pub async fn list_of_shop(conn: &mut Conn, shop: ShopId, before: i64, limit: i64) -> Result<Slice<Coupon>> {
    let rows: Vec<CouponRow> = sqlx::query_as(OF_SHOP).bind(shop.0).bind(before).bind(limit + 1).fetch_all(&mut *conn).await?;
    Ok(slice(all_with_products(conn, rows).await?, limit, |coupon| coupon.terms.id.0))
}

/// A coupon of this shop.
pub async fn find(conn: &mut Conn, shop: ShopId, id: CouponId) -> Result<Option<Coupon>> {
    let row: Option<CouponRow> = sqlx::query_as(BY_ID).bind(id.0).bind(shop.0).fetch_optional(&mut *conn).await?;
    match row {
        Some(row) => Ok(Some(with_products(conn, row).await?)),
        None => Ok(None),
    }
}

/// A coupon, whoever's.
pub async fn by_id(conn: &mut Conn, id: CouponId) -> Result<Option<Coupon>> {
    let row: Option<CouponRow> = sqlx::query_as(ANY_BY_ID).bind(id.0).fetch_optional(&mut *conn).await?;
    match row {
        Some(row) => Ok(Some(with_products(conn, row).await?)),
        None => Ok(None),
    }
}

/// What buyers of the shop may take now, what ends first to begin with.
pub async fn open(conn: &mut Conn, shop: ShopId, now: Timestamp, limit: i64) -> Result<Vec<Coupon>> {
    let rows: Vec<CouponRow> = sqlx::query_as(OPEN).bind(shop.0).bind(now.0).bind(limit).fetch_all(&mut *conn).await?;
    all_with_products(conn, rows).await
}

const OF_REQUEST: &str = "select id, request_fingerprint from coupons where shop_id = $1 and request_key = $2";

/// Did this very form make a coupon before? Another form under its key is refused (M9).
pub async fn made_by(conn: &mut Conn, shop: ShopId, request: &Request) -> Result<bool> {
    let found: Option<(i64, Option<String>)> = sqlx::query_as(OF_REQUEST).bind(shop.0).bind(&request.key).fetch_optional(conn).await?;
    Ok(request.first_effect(found)?.is_some())
}

const INSERT: &str = "insert into coupons (id, shop_id, request_key, name, threshold_minor, amount_minor, valid_from, valid_until, copies,
        copies_per_buyer, open_at, created_by, created_at, request_fingerprint)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const INSERT_PRODUCT: &str = "insert into coupon_products (coupon_id, product_id) values ($1, $2)";

/// A new coupon; the same form a second time is a duplicate (`Error::is_duplicate`).
pub async fn insert(conn: &mut Conn, coupon: &Coupon, request: &Request) -> Result<()> {
    let terms = &coupon.terms;
    sqlx::query(INSERT)
        .bind(terms.id.0)
        .bind(coupon.shop_id.0)
        .bind(&request.key)
        .bind(&terms.name)
        .bind(terms.threshold.0)
        .bind(terms.amount.0)
        .bind(terms.valid_from.0)
        .bind(terms.valid_until.0)
        .bind(coupon.copies)
        .bind(coupon.copies_per_buyer)
        .bind(coupon.open.then_some(coupon.created_at.0))
        .bind(&coupon.created_by)
        .bind(coupon.created_at.0)
        .bind(&request.fingerprint)
        .execute(&mut *conn)
        .await?;
    for product in &terms.products {
        sqlx::query(INSERT_PRODUCT).bind(terms.id.0).bind(product.0).execute(&mut *conn).await?;
    }
    Ok(())
}

const HAND_OUT: &str = "update coupons set handed_out = handed_out + 1
    where id = $1 and handed_out < copies and ended_at is null and valid_until > $2";

/// One copy leaves the shop; `false` if there is none any more.
pub async fn hand_out(conn: &mut Conn, id: CouponId, now: Timestamp) -> Result<bool> {
    Ok(sqlx::query(HAND_OUT).bind(id.0).bind(now.0).execute(conn).await?.rows_affected() == 1)
}

const COUNT_USE: &str = "update coupons set used = used + $2 where id = $1";

/// One copy more was used, or one less.
pub async fn count_use(conn: &mut Conn, id: CouponId, by: i64) -> Result<()> {
    expect_one(&sqlx::query(COUNT_USE).bind(id.0).bind(by).execute(conn).await?)
}

const END: &str = "update coupons set ended_at = $3 where id = $1 and shop_id = $2 and ended_at is null";

/// No more copies are handed out; ended twice is ended once.
pub async fn end(conn: &mut Conn, shop: ShopId, id: CouponId, at: Timestamp) -> Result<()> {
    sqlx::query(END).bind(id.0).bind(shop.0).bind(at.0).execute(conn).await?;
    Ok(())
}
