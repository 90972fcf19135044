//! The last tender has come: the order is paid.

use crate::domain::happening::{Paid, PaidBy};
use crate::domain::money::payment::lay_on_lines;
use crate::domain::{Happening, Money, PaymentStatus, Tender};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::store::money::payments;
use crate::server::store::orders as rows;

/// What made an order a paid one.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) enum PaidWith<'a> {
    /// Points and balance, when it was placed.
    Wallet,
    /// This tender, which was the last.
    Tender(Tender),
    /// Money outside, as the shop confirms with this note.
    Confirmed(&'a str),
    /// The promise to pay at the door.
    Cod,
}

/// Everything is there: held tenders are taken, all tenders are laid on the lines, the order is paid. The caller saves it.
pub(in crate::server) async fn complete(context: &mut EffectContext<'_>, with: PaidWith<'_>) -> Result<()> {
    let mut tenders = Vec::new();
    for payment in payments::of_order(context.tx.conn(), context.order.id).await? {
        match payment.status() {
            PaymentStatus::Held => payments::save(context.tx.conn(), &payment, &payment.clone().complete(context.now)?).await?,
            PaymentStatus::Succeeded => {}
            PaymentStatus::Pending | PaymentStatus::Void | PaymentStatus::Surplus => continue,
        }
        tenders.push(payment);
    }
    let paid =
        Paid { payable: context.order.totals.payable(), tenders: tenders.iter().map(|payment| (payment.tender, payment.amount)).collect() };
    let what = match with {
        PaidWith::Wallet => Happening::OrderPaid { by: PaidBy::Wallet, paid },
        PaidWith::Tender(tender) => Happening::OrderPaid { by: PaidBy::Tender(tender), paid },
        PaidWith::Confirmed(note) => Happening::PaymentConfirmed { note: note.to_owned(), paid },
        PaidWith::Cod => Happening::CodChosen { paid },
    };
    let (order, effects) = context.order.clone().pay(what, context.now)?;
    let amounts: Vec<Money> = tenders.iter().map(|payment| payment.amount).collect();
    let due: Vec<Money> = order.lines.iter().map(|line| line.paid).collect();
    if amounts.iter().copied().sum::<Money>() != order.paid {
        return Err(Error::inconsistent("orders", "paid_minor", &order.number));
    }
    rows::save_prices(context.tx.conn(), &order.lines).await?;
    for (payment, shares) in tenders.iter().zip(lay_on_lines(&amounts, &due)) {
        for (line, share) in order.lines.iter().zip(shares) {
            payments::lay(context.tx.conn(), line.id, payment.id, share).await?;
        }
    }
    if let Some(last) = tenders.last() {
        rows::set_tender(context.tx.conn(), order.id, last.tender).await?;
    }
    context.order = order;
    context.for_order(effects).await
}
