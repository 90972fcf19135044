//! Coupons as the shop makes them, hands them out and ends them.

use super::{Coupon, HandOver, Handed, hand_over, rows};
use crate::domain::people::address::parse_mobile;
use crate::domain::{BuyerId, CouponId, NewCoupon, Permission, ProductId, Request, SeeMoney};
use crate::server::ctx::Staff;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::store::people::members::{self, MemberSearch};
use crate::server::store::{Slice, goods};

const PAGE: i64 = 20;
/// Members that get their copy in one transaction.
const AT_ONCE: i64 = 200;

/// 「优惠券」 of the shop, the newest first.
pub async fn list_for_shop(staff: &Staff, before: Option<i64>) -> Result<Slice<Coupon>> {
    staff.require(Permission::SeeMoney)?;
    let mut conn = staff.app.db.reader().await?;
    rows::list_of_shop(&mut conn, staff.shop.id, before.unwrap_or(i64::MAX), PAGE).await
}

/// One coupon of the shop.
pub async fn find_for_shop(staff: &Staff, id: CouponId) -> Result<Option<Coupon>> {
    staff.require(Permission::SeeMoney)?;
    rows::find(&mut *staff.app.db.reader().await?, staff.shop.id, id).await
}

/// The shop's products, to choose from: id and title.
pub async fn products(staff: &Staff) -> Result<Vec<(ProductId, String)>> {
    goods::titles_of_shop(&mut *staff.app.db.reader().await?, staff.shop.id).await
}

/// 「新建优惠券」: the same form sent twice makes one.
pub async fn make(staff: &Staff, new: NewCoupon, request: &Request) -> Result<()> {
    staff.require(Permission::ChangePolicy)?;
    request.require_key()?;
    let (copies, copies_per_buyer, open) = (new.copies(), new.copies_per_buyer(), new.is_open());
    let terms = new.into_terms(CouponId(staff.app.new_id()), staff.shop.zone);
    if terms.valid_until <= staff.now {
        return Err(Error::field("until", "结束日期已经过去"));
    }
    let known = products(staff).await?;
    if terms.products.iter().any(|id| !known.iter().any(|(known, _)| known == id)) {
        return Err(Error::field("product", "请选择列出的商品"));
    }
    let coupon = Coupon {
        terms,
        shop_id: staff.shop.id,
        copies,
        copies_per_buyer,
        handed_out: 0,
        used: 0,
        open,
        ended_at: None,
        created_by: staff.actor.name().to_owned(),
        created_at: staff.now,
    };
    let mut tx = staff.app.db.write().await?;
    if rows::made_by(tx.conn(), staff.shop.id, request).await? {
        return Ok(());
    }
    match rows::insert(tx.conn(), &coupon, request).await {
        // The same form, sent twice at once: the other one has made it.
        Err(error) if error.is_duplicate() => {
            drop(tx);
            rows::made_by(&mut *staff.app.db.reader().await?, staff.shop.id, request).await.map(drop)
        }
        Err(error) => Err(error),
        Ok(()) => tx.commit().await,
    }
}

/// 「结束发放」: what is in buyers' hands keeps its promise.
pub async fn end(staff: &Staff, id: CouponId) -> Result<()> {
    staff.require(Permission::ChangePolicy)?;
    let mut tx = staff.app.db.write().await?;
    rows::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
    rows::end(tx.conn(), staff.shop.id, id, staff.now).await?;
    tx.commit().await
}

/// 「按手机号发放」: one copy for a member.
pub async fn give_to(staff: &Staff, id: CouponId, phone: &str) -> Result<()> {
    staff.require(Permission::ChangePolicy)?;
    let phone = parse_mobile(phone).map_err(|words| Error::field("phone", words))?;
    let mut tx = staff.app.db.write().await?;
    let coupon = rows::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
    let found = members::list(tx.conn(), staff.proof(SeeMoney)?, &MemberSearch::Phone(phone), i64::MAX, 1).await?;
    let Some(member) = found.rows.into_iter().next() else { return Err(Error::field("phone", "没有这个手机号的会员")) };
    tx.lock(Lock::Buyer, member.id.0).await?;
    match hand_over(tx.conn(), &HandOver { most: coupon.copies_per_buyer, ..first(staff, &coupon) }, member.id).await? {
        Handed::Over => tx.commit().await,
        Handed::HadAll => Err(Error::field("phone", format!("该会员已领满 {} 张", coupon.copies_per_buyer))),
        Handed::NoneLeft => Err(Error::field("phone", "优惠券已发完或已结束")),
    }
}

/// A first copy of it, by this member of staff.
fn first<'a>(staff: &'a Staff, coupon: &'a Coupon) -> HandOver<'a> {
    HandOver { app: &staff.app, by: &staff.actor, coupon, most: 1, now: staff.now }
}

/// 「发给全部会员」: one copy for every member who has none yet; asked for again it goes on where it stopped. The copies given.
pub async fn give_to_all(staff: &Staff, id: CouponId) -> Result<i64> {
    staff.require(Permission::ChangePolicy)?;
    let (mut given, mut after) = (0, BuyerId(0));
    loop {
        let mut tx = staff.app.db.write().await?;
        let coupon = rows::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
        let members = rows::without_one(tx.conn(), &coupon, after, AT_ONCE).await?;
        let Some(last) = members.last().copied() else { return Ok(given) };
        // All of them before the coupon: who takes one holds the two in the same sequence.
        for member in &members {
            tx.lock(Lock::Buyer, member.0).await?;
        }
        for member in members {
            match hand_over(tx.conn(), &first(staff, &coupon), member).await? {
                Handed::Over => given += 1,
                Handed::HadAll => {}
                Handed::NoneLeft => {
                    tx.commit().await?;
                    return if given > 0 { Ok(given) } else { Err(Error::field("all", "优惠券已发完或已结束")) };
                }
            }
        }
        tx.commit().await?;
        after = last;
    }
}
