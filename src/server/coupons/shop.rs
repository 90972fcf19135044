//! Coupons as the shop makes them, hands them out and ends them.

use super::{Coupon, HandOver, Handed, hand_over, rows};
use crate::domain::address::parse_mobile;
use crate::domain::text;
use crate::domain::{BuyerId, CouponId, CouponTerms, Day, FieldErrors, Money, Permission, ProductId, Request};
use crate::http::form::Form;
use crate::server::ctx::Staff;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::store::members::{self, MemberSearch};
use crate::server::store::{Slice, goods};

const PAGE: i64 = 20;
/// Members that get their copy in one transaction.
const AT_ONCE: i64 = 200;
const MOST_COPIES: i64 = 1_000_000;
const MOST_PER_BUYER: i64 = 100;

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

/// A checked form: a coupon to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCoupon {
    name: String,
    threshold: Money,
    amount: Money,
    from: Day,
    until: Day,
    products: Vec<ProductId>,
    copies: i64,
    copies_per_buyer: i64,
    open: bool,
    request: Request,
}

impl NewCoupon {
    /// Reads `name`, `kind` (threshold or direct), `threshold`, `amount`, `from`, `until`, `scope` (all or chosen), `product`s,
    /// `copies`, `copies_per_buyer`, `open`.
    pub fn parse(form: &Form) -> std::result::Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.line("name", form.get("name"), 1, 20, "请填写优惠券名称");
        let threshold = errors.check("threshold", threshold(form));
        let amount = errors.check("amount", amount(form.get("amount"), threshold.unwrap_or(Money::ZERO)));
        let from = errors.check("from", Day::parse(form.get("from")).ok_or("请填写开始日期，例如 2026-11-22"));
        let until = errors.check("until", until(form.get("until"), from));
        let products = errors.check("product", chosen(form));
        let copies = errors.check("copies", whole(form.get("copies"), MOST_COPIES));
        let per_buyer = errors.check("copies_per_buyer", whole(form.get("copies_per_buyer"), MOST_PER_BUYER));
        match (name, threshold, amount, from, until, products, copies, per_buyer) {
            (Some(name), Some(threshold), Some(amount), Some(from), Some(until), Some(products), Some(copies), Some(copies_per_buyer)) => {
                let (open, request) = (form.has("open"), form.request());
                Ok(Self { name, threshold, amount, from, until, products, copies, copies_per_buyer, open, request })
            }
            _ => Err(errors),
        }
    }
}

fn threshold(form: &Form) -> std::result::Result<Money, String> {
    match form.get("kind") {
        "direct" => Ok(Money::ZERO),
        "threshold" => match Money::parse(form.get("threshold"))? {
            Money::ZERO => Err("门槛必须大于 0".to_owned()),
            much => Ok(much),
        },
        _ => Err("请选择优惠方式".to_owned()),
    }
}

fn amount(typed: &str, threshold: Money) -> std::result::Result<Money, String> {
    match Money::parse(typed)? {
        Money::ZERO => Err("优惠金额必须大于 0".to_owned()),
        amount if threshold.is_positive() && amount > threshold => Err("优惠金额不能超过使用门槛".to_owned()),
        amount => Ok(amount),
    }
}

fn until(typed: &str, from: Option<Day>) -> std::result::Result<Day, &'static str> {
    let until = Day::parse(typed).ok_or("请填写结束日期，例如 2026-11-22")?;
    if from.is_some_and(|from| until < from) { Err("结束日期不能早于开始日期") } else { Ok(until) }
}

fn chosen(form: &Form) -> std::result::Result<Vec<ProductId>, &'static str> {
    match form.get("scope") {
        "all" => Ok(Vec::new()),
        "chosen" => {
            let ids = form.all("product").into_iter().map(|id| id.parse().map(ProductId).map_err(|_| "请选择列出的商品"));
            let mut ids: Vec<ProductId> = ids.collect::<std::result::Result<_, _>>()?;
            ids.sort_unstable();
            ids.dedup();
            if ids.is_empty() { Err("请至少选择一件商品") } else { Ok(ids) }
        }
        _ => Err("请选择适用商品"),
    }
}

fn whole(typed: &str, most: i64) -> std::result::Result<i64, String> {
    text::legible(typed).parse().ok().filter(|number| (1..=most).contains(number)).ok_or(format!("请填写 1 到 {most} 之间的整数"))
}

/// 「新建优惠券」: the same form sent twice makes one.
pub async fn make(staff: &Staff, new: NewCoupon) -> Result<()> {
    staff.require(Permission::ChangePolicy)?;
    new.request.require_key()?;
    let zone = staff.shop.zone;
    let (valid_from, valid_until) = (new.from.span(zone).0, new.until.span(zone).1);
    if valid_until <= staff.now {
        return Err(Error::field("until", "结束日期已经过去"));
    }
    let known = products(staff).await?;
    if new.products.iter().any(|id| !known.iter().any(|(known, _)| known == id)) {
        return Err(Error::field("product", "请选择列出的商品"));
    }
    let id = CouponId(staff.app.new_id());
    let NewCoupon { name, threshold, amount, products, .. } = new;
    let coupon = Coupon {
        terms: CouponTerms { id, name, threshold, amount, valid_from, valid_until, products },
        shop_id: staff.shop.id,
        copies: new.copies,
        copies_per_buyer: new.copies_per_buyer,
        handed_out: 0,
        used: 0,
        open: new.open,
        ended_at: None,
        created_by: staff.actor.name().to_owned(),
        created_at: staff.now,
    };
    let mut tx = staff.app.db.write().await?;
    if rows::made_by(tx.conn(), staff.shop.id, &new.request).await? {
        return Ok(());
    }
    match rows::insert(tx.conn(), &coupon, &new.request).await {
        // The same form, sent twice at once: the other one has made it.
        Err(error) if error.is_duplicate() => {
            drop(tx);
            rows::made_by(&mut *staff.app.db.reader().await?, staff.shop.id, &new.request).await.map(drop)
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
    let found = members::list(tx.conn(), staff.shop.id, &MemberSearch::Phone(phone), i64::MAX, 1).await?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Form {
        Form::of(&[
            ("name", "满百减十"),
            ("kind", "threshold"),
            ("threshold", "100"),
            ("amount", "10"),
            ("from", "2026-11-01"),
            ("until", "2026-11-30"),
            ("scope", "all"),
            ("copies", "500"),
            ("copies_per_buyer", "1"),
        ])
    }

    #[test]
    fn a_filled_form_is_a_coupon() {
        let read = NewCoupon::parse(&filled()).unwrap_or_else(|errors| unreachable!("{errors:?}"));
        assert_eq!((read.threshold, read.amount, read.copies, read.open), (Money(10_000), Money(1_000), 500, false));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = [
            ("threshold", "-1"),
            ("amount", "0"),
            ("from", "x"),
            ("until", ""),
            ("scope", "chosen"),
            ("copies", "0"),
            ("copies_per_buyer", "101"),
        ];
        let mut form = filled();
        for (name, value) in wrong {
            form.set(name, value);
        }
        let errors = NewCoupon::parse(&form).err().unwrap_or_default();
        assert_eq!(errors.fields(), ["threshold", "amount", "from", "until", "product", "copies", "copies_per_buyer"]);
        let alone = |name: &str, value: &str| {
            let mut form = filled();
            form.set(name, value);
            NewCoupon::parse(&form).err().unwrap_or_default().0
        };
        assert_eq!(alone("amount", "100.01"), [("amount".to_owned(), "优惠金额不能超过使用门槛".to_owned())]);
        assert_eq!(alone("until", "2026-10-31"), [("until".to_owned(), "结束日期不能早于开始日期".to_owned())]);
        assert_eq!(alone("kind", ""), [("threshold".to_owned(), "请选择优惠方式".to_owned())]);
    }
}
