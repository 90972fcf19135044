//! The after-sale of an order, if it sees one: open ones among the young, ended ones among the old.

use super::dice::{Dice, letters};
use super::store::{CaseDraft, Draft};
use super::{Plan, Stall};
use crate::domain::after_sale::{AfterSaleKind, CloseCause, ReturnLeg};
use crate::domain::carrier::Parcel;
use crate::domain::happening::{Decider, Happening, RefundBasis};
use crate::domain::money::way_back::Part;
use crate::domain::time::{DAY, HOUR};
use crate::domain::{Address, AfterSaleId, Money, Tender, Timestamp};
use crate::server::error::Result;
use crate::server::store::to_json;

/// Kind, status, and how often in a hundred.
type Fates = &'static [(&'static str, &'static str, u64)];

const BEFORE_SHIPPING: Fates = &[("refund_only", "applied", 90), ("refund_only", "refund_failed", 6), ("refund_only", "refunding", 4)];
const ON_THE_WAY: Fates = &[
    ("refund_only", "applied", 62),
    ("refund_only", "rejected", 8),
    ("refund_only", "refunding", 5),
    ("refund_only", "closed", 10),
    ("refund_only", "succeeded", 15),
];
const JUST_RECEIVED: Fates = &[
    ("return_refund", "applied", 16),
    ("return_refund", "rejected", 4),
    ("return_refund", "awaiting_return", 10),
    ("return_refund", "return_in_transit", 10),
    ("return_refund", "return_rejected", 2),
    ("return_refund", "refunding", 3),
    ("return_refund", "succeeded", 12),
    ("refund_only", "applied", 12),
    ("refund_only", "closed", 6),
    ("exchange", "applied", 8),
    ("exchange", "awaiting_return", 4),
    ("exchange", "awaiting_reship", 4),
    ("exchange", "awaiting_buyer_receipt", 4),
    ("exchange", "succeeded", 5),
];
const LONG_AGO: Fates =
    &[("return_refund", "succeeded", 50), ("refund_only", "succeeded", 30), ("exchange", "succeeded", 8), ("return_refund", "closed", 12)];

/// Orders of which more are younger have no open case any more.
const RECENT: usize = 3_000;

/// Whether, and how it went; of an order that goes back before it was sent, the order closes with it.
pub fn of(plan: &Plan<'_>, stall: &Stall, draft: &mut Draft, nth: usize, younger: usize, dice: &mut Dice) -> Result<Option<CaseDraft>> {
    let (stage, fates, often) = match draft.status {
        "awaiting_shipment" => ("unshipped", BEFORE_SHIPPING, 600),
        "awaiting_receipt" => ("in_transit", ON_THE_WAY, 600),
        "completed" if younger < RECENT => ("received", JUST_RECEIVED, 900),
        "completed" => ("received", LONG_AGO, 400),
        _ => return Ok(None),
    };
    if !dice.in_ten_thousand(often * plan.size.after_sales / 5) {
        return Ok(None);
    }
    let whole = fates == LONG_AGO && dice.below(10) == 0;
    let (kind, status) = if whole { ("refund_only", "succeeded") } else { fate(fates, dice) };
    let since = if whole { draft.paid_at } else { draft.received_at.or(draft.shipped_at).or(draft.paid_at) };
    let applied_at = plan.past(since.unwrap_or(draft.placed_at), dice.between(HOUR, DAY));
    let decided_at = plan.past(applied_at, dice.between(HOUR, 2 * DAY));
    let over = matches!(status, "succeeded" | "closed");
    if whole {
        (draft.status, draft.close_reason, draft.closed_at) = ("closed", Some("refunded_before_ship"), Some(decided_at));
        (draft.shipped_at, draft.received_at, draft.after_sale_until, draft.left, draft.stars) = (None, None, None, 0, 0);
    } else if draft.status == "awaiting_receipt" && !over {
        (draft.receive_by, draft.receive_left) = (None, Some(5 * DAY));
    }
    let first = draft.lines[0];
    let amount = if whole { draft.goods + draft.freight } else { stall.prices[first.0 - 1].0 * first.1 };
    let back = leg(&stall.returns, kind, status, nth, decided_at);
    let replacement = replacement(kind, status, nth);
    let close_cause =
        (status == "closed").then_some(if kind == "return_refund" { CloseCause::ReturnTimeout } else { CloseCause::Withdrawn });
    let stage = if whole { "unshipped" } else { stage };
    let reason = reason(kind, stage, dice);
    let due_at = (!over && status != "refunding").then(|| Timestamp(plan.until.0 + DAY + dice.between(HOUR, 6 * DAY)));
    let parcel = back.as_ref().and_then(|leg| leg.parcel.clone()).or_else(|| replacement.clone());
    let paid =
        Part { tender: draft.tender.and_then(Tender::from_code).unwrap_or(Tender::Wechat), amount: Money(amount), never_collected: false };
    let last = last_line(status, kind, &LastLine { paid, due: due_at.unwrap_or(decided_at), parcel, close_cause });
    Ok(Some(CaseDraft {
        id: AfterSaleId((applied_at.0 << 20) + (draft.id.0 & 0xF_FFFF)),
        number: number(nth, plan.size.seed),
        kind,
        stage,
        status,
        reason,
        whole,
        amount,
        applied_at,
        decided_at,
        due_at,
        ended_at: over.then_some(decided_at),
        close_cause: close_cause.map(CloseCause::code),
        return_tracking: back.as_ref().and_then(|leg| leg.parcel.as_ref()).map(|parcel| parcel.tracking.clone()),
        return_leg: back.as_ref().map(to_json).transpose()?,
        replacement: replacement.as_ref().map(to_json).transpose()?,
        rejection: matches!(status, "rejected" | "return_rejected").then(|| format!(r#"{{"words":"{WHY}","evidence":[]}}"#)),
        by: last.as_ref().map_or("buyer", |(by, _)| by),
        event: last.as_ref().map_or("", |(_, what)| what.kind().code()),
        facts: last.as_ref().map(|(_, what)| to_json(what)).transpose()?.unwrap_or_default(),
    }))
}

fn number(nth: usize, seed: u64) -> String {
    let mut letters = letters(nth, seed, 10);
    letters.insert(6, '-');
    format!("AS{letters}")
}

fn fate(fates: Fates, dice: &mut Dice) -> (&'static str, &'static str) {
    let mut thrown = dice.below(fates.iter().map(|(.., often)| often).sum());
    for (kind, status, often) in fates {
        if thrown < *often {
            return (kind, status);
        }
        thrown -= often;
    }
    (fates[0].0, fates[0].1)
}

fn reason(kind: &str, stage: &str, dice: &mut Dice) -> &'static str {
    match (kind, stage) {
        (_, "unshipped") => dice.one_of(&["unwanted", "too_slow", "ordered_twice"]),
        ("refund_only", "in_transit") => dice.one_of(&["not_arrived", "intercepted"]),
        ("refund_only", _) => dice.one_of(&["missing", "quality"]),
        ("exchange", _) => dice.one_of(&["does_not_fit", "damaged"]),
        _ => dice.one_of(&["no_reason", "quality", "not_as_described"]),
    }
}

/// The way back of the goods, as far as it was gone.
fn leg(returns: &Address, kind: &str, status: &str, nth: usize, at: Timestamp) -> Option<ReturnLeg> {
    if kind == "refund_only" || matches!(status, "applied" | "rejected") {
        return None;
    }
    let sent = !matches!(status, "awaiting_return" | "closed");
    Some(ReturnLeg {
        to: returns.clone(),
        refuse_collect: true,
        parcel: sent.then(|| Parcel { carrier: "zto".to_owned(), tracking: format!("75{nth:012}") }),
        shipped_at: sent.then_some(at),
        waybill: Vec::new(),
        inspection: None,
    })
}

fn replacement(kind: &str, status: &str, nth: usize) -> Option<Parcel> {
    let sent = kind == "exchange" && matches!(status, "awaiting_buyer_receipt" | "succeeded");
    sent.then(|| Parcel { carrier: "sf".to_owned(), tracking: format!("SF2{nth:012}") })
}

const WHY: &str = "请补充破损处的照片";

/// What the last line of a case tells of.
struct LastLine {
    paid: Part,
    due: Timestamp,
    parcel: Option<Parcel>,
    close_cause: Option<CloseCause>,
}

/// Who did it, and what; nothing follows an application that waits.
fn last_line(status: &str, kind: &str, step: &LastLine) -> Option<(&'static str, Happening)> {
    let (due, words, parts) = (step.due, WHY.to_owned(), vec![step.paid]);
    let parcel = || step.parcel.clone().unwrap_or_else(|| Parcel { carrier: "sf".to_owned(), tracking: "SF2000000000000".to_owned() });
    Some(match status {
        "rejected" => ("staff", Happening::AfterSaleRejected { words, due }),
        "awaiting_return" => ("staff", Happening::ReturnApproved { by: Decider::Staff, due }),
        "return_in_transit" => ("buyer", Happening::ReturnShipped { parcel: parcel(), of: AfterSaleKind::from_code(kind)?, due }),
        "return_rejected" => ("staff", Happening::ReturnRejected { words, due }),
        "awaiting_reship" => ("staff", Happening::ReturnReceived { good: 1, defective: 0, missing: 0 }),
        "awaiting_buyer_receipt" => ("staff", Happening::ReplacementShipped { parcel: parcel(), due }),
        "refunding" => {
            let (basis, freight) = (RefundBasis::AfterInspection, Money::ZERO);
            ("staff", Happening::RefundAgreed { basis, parts, freight, to_balance: false })
        }
        "refund_failed" => {
            let (trouble, why) = ("USER_ACCOUNT_ABNORMAL".to_owned(), "买家微信账户异常，无法原路退回".to_owned());
            ("system", Happening::RefundFailed { trouble, why })
        }
        "succeeded" if kind == "exchange" => ("buyer", Happening::ReplacementReceived { by: Decider::Buyer }),
        "succeeded" => ("system", Happening::RefundSucceeded { parts }),
        "closed" => match step.close_cause? {
            CloseCause::Withdrawn => ("buyer", Happening::AfterSaleWithdrawn),
            why @ (CloseCause::ReturnTimeout | CloseCause::RejectExpired) => ("system", Happening::AfterSaleClosed { why }),
        },
        _ => return None,
    })
}
