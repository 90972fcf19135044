//! What a refund would give back to whom, before anybody agrees to it.

use crate::domain::after_sale::AfterSale;
use crate::domain::money::payment::split_refund;
use crate::domain::money::way_back::Part;
use crate::domain::order::Order;
use crate::domain::{Money, Tender};
use crate::server::ctx::Ctx;
use crate::server::error::Result;
use crate::server::store::money::payments;

/// The tenders of the case's goods, each with its part of the amount; the same division as when the refund begins (M6).
pub async fn preview(ctx: &Ctx, case: &AfterSale, order: &Order) -> Result<Vec<Part>> {
    let mut conn = ctx.app.db.reader().await?;
    let mut parts: Vec<Part> = Vec::new();
    for item in case.items.iter().filter(|item| item.amount().is_positive()) {
        let shares = payments::shares_left(&mut conn, item.line_id).await?;
        let left: Vec<Money> = shares.iter().map(|share| share.2).collect();
        for ((_, tender, _), amount) in shares.into_iter().zip(split_refund(item.amount(), &left)) {
            match parts.iter_mut().find(|part| part.tender == tender) {
                Some(part) => part.amount = part.amount + amount,
                None => parts.push(Part { tender, amount, never_collected: tender == Tender::Cod && order.collects_nothing() }),
            }
        }
    }
    parts.retain(|part| part.amount.is_positive());
    Ok(parts)
}
