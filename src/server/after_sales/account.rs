//! The refund account of a cash-on-delivery buyer: given by the buyer, kept sealed, read by finance, each look on record (S48).

use super::{AfterSaleDetail, held};
use crate::domain::after_sale::AfterSaleKind;
use crate::domain::event::Audience;
use crate::domain::{AuditedDeed, Effect, Happening, PaymentStatus, RefundAccount, Refusal, Request, SeeRefundAccount, Tender};
use crate::server::ctx::{Buyer, Staff};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::after_sales::{self as rows, refund_accounts};
use crate::server::store::events;
use crate::server::store::orders::Scope;
use crate::server::store::people::audits::{self, Audit};

impl AfterSaleDetail {
    /// Does money of this case have to be handed back that came in cash?
    pub fn wants_account(&self) -> bool {
        let Self { case, order, .. } = self;
        let in_cash = order.payments.iter().any(|payment| payment.tender == Tender::Cod && payment.status() == PaymentStatus::Succeeded);
        let collected = in_cash && !order.order.collects_nothing();
        collected && case.kind != AfterSaleKind::Exchange && !case.state.is_over() && self.to_balance_at.is_none()
    }

    /// Refuses an account where none is wanted (any more).
    pub fn require_wanted_account(&self) -> std::result::Result<(), Refusal> {
        if self.wants_account() { Ok(()) } else { Err(Refusal::NotWhile(self.case.state_name())) }
    }
}

/// 「退款账户」 by the buyer: sealed before it is stored; a second one takes the place of the first.
pub async fn give_account(buyer: &Buyer, number: &str, account: &RefundAccount, request: Request) -> Result<()> {
    let detail = super::for_buyer(buyer, number).await?;
    detail.require_wanted_account()?;
    let text = serde_json::to_string(account).map_err(|_| Error::Internal("an account could not be written".to_owned()))?;
    let sealed = buyer.app.secrets.seal(&detail.case.number, &text)?;
    // Whoever reads the timeline's rows could try out card numbers otherwise.
    let request = Request { fingerprint: buyer.app.secrets.blinded(&request.fingerprint), ..request };
    let mut tx = buyer.app.db.write().await?;
    let (case, order, shop) = held(&mut tx, Scope::Buyer(buyer.id), number).await?;
    if events::done_by(tx.conn(), order.id, &request).await? {
        return Ok(());
    }
    if case.state.is_over() {
        return Err(Refusal::NotWhile(case.state_name()).into());
    }
    refund_accounts::save(tx.conn(), &case, &sealed, buyer.now).await?;
    let effects = vec![
        Effect::Record { what: Happening::RefundAccountGiven, evidence: Vec::new() },
        Effect::Notify { to: Audience::Shop, what: Happening::RefundAccountGiven },
    ];
    let mut context = EffectContext {
        app: &buyer.app,
        tx: &mut tx,
        by: &buyer.actor,
        now: buyer.now,
        policy: &shop.policy,
        order,
        request: Some(&request),
    };
    context.for_case(&case, effects).await?;
    tx.commit().await
}

/// 「查看退款账户」: who looked is on record before anything is shown.
pub async fn see_account(staff: &Staff, number: &str) -> Result<RefundAccount> {
    let mut tx = staff.app.db.write().await?;
    let case = rows::find(tx.conn(), Scope::Shop(staff.shop.id), number).await?.ok_or(Error::NotFound)?;
    let sealed = refund_accounts::sealed(tx.conn(), staff.proof(SeeRefundAccount)?, case.id).await?.ok_or(Error::NotFound)?;
    let audit = Audit {
        shop: staff.shop.id,
        actor: &staff.actor,
        deed: AuditedDeed::RefundAccountSeen,
        subject: number,
        detail: "",
        at: staff.now,
    };
    audits::record(tx.conn(), staff.app.new_id(), &audit).await?;
    tx.commit().await?;
    let text = staff.app.secrets.open(number, &sealed)?;
    serde_json::from_str(&text).map_err(|_| Error::inconsistent("refund_accounts", "sealed", number))
}
