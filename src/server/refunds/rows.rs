//! The rows a refund begins with: one for every tender that gets something back.

use crate::domain::after_sale::AfterSale;
use crate::domain::event::{Audience, RefundTold};
use crate::domain::order::Order;
use crate::domain::payment::split_refund;
use crate::domain::text::isolated;
use crate::domain::way_back::{Part, amounts, promises, share_in_words};
use crate::domain::{Actor, EventKind, Money, MoneyCause, OrderLineId, PaymentId, Permission, RefundId, RefundStatus, Tender, Timestamp};
use crate::server::anomalies;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::db::{Lock, Tx};
use crate::server::effects::context::EffectContext;
use crate::server::error::{Error, Result};
use crate::server::payments::{Remedy, trouble};
use crate::server::store::payments::{self as payment_rows, Payment};
use crate::server::store::refunds::{self as rows, Arrival, Refund};
use crate::server::store::{clocks, refund_consents, wallet};

/// What one tender gives back, and from which lines.
struct Share {
    payment: PaymentId,
    tender: Tender,
    lines: Vec<(OrderLineId, Money)>,
}

impl Share {
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
pub async fn enqueue(context: &mut EffectContext<'_>, case: &AfterSale, told: RefundTold) -> Result<()> {
    let parts = divide(context, case).await?;
    let to_balance = refund_consents::given_at(context.tx.conn(), case.id).await?.is_some();
    let in_words: Vec<Part> = parts.iter().map(|part| part.told(&context.order)).collect();
    tell(context, case, told, &in_words, to_balance).await?;
    for (index, part) in parts.iter().enumerate() {
        let refund = insert(context, case, part, index).await?;
        match part.tender {
            Tender::Points | Tender::Balance => arrive(context, &refund, part.tender, MoneyCause::Refunded, "").await?,
            // Nothing was collected for a cash-on-delivery order that never left: there is nothing to hand back.
            Tender::Cod if context.order.collects_nothing() => never_collected(context, &refund).await?,
            _ if to_balance => arrive(context, &refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?,
            Tender::Wechat | Tender::Alipay => {
                let id = context.app.new_id();
                clocks::enqueue_refund(context.tx.conn(), id, refund.id, context.now).await?;
            }
            Tender::Cod | Tender::Offline => rows::advance(context.tx.conn(), &refund, RefundStatus::Manual, "", context.now).await?,
        }
    }
    Ok(())
}

/// `商家同意退款（无需寄回商品） 微信支付 ¥15.00、2,000 积分（含运费 ¥5.00）`; the buyer also hears where each part goes, and when it is there.
async fn tell(context: &mut EffectContext<'_>, case: &AfterSale, told: RefundTold, parts: &[Part], to_balance: bool) -> Result<()> {
    let freight =
        if case.freight().is_positive() { format!("（含运费 {}）", share_in_words(parts, case.freight())) } else { String::new() };
    let line = match amounts(parts) {
        nothing if nothing.is_empty() => format!("{}，货到付款未收款，无需退款", told.who),
        amounts => format!("{} {amounts}{freight}", told.who),
    };
    context.record(Some(case), told.kind.code(), &line, &[]).await?;
    let words = match told.to {
        Audience::Buyer => format!("{}{freight}", promises(parts, to_balance)),
        Audience::Shop => format!("换货超时未发出，{line}"),
    };
    context.notify(Some(case), told.to, told.title, format!("售后 {}：{words}", case.number));
    Ok(())
}

async fn never_collected(context: &mut EffectContext<'_>, refund: &Refund) -> Result<()> {
    arrive(context, refund, Tender::Cod, MoneyCause::SettledOutside, "货到付款未收款，无需退款").await
}

/// What is kept beside a refund that went to the balance though it was paid otherwise (S73).
const BY_CONSENT: &str = "买家同意退到余额";

/// The buyer agreed to the balance while the refunds already waited for a person: they arrive there.
pub async fn to_balance(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<()> {
    for refund in rows::of_after_sale(context.tx.conn(), case.id).await? {
        match refund.status {
            RefundStatus::Succeeded => {}
            RefundStatus::Failed | RefundStatus::Manual => {
                clocks::finish_refund(context.tx.conn(), refund.id).await?;
                arrive(context, &refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?;
            }
            // Money that may be under way is not given a second time (B2).
            _ => return Err(Error::Stale),
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
    for refund in begun.into_iter().filter(|refund| refund.status != RefundStatus::Succeeded) {
        // Money that may be under way is not given a second time (B2).
        if !matches!(refund.status, RefundStatus::Failed | RefundStatus::Manual) {
            return Err(Error::Stale);
        }
        clocks::finish_refund(context.tx.conn(), refund.id).await?;
        let to = refund.part();
        waiting.push((refund, to));
    }
    let (outside, inside): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, to)| to.leaves_the_house() && !to_balance);
    tell_manual(context, case, [&parts_of(&outside), &parts_of(&inside)], voucher, agreed).await?;
    for (refund, _) in &outside {
        arrive(context, refund, Tender::Offline, MoneyCause::SettledOutside, voucher).await?;
    }
    for (refund, to) in &inside {
        match to.tender {
            _ if to.never_collected => never_collected(context, refund).await?,
            tender if tender.is_wallet() => arrive(context, refund, tender, MoneyCause::Refunded, "").await?,
            _ => arrive(context, refund, Tender::Balance, MoneyCause::Refunded, BY_CONSENT).await?,
        }
    }
    Ok(())
}

fn parts_of(waiting: &[(Refund, Part)]) -> Vec<Part> {
    waiting.iter().map(|(_, to)| *to).collect()
}

/// `商家手动退款 ¥30.00：银行转账 6621；余额 ¥10.00、500 积分 已自动退回`.
async fn tell_manual(context: &mut EffectContext<'_>, case: &AfterSale, parts: [&[Part]; 2], voucher: &str, agreed: bool) -> Result<()> {
    let [outside, inside] = parts;
    let by_hand = if outside.is_empty() { String::new() } else { format!(" {}", amounts(outside)) };
    let inside: Vec<String> = inside.iter().filter(|part| !part.never_collected).map(|part| part.named()).collect();
    let itself = if inside.is_empty() { String::new() } else { format!("；{} 已自动退回", inside.join("、")) };
    let consent = if agreed { "，已征得买家同意不原路退回" } else { "" };
    let voucher = isolated(voucher);
    let line = format!("商家手动退款{by_hand}：{voucher}{consent}{itself}");
    context.record(Some(case), EventKind::RefundedManually.code(), &line, &[]).await?;
    let told = format!("售后 {}：商家已线下退款{by_hand}：{voucher}{itself}", case.number);
    context.notify(Some(case), Audience::Buyer, "退款已完成", told);
    Ok(())
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
        status: RefundStatus::Created,
        amount: payment.amount,
        trouble: String::new(),
        agreed_by: match context.by {
            Actor::Staff { .. } => context.by.name().to_owned(),
            Actor::Buyer { .. } | Actor::System => "系统（多付自动退回）".to_owned(),
        },
        operator: String::new(),
        created_at: context.now,
        settled_at: None,
        elsewhere: None,
        version: 1,
    };
    rows::insert(context.tx.conn(), &refund, &[]).await?;
    Ok(refund)
}

/// Divides the case's items among the tenders of their lines; the shares are taken at once, so that no other row can (M6).
async fn divide(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<Vec<Share>> {
    let mut parts: Vec<Share> = Vec::new();
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
                None => parts.push(Share { payment, tender, lines: vec![(item.line_id, amount)] }),
            }
        }
    }
    Ok(parts)
}

async fn insert(context: &mut EffectContext<'_>, case: &AfterSale, part: &Share, index: usize) -> Result<Refund> {
    let refund = Refund {
        id: RefundId(context.app.new_id()),
        number: format!("R{}-{}-1", case.number.replace('-', ""), index + 1),
        shop_id: case.shop_id,
        order_id: case.order_id,
        after_sale_id: Some(case.id),
        payment_id: part.payment,
        tender: part.tender,
        status: RefundStatus::Created,
        amount: part.amount(),
        trouble: String::new(),
        // Who reads the records of refunds may not read names of buyers.
        agreed_by: match context.by {
            Actor::Staff { .. } => context.by.name().to_owned(),
            Actor::Buyer { .. } => "买家（换货超时改退款）".to_owned(),
            Actor::System => "系统（超时自动同意）".to_owned(),
        },
        operator: String::new(),
        created_at: context.now,
        settled_at: None,
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
    let how = Arrival { tender, gateway_no: None, voucher, operator: context.by.name_in_books(), at: context.now };
    rows::succeed(context.tx.conn(), refund, &how).await?;
    payment_rows::add_refund(context.tx.conn(), refund.payment_id, refund.amount).await?;
    let event = context.money(tender, cause, refund.amount, Some(refund.payment_id.0), Some(refund.id.0));
    wallet::record(context.tx, &event).await?;
    anomalies::refund_arrived(context, refund, tender, voucher).await
}
