//! Reviews: buyers write them, the shop answers, and hides with a reason what must not stand.

pub use super::store::reviews::{Review, ReviewFilter};

use super::ctx::{Buyer, Staff};
use super::db::Lock;
use super::error::{Error, Result};
use super::form::Form;
use super::store::orders::{self, Whose};
use super::store::reviews::{self, NewReviewRow};
use super::store::{Slice, pictures};
use super::uploads;
use crate::domain::order::{Order, OrderLine};
use crate::domain::review::{NewReview, may_review};
use crate::domain::text;
use crate::domain::{FieldErrors, OrderLineId, Permission, ReviewId};

const PAGE: i64 = 20;

/// An order that waits for reviews, or has them.
#[derive(Clone, Debug)]
pub struct Reviewable {
    pub order: Order,
    /// Lines that may be reviewed now.
    pub lines: Vec<OrderLine>,
    pub written: Vec<Review>,
}

/// The buyer's order, with what can be reviewed and what has been.
pub async fn of_order(buyer: &Buyer, number: &str) -> Result<Reviewable> {
    let mut conn = buyer.app.db.reader().await?;
    let (order, _) = orders::find(&mut conn, Whose::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let written = reviews::of_order(&mut conn, order.id, buyer.id).await?;
    let lines = order.lines.iter().filter(|line| may_review(order.status(), line).is_ok()).cloned().collect();
    Ok(Reviewable { order, lines, written })
}

/// Writes a review of each line that has one in the form: `rating_{line}`, `words_{line}`, `pictures_{line}`.
/// Lines that are left empty can be reviewed later.
pub async fn write(buyer: &Buyer, number: &str, form: &Form) -> Result<()> {
    let Reviewable { order, lines, written } = of_order(buyer, number).await?;
    let Some(first) = lines.first() else {
        // The same form again finds what it has written before.
        return if written.is_empty() { refuse(&order) } else { Ok(()) };
    };
    let parsed = parse(&lines, form)?;
    if parsed.is_empty() {
        return Err(Error::field(&field("rating", first.id), "请选择 1–5 星"));
    }
    let mut rows = Vec::with_capacity(parsed.len());
    for (line, review) in parsed {
        let pictures = uploads::keep_for_review(buyer, order.shop_id, order.id, form, &field("pictures", line.id)).await?;
        rows.push(row(buyer, &order, line, review, pictures));
    }
    let mut tx = buyer.app.db.write().await?;
    tx.lock(Lock::Order, order.id.0).await?;
    for row in &rows {
        reviews::insert(tx.conn(), row).await?;
    }
    tx.commit().await
}

/// The name of a line's field.
pub fn field(name: &str, line: OrderLineId) -> String {
    format!("{name}_{}", line.0)
}

fn refuse(order: &Order) -> Result<()> {
    order.lines.iter().try_for_each(|line| may_review(order.status(), line)).map_err(Error::from)
}

/// What was said of each line; every field that has to be mended, in the order of the form.
fn parse<'a>(lines: &'a [OrderLine], form: &Form) -> Result<Vec<(&'a OrderLine, NewReview)>> {
    let mut errors = FieldErrors::default();
    let mut parsed = Vec::new();
    for line in lines {
        let (rating, words) = (form.get(&field("rating", line.id)), form.get(&field("words", line.id)));
        if rating.is_empty() && text::is_blank(words) && form.files(&field("pictures", line.id)).is_empty() {
            continue;
        }
        match NewReview::parse(rating, words, form.has("anonymous")) {
            Ok(review) => parsed.push((line, review)),
            Err(wrong) => wrong.0.into_iter().for_each(|(name, words)| errors.add(&field(&name, line.id), words)),
        }
    }
    if errors.is_empty() { Ok(parsed) } else { Err(errors.into()) }
}

fn row(buyer: &Buyer, order: &Order, line: &OrderLine, review: NewReview, pictures: Vec<String>) -> NewReviewRow {
    NewReviewRow {
        id: ReviewId(buyer.app.new_id()),
        shop_id: order.shop_id,
        order_id: order.id,
        order_line_id: line.id,
        product_id: line.product_id,
        buyer_id: buyer.id,
        buyer_name: buyer.name.clone(),
        rating: review.rating,
        words: review.words,
        pictures,
        anonymous: review.anonymous,
        at: buyer.now,
    }
}

/// A page of the shop's reviews, newest first.
pub async fn list(staff: &Staff, filter: &ReviewFilter, before: Option<i64>) -> Result<Slice<Review>> {
    staff.require(Permission::ReplyReview)?;
    reviews::list_for_shop(&mut *staff.app.db.reader().await?, staff.shop.id, filter, before, PAGE).await
}

/// The shop answers, once.
pub async fn reply(staff: &Staff, id: ReviewId, words: &str) -> Result<()> {
    staff.require(Permission::ReplyReview)?;
    let mut tx = staff.app.db.write().await?;
    let review = reviews::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let Some(words) = errors.text("reply", words, 1, 300, "请填写回复内容") else { return Err(errors.into()) };
    if review.reply == words {
        return Ok(());
    }
    reviews::reply(tx.conn(), staff.shop.id, id, &words, staff.now).await?;
    tx.commit().await
}

/// Takes a review, with its pictures, out of the public's sight.
pub async fn hide(staff: &Staff, id: ReviewId, reason: &str) -> Result<()> {
    staff.require(Permission::HideReview)?;
    let mut tx = staff.app.db.write().await?;
    let review = reviews::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let Some(reason) = errors.text("reason", reason, 2, 100, "请填写隐藏原因") else { return Err(errors.into()) };
    if review.hidden_at.is_some() {
        return Ok(());
    }
    reviews::hide(tx.conn(), staff.shop.id, &review, &reason, staff.now).await?;
    for key in &review.pictures {
        pictures::set_public(tx.conn(), key, staff.shop.id, None).await?;
    }
    tx.commit().await
}

/// Shows a hidden review again.
pub async fn show(staff: &Staff, id: ReviewId) -> Result<()> {
    staff.require(Permission::HideReview)?;
    let mut tx = staff.app.db.write().await?;
    let review = reviews::find(tx.conn(), staff.shop.id, id).await?.ok_or(Error::NotFound)?;
    if review.hidden_at.is_none() {
        return Ok(());
    }
    reviews::show(tx.conn(), staff.shop.id, &review).await?;
    for key in &review.pictures {
        pictures::set_public(tx.conn(), key, staff.shop.id, Some(staff.now)).await?;
    }
    tx.commit().await
}
