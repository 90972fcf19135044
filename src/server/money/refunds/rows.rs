//! The rows a case's refund begins with: one for every tender that gets something back.

use super::arrive::{BY_CONSENT, arrive, never_collected};
use crate::domain::after_sale::AfterSale;
use crate::domain::event::{Audience, RefundTrigger};
use crate::domain::money::payment::split_refund;
use crate::domain::money::refund::RefundState;
use crate::domain::money::way_back::Part;
use crate::domain::order::Order;
use crate::domain::{Actor, AgreedBy, Happening, Money, MoneyCause, OrderLineId, PaymentId, Refund, RefundId, Tender};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::after_sales::refund_consents;
use crate::server::store::machinery::clocks;
use crate::server::store::money::{payments as payment_rows, refunds as rows};

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

/// What one tender gives back, and from which lines.
pub(super) struct TenderShare {
    payment: PaymentId,
    tender: Tender,
    lines: Vec<(OrderLineId, Money)>,
}

impl TenderShare {
    fn amount(&self) -> Money {
        self.lines.iter().map(|(_, amount)| *amount).sum()
    }

    /// As people are told of it: cash that nobody collected is nobody's.
    pub(super) fn told(&self, order: &Order) -> Part {
        let never_collected = self.tender == Tender::Cod && order.collects_nothing();
        Part { tender: self.tender, amount: self.amount(), never_collected }
    }
}

/// Divides the case's items among the tenders of their lines; the shares are taken at once, so that no other row can (M6).
pub(super) async fn divide(context: &mut EffectContext<'_>, case: &AfterSale) -> Result<Vec<TenderShare>> {
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

pub(super) async fn insert(context: &mut EffectContext<'_>, case: &AfterSale, part: &TenderShare, index: usize) -> Result<Refund> {
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
