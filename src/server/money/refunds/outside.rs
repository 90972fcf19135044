//! 「手动退款」: the shop has settled a case with the buyer outside.

use super::arrive::{BY_CONSENT, arrive, never_collected};
use super::rows::{divide, insert};
use crate::domain::after_sale::AfterSale;
use crate::domain::event::Audience;
use crate::domain::money::way_back::Part;
use crate::domain::{Happening, MoneyCause, Refund, Tender};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::after_sales::refund_consents;
use crate::server::store::machinery::clocks;
use crate::server::store::money::refunds as rows;

/// The shop has settled with the buyer outside what no channel pays (S74, M17). Points and balance never become cash: they go back by
/// themselves.
pub async fn record_manual(context: &mut EffectContext<'_>, case: &AfterSale, voucher: &str, agreed: bool) -> Result<()> {
    let to_balance = refund_consents::given_at(context.tx.conn(), case.id).await?.is_some();
    let mut waiting = Vec::new();
    let begun = rows::of_after_sale(context.tx.conn(), case.id).await?;
    if begun.is_empty() {
        for (index, part) in divide(context, case).await?.iter().enumerate() {
            let to = part.told(&context.order);
            waiting.push((insert(context, case, part, index).await?, to));
        }
    }
    for refund in begun.into_iter().filter(|refund| !refund.has_arrived()) {
        // Money that may be under way is not given a second time (B2).
        if !refund.status().waits_for_person() {
            return Err(Error::Stale);
        }
        clocks::finish_refund(context.tx.conn(), refund.id).await?;
        let to = refund.part();
        waiting.push((refund, to));
    }
    let (outside, inside): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, to)| to.leaves_the_house() && !to_balance);
    let what = Happening::RefundedManually {
        outside: parts_of(&outside),
        inside: parts_of(&inside),
        voucher: voucher.to_owned(),
        consent: agreed,
    };
    context.record(Some(case), &what, &[]).await?;
    context.notify(Some(case), Audience::Buyer, what)?;
    for (refund, _) in &outside {
        arrive(context, refund, Tender::Offline, MoneyCause::SettledOutside, voucher).await?;
    }
    for (refund, to) in &inside {
        if to.never_collected {
            never_collected(context, refund).await?;
        } else if to.tender.is_wallet() {
            arrive(context, refund, to.tender, MoneyCause::Refunded, "").await?;
        } else {
            arrive(context, refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?;
        }
    }
    Ok(())
}

fn parts_of(waiting: &[(Refund, Part)]) -> Vec<Part> {
    waiting.iter().map(|(_, to)| *to).collect()
}
