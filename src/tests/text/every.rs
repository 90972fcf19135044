//! A happening of every kind, made of the same few facts.

use guitu::domain::after_sale::{AfterSaleKind, CloseCause, Reason};
use guitu::domain::happening::{Asking, Decider, DifferenceEnd, Happening, Paid, PaidBy, RefundBasis};
use guitu::domain::money::way_back::{Elsewhere, Part};
use guitu::domain::order::CloseReason;
use guitu::domain::{Address, AnomalyKind, HappeningKind, Money, Parcel, Tender, Timestamp};

/// What every one of them is made of.
#[derive(Clone, Debug)]
pub struct Facts {
    pub amount: Money,
    pub typed: String,
    pub address: Address,
}

/// 2026-11-29 10:20 in Shanghai.
pub const DUE: Timestamp = Timestamp(1_795_918_800_000);

/// One of each kind at least.
pub fn happenings(facts: &Facts) -> Vec<Happening> {
    let Facts { amount, typed, address } = facts;
    let (amount, words) = (*amount, typed.clone());
    let part = |tender| Part { tender, amount, never_collected: false };
    let parts = || vec![part(Tender::Wechat), part(Tender::Points), part(Tender::Offline)];
    let paid = || Paid { payable: amount, tenders: vec![(Tender::Points, amount), (Tender::Balance, amount)] };
    let parcel = || Parcel { carrier: "sf".to_owned(), tracking: "SF1234567890123".to_owned() };
    let asking = || {
        let (of, reason, note) = (AfterSaleKind::ReturnRefund, Reason::Quality, words.clone());
        Asking { of, amount, reason, note, due: DUE }
    };
    let (tender, due, voucher) = (Tender::Wechat, DUE, words.clone());
    let all = vec![
        Happening::OrderPlaced { payable: amount, pay_by: due },
        Happening::PriceAdjusted { goods: Money(-amount.0), freight: amount, payable: amount },
        Happening::AddressEdited,
        Happening::OrderPaid { by: PaidBy::Wallet, paid: paid() },
        Happening::OrderPaid { by: PaidBy::Tender(tender), paid: paid() },
        Happening::PaymentConfirmed { note: words.clone(), paid: paid() },
        Happening::CodChosen { paid: paid() },
        Happening::OrderShipped { parcels: vec![parcel(), parcel()] },
        Happening::OrderReceived { by: Decider::Staff, after_sale_until: due },
        Happening::OrderClosed { why: CloseReason::BuyerCancel },
        Happening::LatePayment { tender, amount },
        Happening::HeldPaymentReturned { tender, amount },
        Happening::PaymentDiffered { tender, took: amount, end: DifferenceEnd::SentBack },
        Happening::PaymentDiffered { tender, took: amount, end: DifferenceEnd::Outside { voucher: words.clone() } },
        Happening::PaymentDiffered { tender, took: amount, end: DifferenceEnd::Counted { rest: amount } },
        Happening::CouponReturned { name: words.clone(), lapsed: false },
        Happening::PointsTakenBack { points: amount },
        Happening::AfterSaleApplied(asking()),
        Happening::AfterSaleRevised(asking()),
        Happening::AfterSaleRejected { words: words.clone(), due },
        Happening::ReturnApproved { by: Decider::Staff, due },
        Happening::ReturnAddressGiven { to: address.clone(), refuse_collect: true, due },
        Happening::ReturnShipped { parcel: parcel(), of: AfterSaleKind::Exchange, due },
        Happening::ReturnReceived { good: 2, defective: 1, missing: 0 },
        Happening::ReturnAssumed,
        Happening::ReturnRejected { words: words.clone(), due },
        Happening::RefundAgreed { basis: RefundBasis::NoReturn, parts: parts(), freight: amount, to_balance: false },
        Happening::RefundAccountGiven,
        Happening::RefundToBalanceAgreed,
        Happening::RefundedManually { outside: parts(), inside: parts(), voucher, consent: true },
        Happening::RefundSucceeded { parts: parts() },
        Happening::RefundFailed { trouble: "NOTENOUGH".to_owned(), why: words.clone() },
        Happening::RefundNeedsAnotherWay { trouble: "too_old".to_owned(), why: words.clone() },
        Happening::RefundRetried,
        Happening::RefundSentElsewhere { amount, to: Elsewhere::BuyerCard },
        Happening::ReplacementOverdue,
        Happening::ReplacementShipped { parcel: parcel(), due },
        Happening::ReplacementReceived { by: Decider::Buyer },
        Happening::ConvertedToRefund { parts: parts(), freight: amount },
        Happening::AfterSaleWithdrawn,
        Happening::AfterSaleClosed { why: CloseCause::ReturnTimeout },
        Happening::ReturnReminded { due },
        Happening::AnomalyFound { anomaly: AnomalyKind::PaidTwice, of_refund: false, settled: false },
        Happening::Told { title: words.clone(), words },
    ];
    for kind in HappeningKind::ALL {
        assert!(all.iter().any(|happening| happening.kind() == *kind), "{kind:?} has no example");
    }
    all
}
