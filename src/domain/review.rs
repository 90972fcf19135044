//! Reviews: who may write one (S9, A22), and what one holds.

use super::field_error::{FieldErrors, Parsed};
use super::order::{Order, OrderLine, OrderStatus};
use super::refusal::Refusal;
use super::text;

/// What a buyer says of one order line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReview {
    /// One to five stars.
    pub rating: i64,
    pub words: String,
    pub anonymous: bool,
}

impl NewReview {
    /// Reads stars and text; the fields are named `rating` and `words`.
    pub fn parse(rating: &str, words: &str, anonymous: bool) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        let stars = text::legible(rating).parse::<i64>().ok().filter(|stars| (1..=5).contains(stars));
        let rating = errors.check("rating", stars.ok_or("请选择 1–5 星"));
        let words = errors.text("words", words, 0, 500, "");
        match (rating, words) {
            (Some(rating), Some(words)) => Ok(Self { rating, words, anonymous }),
            _ => Err(errors),
        }
    }
}

/// How many lines of an order wait for a review.
pub fn unreviewed(order: &Order) -> i64 {
    order.lines.iter().map(|line| i64::from(may_review(order.status(), line).is_ok())).sum()
}

/// May this line be reviewed now?
pub fn may_review(status: OrderStatus, line: &OrderLine) -> Result<(), Refusal> {
    if status != OrderStatus::Completed {
        return Err(Refusal::ReviewTooEarly);
    }
    if line.shipped_quantity == 0 {
        return Err(Refusal::ReviewRefunded);
    }
    if line.reviewed {
        return Err(Refusal::ReviewedAlready);
    }
    Ok(())
}
