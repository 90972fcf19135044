//! The rows a refund begins with: one for every tender that gets something back.

use crate::domain::after_sale::AfterSale;
use crate::domain::event::{Audience, RefundTrigger};
use crate::domain::money::payment::split_refund;
use crate::domain::money::refund::{Arrival, RefundState};
use crate::domain::money::way_back::Part;
use crate::domain::order::Order;
use crate::domain::{
    Actor, AgreedBy, Happening, Money, MoneyCause, OrderLineId, Payment, PaymentId, Permission, Refund, RefundId, RefundStatus, Tender,
    Timestamp,
};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::db::{Lock, Tx};
use crate::server::error::{Error, Result};
use crate::server::money::anomalies;
use crate::server::money::effects::context::EffectContext;
use crate::server::payments::{Remedy, trouble};
use crate::server::store::after_sales::refund_consents;
use crate::server::store::machinery::clocks;
use crate::server::store::money::{payments as payment_rows, refunds as rows, wallet};

/// What one tender gives back, and from which lines.
struct TenderShare {
    payment: PaymentId,
    tender: Tender,
    lines: Vec<(OrderLineId, Money)>,
}

impl TenderShare {
    fn amount(&self) -> Money {
        self.lines.iter().map(|(_, amount)| *amount).sum()
    }

    /// As people are told of it: cash that nobody collected is nobody's.
    fn told(&self, order: &Order) -> Part {
        let never_collected = self.tender == Tender::Cod && order.collects_nothing();
        Part { tender: self.tender, amount: self.amount(), never_collected }
    }
}

/// The money of a case goes back the way it came: wallet money at once, a gateway's by the worker, cash by hand.
pub async fn enqueue(context: &mut EffectContext<'_>, case: &AfterSale, why: RefundTrigger) -> Result<()> {
    let parts = divide(context, case).await?;
    let to_balance = refund_consents::given_at(context.tx.conn(), case.id).await?.is_some();
    let told = parts.iter().map(|part| part.told(&context.order)).collect();
    tell(context, case, why, told, to_balance).await?;
    for (index, part) in parts.iter().enumerate() {
        let refund = insert(context, case, part, index).await?;
        match part.tender {
            Tender::Points | Tender::Balance => arrive(context, &refund, part.tender, MoneyCause::Refunded, "").await?,
            // Nothing was collected for a cash-on-delivery order that never left: there is nothing to hand back.
            Tender::Cod if context.order.collects_nothing() => never_collected(context, &refund).await?,
            Tender::Wechat | Tender::Alipay | Tender::Cod | Tender::Offline if to_balance => {
                arrive(context, &refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?;
            }
            Tender::Wechat | Tender::Alipay => {
                let id = context.app.new_id();
                clocks::enqueue_refund(context.tx.conn(), id, refund.id, context.now).await?;
            }
            Tender::Cod | Tender::Offline => {
                rows::save(context.tx.conn(), &refund, &refund.clone().leave_to_person("")?, context.now).await?;
            }
        }
    }
    Ok(())
}

/// The line, and the notice to the side that did not decide.
async fn tell(context: &mut EffectContext<'_>, case: &AfterSale, why: RefundTrigger, parts: Vec<Part>, to_balance: bool) -> Result<()> {
    let freight = case.freight();
    let (to, what) = match why {
        RefundTrigger::Agreed(basis) => (Audience::Buyer, Happening::RefundAgreed { basis, parts, freight, to_balance }),
        RefundTrigger::Converted => (Audience::Shop, Happening::ConvertedToRefund { parts, freight }),
    };
    context.record(Some(case), &what, &[]).await?;
    context.notify(Some(case), to, what)
}

async fn never_collected(context: &mut EffectContext<'_>, refund: &Refund) -> Result<()> {
    arrive(context, refund, Tender::Cod, MoneyCause::SettledOutside, "货到付款未收款，无需退款").await
}

/// What is kept beside a refund that went to the balance though it was paid otherwise (S73).
const BY_CONSENT: &str = "买家同意退到余额";

/// The buyer agreed to the balance while the refunds already waited for a person: they arrive there.
pub async fn to_balance(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<()> {
    for refund in rows::of_after_sale(context.tx.conn(), case.id).await? {
        match refund.status() {
            RefundStatus::Succeeded => {}
            RefundStatus::Failed | RefundStatus::Manual => {
                clocks::finish_refund(context.tx.conn(), refund.id).await?;
                arrive(context, &refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?;
            }
            // Money that may be under way is not given a second time (B2).
            RefundStatus::Created | RefundStatus::Submitted | RefundStatus::Unknown | RefundStatus::Retryable => return Err(Error::Stale),
        }
    }
    Ok(())
}

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

/// Failed refunds of the case go to the worker again: the same number, or a new one if the gateway closed the old for good.
pub async fn retry_failed(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<()> {
    let refunds = rows::of_after_sale(context.tx.conn(), case.id).await?;
    retry(context.app, context.tx, refunds, context.now).await
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
        let is_closed = trouble::known(refund.trouble()).is_some_and(|known| known.remedy == Remedy::NewNumber);
        let new_number = is_closed.then(|| format!("{}N", refund.number));
        let Ok(again) = refund.clone().try_again(new_number) else { continue };
        rows::save(tx.conn(), &refund, &again, now).await?;
        clocks::enqueue_refund(tx.conn(), app.new_id(), refund.id, now).await?;
    }
    Ok(())
}

/// Money that came when the order no longer wanted it goes back, without a case.
pub async fn enqueue_surplus(context: &mut EffectContext<'_>, payment: &Payment) -> Result<RefundId> {
    let refund = surplus(context, payment).await?;
    let id = context.app.new_id();
    clocks::enqueue_refund(context.tx.conn(), id, refund.id, context.now).await?;
    Ok(refund.id)
}

/// Finance has given it back outside, with a voucher.
pub async fn give_back_outside(context: &mut EffectContext<'_>, payment: &Payment, voucher: &str) -> Result<()> {
    let refund = surplus(context, payment).await?;
    arrive(context, &refund, Tender::Offline, MoneyCause::SettledOutside, voucher).await
}

async fn surplus(context: &mut EffectContext<'_>, payment: &Payment) -> Result<Refund> {
    let refund = Refund {
        id: RefundId(context.app.new_id()),
        number: format!("R{}-1-1", payment.number),
        shop_id: context.order.shop_id,
        order_id: context.order.id,
        after_sale_id: None,
        payment_id: payment.id,
        tender: payment.tender,
        state: RefundState::Created,
        amount: payment.amount,
        agreed_by: match context.by {
            Actor::Staff { name, .. } => AgreedBy::Staff(name.clone()),
            Actor::Buyer { .. } | Actor::System => AgreedBy::Surplus,
        },
        created_at: context.now,
        asked_at: None,
        elsewhere: None,
        version: 1,
    };
    rows::insert(context.tx.conn(), &refund, &[]).await?;
    Ok(refund)
}

/// Divides the case's items among the tenders of their lines; the shares are taken at once, so that no other row can (M6).
async fn divide(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<Vec<TenderShare>> {
    let mut parts: Vec<TenderShare> = Vec::new();
    for item in case.items.iter().filter(|item| item.amount().is_positive()) {
        let shares = payment_rows::shares_left(context.tx.conn(), item.line_id).await?;
        let left: Vec<Money> = shares.iter().map(|share| share.2).collect();
        if left.iter().copied().sum::<Money>() < item.amount() {
            return Err(Error::inconsistent("line_tenders", "refunded_minor", item.line_id.0));
        }
        for ((payment, tender, _), amount) in shares.into_iter().zip(split_refund(item.amount(), &left)) {
            if !amount.is_positive() {
                continue;
            }
            payment_rows::take_share(context.tx.conn(), item.line_id, payment, amount).await?;
            match parts.iter_mut().find(|part| part.payment == payment) {
                Some(part) => part.lines.push((item.line_id, amount)),
                None => parts.push(TenderShare { payment, tender, lines: vec![(item.line_id, amount)] }),
            }
        }
    }
    Ok(parts)
}

async fn insert(context: &mut EffectContext<'_>, case: &AfterSale, part: &TenderShare, index: usize) -> Result<Refund> {
    let refund = Refund {
        id: RefundId(context.app.new_id()),
        number: format!("R{}-{}-1", case.number.replace('-', ""), index + 1),
        shop_id: case.shop_id,
        order_id: case.order_id,
        after_sale_id: Some(case.id),
        payment_id: part.payment,
        tender: part.tender,
        state: RefundState::Created,
        amount: part.amount(),
        agreed_by: match context.by {
            Actor::Staff { name, .. } => AgreedBy::Staff(name.clone()),
            Actor::Buyer { .. } => AgreedBy::Buyer,
            Actor::System => AgreedBy::Deadline,
        },
        created_at: context.now,
        asked_at: None,
        elsewhere: None,
        version: 1,
    };
    rows::insert(context.tx.conn(), &refund, &part.lines).await?;
    Ok(refund)
}

/// The row arrives: it, its tender and the ledger in one go (M4, M16).
pub(super) async fn arrive(
    context: &mut EffectContext<'_>,
    refund: &Refund,
    tender: Tender,
    cause: MoneyCause,
    voucher: &str,
) -> Result<()> {
    let operator = context.by.name_in_books().to_owned();
    let arrival = Arrival { at: context.now, gateway_no: None, voucher: voucher.to_owned(), operator };
    rows::save(context.tx.conn(), refund, &refund.clone().give_back(tender, arrival)?, context.now).await?;
    payment_rows::add_refund(context.tx.conn(), refund.payment_id, refund.amount).await?;
    let event = context.money(tender, cause, refund.amount, Some(refund.payment_id.0), Some(refund.id.0));
    wallet::record(context.tx, &event).await?;
    anomalies::refund_arrived(context, refund, tender, voucher).await
}
