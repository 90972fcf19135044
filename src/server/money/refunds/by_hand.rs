//! 「线下退款」: finance has paid outside a refund that no channel pays (S74, M17).

use super::arrive::arrive;
use super::settle::finish_case;
use crate::domain::{AuditedDeed, MoneyCause, Permission, Refund, Tender, Voucher};
use crate::server::ctx::{Staff, overtaken};
use crate::server::db::{Lock, Tx};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::machinery::clocks;
use crate::server::store::money::refunds as rows;
use crate::server::store::orders;
use crate::server::store::people::audits::{self, Audit};

/// A refund that was paid outside.
#[derive(Clone, Debug)]
pub struct OutsideRefund {
    pub voucher: Voucher,
    /// The buyer agreed to it where the money had a way back (S73).
    pub consent: bool,
}

/// Finance has paid a refund outside that has no channel, or whose channel failed for good; `version` is what finance has seen of it.
pub async fn settle_by_hand(staff: &Staff, number: &str, paid: OutsideRefund, version: Option<i64>) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let mut tx = staff.app.db.write().await?;
    let refund = rows::by_number(tx.conn(), number).await?.filter(|refund| refund.shop_id == staff.shop.id).ok_or(Error::NotFound)?;
    tx.lock(Lock::Order, refund.order_id.0).await?;
    let refund = rows::by_id(tx.conn(), refund.id).await?;
    let waits = refund.status().waits_for_person();
    let asks_consent = waits && refund.tender.goes_back_by_itself();
    if asks_consent && !paid.consent {
        return Err(Error::field("consent", "这笔钱原本应当原路退回，线下退款须先征得买家同意"));
    }
    if !waits || version != Some(refund.version) {
        return Err(overtaken::in_trail(tx.conn(), staff, &refund.number, "登记了这笔退款").await);
    }
    let order = orders::by_id(tx.conn(), refund.order_id).await?.0;
    let mut context =
        EffectContext { app: &staff.app, tx: &mut tx, by: &staff.actor, now: staff.now, policy: &staff.shop.policy, order, request: None };
    arrive(&mut context, &refund, Tender::Offline, MoneyCause::SettledOutside, paid.voucher.words()).await?;
    clocks::finish_refund(context.tx.conn(), refund.id).await?;
    if let Some(case) = refund.after_sale_id {
        finish_case(&mut context, case).await?;
    }
    orders::save(context.tx.conn(), &context.order).await?;
    if asks_consent {
        note_consent(staff, &mut tx, &refund, paid.voucher.words()).await?;
    }
    tx.commit().await
}

async fn note_consent(staff: &Staff, tx: &mut Tx, refund: &Refund, voucher: &str) -> Result<()> {
    let detail = format!("已征得买家同意不原路退回，凭证：{voucher}");
    let (shop, actor, deed) = (staff.shop.id, &staff.actor, AuditedDeed::RefundSettledOutside);
    let audit = Audit { shop, actor, deed, subject: &refund.number, detail: &detail, at: staff.now };
    audits::record(tx.conn(), staff.app.new_id(), &audit).await
}
