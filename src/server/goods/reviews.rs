//! Reviews: buyers write them, the shop answers, and hides with a reason what must not stand.

pub use crate::server::store::goods::reviews::{Review, ReviewFilter};

use crate::domain::order::{Order, OrderLine};
use crate::domain::review::{NewReview, may_review};
use crate::domain::{FieldErrors, OrderLineId, Permission, Refusal, ReviewId};
use crate::server::ctx::{Buyer, Staff};
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::machinery::pictures::upload::Upload;
use crate::server::people::uploads;
use crate::server::store::Slice;
use crate::server::store::goods::reviews::{self, NewReviewRow};
use crate::server::store::machinery::pictures;
use crate::server::store::orders::{self, Scope};

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
    let (order, _) = orders::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let written = reviews::of_order(&mut conn, order.id, buyer.id).await?;
    let lines = order.lines.iter().filter(|line| may_review(order.status(), line).is_ok()).cloned().collect();
    Ok(Reviewable { order, lines, written })
}

/// What is said of one line, with its pictures.
#[derive(Clone, Debug)]
pub struct LineReview {
    pub line: OrderLineId,
    pub review: NewReview,
    pub pictures: Vec<Upload>,
}

impl LineReview {
    /// Is it what stands there? Then it was sent twice.
    pub fn repeats(&self, written: &Review) -> bool {
        let Self { line, review, pictures } = self;
        *line == written.order_line_id
            && review.rating == i64::from(written.rating)
            && review.words == written.words
            && review.anonymous == written.anonymous
            && pictures.len() == written.pictures.len()
    }
}

/// Writes what is said of each line.
pub async fn write(buyer: &Buyer, number: &str, said: &[LineReview]) -> Result<()> {
    let Reviewable { order, lines, written } = of_order(buyer, number).await?;
    let of = |line: OrderLineId| said.iter().find(|one| one.line == line);
    let again: Vec<(&Review, &LineReview)> = written.iter().filter_map(|review| Some((review, of(review.order_line_id)?))).collect();
    if again.iter().any(|(review, one)| !one.repeats(review)) {
        return Err(Refusal::ReviewedAlready.into());
    }
    let Some(first) = lines.first() else {
        return match (written.is_empty(), again.is_empty()) {
            (true, _) => refuse(&order),
            (false, true) => Err(Refusal::ReviewedAlready.into()),
            (false, false) => Ok(()),
        };
    };
    let fresh: Vec<(&OrderLine, &LineReview)> = lines.iter().filter_map(|line| Some((line, of(line.id)?))).collect();
    if fresh.is_empty() {
        // The same form again finds what it has written before.
        return if again.is_empty() { Err(Error::field(&field("rating", first.id), "请选择 1–5 星")) } else { Ok(()) };
    }
    let mut rows = Vec::with_capacity(fresh.len());
    for (line, one) in fresh {
        let files = one.pictures.clone();
        let pictures = uploads::keep_for_review(buyer, order.shop_id, order.id, files, &field("pictures", line.id)).await?;
        rows.push(row(buyer, &order, line, one.review.clone(), pictures));
    }
    match store(buyer, &order, &rows).await {
        // Another form has just reviewed one of the lines.
        Err(Error::Stale) => {
            let written = of_order(buyer, number).await?.written;
            let stands = |line: OrderLineId| of(line).is_some_and(|one| written.iter().any(|review| one.repeats(review)));
            if rows.iter().all(|row| stands(row.order_line_id)) { Ok(()) } else { Err(Refusal::ReviewedAlready.into()) }
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

fn refuse(order: &Order) -> Result<()> {
    order.lines.iter().try_for_each(|line| may_review(order.status(), line)).map_err(Error::from)
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
    match review.reply {
        Some(reply) if reply.words == words => return Ok(()),
        Some(reply) => return Err(Refusal::RepliedAlready(reply.words).into()),
        None => {}
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
    match &review.hidden {
        Some(hiding) if hiding.reason == reason => return Ok(()),
        Some(hiding) => return Err(Refusal::HiddenAlready(hiding.reason.clone()).into()),
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
    if review.hidden.is_none() {
        return Ok(());
    }
    reviews::show(tx.conn(), staff.shop.id, &review).await?;
    for key in &review.pictures {
        pictures::set_public(tx.conn(), key, staff.shop.id, Some(staff.now)).await?;
    }
    tx.commit().await
}
