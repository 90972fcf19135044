//! The rows a refund begins with: one for every tender that gets something back.

use crate::domain::after_sale::AfterSale;
use crate::domain::payment::split_refund;
use crate::domain::{Actor, Money, OrderLineId, PaymentId, Permission, RefundId, Tender, Timestamp};
use crate::server::anomalies;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::db::{Lock, Tx};
use crate::server::effects::Scene;
use crate::server::error::{Error, Result};
use crate::server::payments::{Remedy, trouble};
use crate::server::store::payments::{self as payment_rows, Payment};
use crate::server::store::refunds::{self as rows, Arrival, Refund, RefundStatus};
use crate::server::store::{clocks, refund_consents, wallet};

/// What one tender gives back, and from which lines.
struct Part {
    payment: PaymentId,
    tender: Tender,
    lines: Vec<(OrderLineId, Money)>,
}

impl Part {
    fn amount(&self) -> Money {
        self.lines.iter().map(|(_, amount)| *amount).sum()
    }
}

/// The money of a case goes back the way it came: wallet money at once, a gateway's by the worker, cash by hand.
pub async fn enqueue(scene: &mut Scene<'_>, case: &AfterSale) -> Result<()> {
    let parts = divide(scene, case).await?;
    let to_balance = refund_consents::given_at(scene.tx.conn(), case.id).await?.is_some();
    for (index, part) in parts.iter().enumerate() {
        let refund = insert(scene, case, part, index).await?;
        match part.tender {
            Tender::Points | Tender::Balance => arrive(scene, &refund, part.tender, "refunded", "").await?,
            // Nothing was collected for a cash-on-delivery order that never left: there is nothing to hand back.
            Tender::Cod if scene.order.collects_nothing() => {
                arrive(scene, &refund, Tender::Cod, "settled_outside", "货到付款未收款，无需退款").await?;
            }
            _ if to_balance => arrive(scene, &refund, Tender::Balance, "refunded", BY_CONSENT).await?,
            Tender::Wechat | Tender::Alipay => {
                let id = scene.app.new_id();
                clocks::enqueue_refund(scene.tx.conn(), id, refund.id, scene.now).await?;
            }
            Tender::Cod | Tender::Offline => rows::advance(scene.tx.conn(), &refund, RefundStatus::Manual, "", scene.now).await?,
        }
    }
    Ok(())
}

/// What is kept beside a refund that went to the balance though it was paid otherwise (S73).
const BY_CONSENT: &str = "买家同意退到余额";

/// The buyer agreed to the balance while the refunds already waited for a person: they arrive there.
pub async fn to_balance(scene: &mut Scene<'_>, case: &AfterSale) -> Result<()> {
    for refund in rows::of_after_sale(scene.tx.conn(), case.id).await? {
        match refund.status {
            RefundStatus::Succeeded => {}
            RefundStatus::Failed | RefundStatus::Manual => {
                clocks::finish_refund(scene.tx.conn(), refund.id).await?;
                arrive(scene, &refund, Tender::Balance, "refunded", BY_CONSENT).await?;
            }
            // Money that may be under way is not given a second time (B2).
            _ => return Err(Error::Stale),
        }
    }
    Ok(())
}

/// The shop has settled the case with the buyer outside: every row arrives at once, by no channel (S74, M17).
pub async fn record_manual(scene: &mut Scene<'_>, case: &AfterSale, voucher: &str) -> Result<()> {
    let begun = rows::of_after_sale(scene.tx.conn(), case.id).await?;
    if begun.is_empty() {
        for (index, part) in divide(scene, case).await?.iter().enumerate() {
            let refund = insert(scene, case, part, index).await?;
            arrive(scene, &refund, Tender::Offline, "settled_outside", voucher).await?;
        }
        return Ok(());
    }
    for refund in begun.iter().filter(|refund| refund.status != RefundStatus::Succeeded) {
        // Money that may be under way is not given a second time (B2).
        if !matches!(refund.status, RefundStatus::Failed | RefundStatus::Manual) {
            return Err(Error::Stale);
        }
        clocks::finish_refund(scene.tx.conn(), refund.id).await?;
        arrive(scene, refund, Tender::Offline, "settled_outside", voucher).await?;
    }
    Ok(())
}

/// Failed refunds of the case go to the worker again: the same number, or a new one if the gateway closed the old for good.
pub async fn retry_failed(scene: &mut Scene<'_>, case: &AfterSale) -> Result<()> {
    let refunds = rows::of_after_sale(scene.tx.conn(), case.id).await?;
    retry(scene.app, scene.tx, refunds, scene.now).await
}

/// Like [`retry_failed`], for money that nobody wanted.
pub async fn retry_surplus(staff: &Staff, refund: &Refund) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let mut tx = staff.app.db.write().await?;
    tx.lock(Lock::Order, refund.order_id.0).await?;
    let refund = rows::by_id(tx.conn(), refund.id).await?;
    retry(&staff.app, &mut tx, vec![refund], staff.now).await?;
    tx.commit().await
}

async fn retry(app: &App, tx: &mut Tx, refunds: Vec<Refund>, now: Timestamp) -> Result<()> {
    for refund in refunds {
        if refund.status != RefundStatus::Failed {
            continue;
        }
        let mut refund = refund;
        if trouble::known(&refund.trouble).is_some_and(|known| known.remedy == Remedy::NewNumber) {
            let number = format!("{}N", refund.number);
            rows::renumber(tx.conn(), &refund, &number).await?;
            refund.version += 1;
        }
        rows::advance(tx.conn(), &refund, RefundStatus::Retryable, "", now).await?;
        clocks::enqueue_refund(tx.conn(), app.new_id(), refund.id, now).await?;
    }
    Ok(())
}

/// Money that came when the order no longer wanted it goes back, without a case.
pub async fn enqueue_surplus(scene: &mut Scene<'_>, payment: &Payment) -> Result<RefundId> {
    let refund = Refund {
        id: RefundId(scene.app.new_id()),
        number: format!("R{}-1-1", payment.number),
        shop_id: scene.order.shop_id,
        order_id: scene.order.id,
        after_sale_id: None,
        payment_id: payment.id,
        tender: payment.tender,
        status: RefundStatus::Created,
        amount: payment.amount,
        trouble: String::new(),
        created_at: scene.now,
        settled_at: None,
        elsewhere: None,
        version: 1,
    };
    rows::insert(scene.tx.conn(), &refund, &[]).await?;
    let id = scene.app.new_id();
    clocks::enqueue_refund(scene.tx.conn(), id, refund.id, scene.now).await?;
    Ok(refund.id)
}

/// Divides the case's items among the tenders of their lines; the shares are taken at once, so that no other row can (M6).
async fn divide(scene: &mut Scene<'_>, case: &AfterSale) -> Result<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for item in case.items.iter().filter(|item| item.amount().is_positive()) {
        let shares = payment_rows::shares_left(scene.tx.conn(), item.line_id).await?;
        let left: Vec<Money> = shares.iter().map(|share| share.2).collect();
        if left.iter().copied().sum::<Money>() < item.amount() {
            return Err(Error::Inconsistent("line_tenders"));
        }
        for ((payment, tender, _), amount) in shares.into_iter().zip(split_refund(item.amount(), &left)) {
            if !amount.is_positive() {
                continue;
            }
            payment_rows::take_share(scene.tx.conn(), item.line_id, payment, amount).await?;
            match parts.iter_mut().find(|part| part.payment == payment) {
                Some(part) => part.lines.push((item.line_id, amount)),
                None => parts.push(Part { payment, tender, lines: vec![(item.line_id, amount)] }),
            }
        }
    }
    Ok(parts)
}

async fn insert(scene: &mut Scene<'_>, case: &AfterSale, part: &Part, index: usize) -> Result<Refund> {
    let refund = Refund {
        id: RefundId(scene.app.new_id()),
        number: format!("R{}-{}-1", case.number.replace('-', ""), index + 1),
        shop_id: case.shop_id,
        order_id: case.order_id,
        after_sale_id: Some(case.id),
        payment_id: part.payment,
        tender: part.tender,
        status: RefundStatus::Created,
        amount: part.amount(),
        trouble: String::new(),
        created_at: scene.now,
        settled_at: None,
        elsewhere: None,
        version: 1,
    };
    rows::insert(scene.tx.conn(), &refund, &part.lines).await?;
    Ok(refund)
}

/// The row arrives: it, its tender and the ledger in one go (M4, M16).
pub(super) async fn arrive(scene: &mut Scene<'_>, refund: &Refund, tender: Tender, cause: &'static str, voucher: &str) -> Result<()> {
    // Who reads the records of refunds may not read names of buyers.
    let operator = if matches!(scene.by, Actor::Buyer { .. }) { "买家" } else { scene.by.name() };
    let how = Arrival { tender, gateway_no: None, voucher, operator, at: scene.now };
    rows::succeed(scene.tx.conn(), refund, &how).await?;
    payment_rows::add_refund(scene.tx.conn(), refund.payment_id, refund.amount).await?;
    let event = scene.money(tender, cause, refund.amount, Some(refund.payment_id.0), Some(refund.id.0));
    wallet::record(scene.tx, &event).await?;
    anomalies::refund_arrived(scene, refund, tender, voucher).await
}
