//! Reviews: buyers write them, the shop answers, and hides with a reason what must not stand.

pub use super::store::reviews::{Review, ReviewFilter};

use super::ctx::{Buyer, Staff};
use super::db::Lock;
use super::error::{Error, Result};
use super::store::orders::{self, Whose};
use super::store::reviews::{self, NewReviewRow};
use super::store::{Slice, pictures};
use super::uploads;
use crate::domain::order::{Order, OrderLine};
use crate::domain::review::{NewReview, may_review};
use crate::domain::text;
use crate::domain::{FieldErrors, OrderLineId, Permission, Refusal, ReviewId};
use crate::http::form::Form;

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
    let again: Vec<&Review> = written.iter().filter(|review| is_filled(form, review.order_line_id)).collect();
    if again.iter().any(|review| !says_the_same(review, form)) {
        return Err(Refusal::ReviewedAlready.into());
    }
    let Some(first) = lines.first() else {
        return match (written.is_empty(), again.is_empty()) {
            (true, _) => refuse(&order),
            (false, true) => Err(Refusal::ReviewedAlready.into()),
            (false, false) => Ok(()),
        };
    };
    let parsed = parse(&lines, form)?;
    // The same form again finds what it has written before.
    if parsed.is_empty() && !again.is_empty() {
        return Ok(());
    }
    if parsed.is_empty() {
        return Err(Error::field(&field("rating", first.id), "请选择 1–5 星"));
    }
    let mut rows = Vec::with_capacity(parsed.len());
    for (line, review) in parsed {
        let pictures = uploads::keep_for_review(buyer, order.shop_id, order.id, form, &field("pictures", line.id)).await?;
        rows.push(row(buyer, &order, line, review, pictures));
    }
    match store(buyer, &order, &rows).await {
        // Another form has just reviewed one of the lines.
        Err(Error::Stale) => {
            let written = of_order(buyer, number).await?.written;
            let kept = rows
                .iter()
                .all(|row| written.iter().any(|review| review.order_line_id == row.order_line_id && says_the_same(review, form)));
            if kept { Ok(()) } else { Err(Refusal::ReviewedAlready.into()) }
        }
        other => other,
    }
}

async fn store(buyer: &Buyer, order: &Order, rows: &[NewReviewRow]) -> Result<()> {
    let mut tx = buyer.app.db.write().await?;
    tx.lock(Lock::Order, order.id.0).await?;
    for row in rows {
        reviews::insert(tx.conn(), row).await?;
    }
    tx.commit().await
}

/// The name of a line's field.
pub fn field(name: &str, line: OrderLineId) -> String {
    format!("{name}_{}", line.0)
}

/// Is anything said of the line?
fn is_filled(form: &Form, line: OrderLineId) -> bool {
    let [rating, words, pictures] = ["rating", "words", "pictures"].map(|name| field(name, line));
    !form.get(&rating).is_empty() || !text::is_blank(form.get(&words)) || !form.files(&pictures).is_empty()
}

/// Is it what stands there? Then the form was sent twice.
fn says_the_same(review: &Review, form: &Form) -> bool {
    let [rating, words, pictures] = ["rating", "words", "pictures"].map(|name| field(name, review.order_line_id));
    form.get(&rating) == review.rating.to_string()
        && text::tidy(form.get(&words)) == review.words
        && form.files(&pictures).len() == review.pictures.len()
        && form.has("anonymous") == review.anonymous
}

/// What was typed for a line that has its review already, and was not kept.
pub fn not_kept(review: &Review, form: &Form) -> Option<String> {
    let words = form.get(&field("words", review.order_line_id));
    (is_filled(form, review.order_line_id) && !says_the_same(review, form) && !text::is_blank(words)).then(|| words.to_owned())
}

fn refuse(order: &Order) -> Result<()> {
    order.lines.iter().try_for_each(|line| may_review(order.status(), line)).map_err(Error::from)
}

/// What was said of each line; every field that has to be mended, in the order of the form.
fn parse<'a>(lines: &'a [OrderLine], form: &Form) -> Result<Vec<(&'a OrderLine, NewReview)>> {
    let mut errors = FieldErrors::default();
    let mut parsed = Vec::new();
    for line in lines {
        if !is_filled(form, line.id) {
            continue;
        }
        let (rating, words) = (form.get(&field("rating", line.id)), form.get(&field("words", line.id)));
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
    if review.replied_at.is_some() {
        return Err(Refusal::RepliedAlready(review.reply).into());
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
    match review.hidden_at {
        Some(_) if review.hidden_reason == reason => return Ok(()),
        Some(_) => return Err(Refusal::HiddenAlready(review.hidden_reason).into()),
        None => {}
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
