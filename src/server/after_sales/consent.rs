//! Another way than the buyer paid needs the buyer's consent, which stays on record (S73). 「退到余额」: the buyer gives it, and nobody else can.

use super::{AfterSaleDetail, held};
use crate::domain::after_sale::{AfterSaleKind, AfterSaleState};
use crate::domain::event::Audience;
use crate::domain::{Effect, Happening, Money, Refusal, Tender};
use crate::server::ctx::{Buyer, overtaken};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::money::refunds;
use crate::server::orders::Precondition;
use crate::server::store::after_sales::refund_consents;
use crate::server::store::orders::{self as order_rows, Scope};

impl AfterSaleDetail {
    /// Would a payment outside be another way than the money came by? Then the buyer has to agree to it. Points and balance go back by themselves.
    pub fn has_a_way_back(&self) -> bool {
        let begun = self.refunds.iter().filter(|refund| !refund.has_arrived()).map(|refund| refund.tender);
        self.goes_back.iter().map(|part| part.tender).chain(begun).any(Tender::is_online)
    }

    /// What the buyer could have put into the balance instead: paid by other means than the wallet, and not under way.
    pub fn could_go_to_balance(&self) -> Money {
        if self.case.state.is_over() || self.case.kind == AfterSaleKind::Exchange || self.to_balance_at.is_some() {
            return Money::ZERO;
        }
        if self.refunds.is_empty() {
            return self.goes_back.iter().filter(|part| part.leaves_the_house()).map(|part| part.amount).sum();
        }
        if self.refunds.iter().any(|refund| refund.status().is_for_worker()) {
            return Money::ZERO;
        }
        self.refunds.iter().filter(|refund| refund.status().waits_for_person()).map(|refund| refund.amount).sum()
    }
}

/// The consent is kept; what already waits for a person arrives in the balance at once, the rest when the shop agrees.
pub async fn agree_to_balance(buyer: &Buyer, number: &str, precondition: &Precondition) -> Result<()> {
    let detail = super::for_buyer(buyer, number).await?;
    let mut tx = buyer.app.db.write().await?;
    let (case, order, shop) = held(&mut tx, Scope::Buyer(buyer.id), number).await?;
    if precondition.has_acted(tx.conn(), &buyer.actor, (order.id, Some(case.id)), case.version).await? {
        return Ok(());
    }
    if detail.case.version != case.version {
        return Err(overtaken::on_order(tx.conn(), &buyer.actor, order.id, Some(case.id)).await);
    }
    if !detail.could_go_to_balance().is_positive() {
        return Err(Refusal::NotWhile(case.state_name()).into());
    }
    match refund_consents::give(tx.conn(), &case, buyer.now).await {
        Err(error) if error.is_duplicate() => return Err(Error::Stale),
        other => other?,
    }
    let request = Some(&precondition.request);
    let mut context =
        EffectContext { app: &buyer.app, tx: &mut tx, by: &buyer.actor, now: buyer.now, policy: &shop.policy, order, request };
    let effects = vec![
        Effect::Record { what: Happening::RefundToBalanceAgreed, evidence: Vec::new() },
        Effect::Notify { to: Audience::Shop, what: Happening::RefundToBalanceAgreed },
    ];
    context.for_case(&case, effects).await?;
    if matches!(case.state, AfterSaleState::Refunding { .. } | AfterSaleState::RefundFailed { .. }) {
        refunds::to_balance(&mut context, &case).await?;
        refunds::finish_case(&mut context, case.id).await?;
        order_rows::save(context.tx.conn(), &context.order).await?;
    }
    tx.commit().await
}
