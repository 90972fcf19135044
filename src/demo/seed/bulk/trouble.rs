//! The after-sale of an order, if it sees one: open ones among the young, ended ones among the old.

use super::dice::{Dice, letters};
use super::store::{CaseDraft, Draft};
use super::{Plan, Stall};
use crate::domain::after_sale::ReturnLeg;
use crate::domain::carrier::Parcel;
use crate::domain::time::{DAY, HOUR};
use crate::domain::{Address, AfterSaleId, Money, Timestamp};
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
    let (by, event, words) = last_line(status, kind, Money(amount));
    let back = leg(&stall.returns, kind, status, nth, decided_at);
    Ok(Some(CaseDraft {
        id: AfterSaleId((applied_at.0 << 20) + (draft.id.0 & 0xF_FFFF)),
        number: number(nth, plan.size.seed),
        kind,
        stage: if whole { "unshipped" } else { stage },
        status,
        reason: reason(kind, if whole { "unshipped" } else { stage }, dice),
        whole,
        amount,
        applied_at,
        decided_at,
        due_at: (!over && status != "refunding").then(|| Timestamp(plan.until.0 + DAY + dice.between(HOUR, 6 * DAY))),
        ended_at: over.then_some(decided_at),
        close_cause: (status == "closed").then_some(if kind == "return_refund" { "return_timeout" } else { "withdrawn" }),
        return_tracking: back.as_ref().and_then(|leg| leg.parcel.as_ref()).map(|parcel| parcel.tracking.clone()),
        return_leg: back.as_ref().map(to_json).transpose()?,
        replacement: replacement(kind, status, nth).as_ref().map(to_json).transpose()?,
        rejection: matches!(status, "rejected" | "return_rejected").then(|| r#"{"words":"请补充破损处的照片","evidence":[]}"#.to_owned()),
        by,
        event,
        words,
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

fn last_line(status: &str, kind: &str, amount: Money) -> (&'static str, &'static str, String) {
    let amount = amount.show();
    match status {
        "rejected" => ("staff", "after_sale_rejected", "商家驳回：请补充破损处的照片".to_owned()),
        "awaiting_return" => ("staff", "return_approved", "商家同意退货".to_owned()),
        "return_in_transit" => ("buyer", "return_shipped", "买家寄回商品".to_owned()),
        "return_rejected" => ("staff", "return_rejected", "商家验货后驳回：请补充破损处的照片".to_owned()),
        "awaiting_reship" => ("staff", "return_received", "商家确认收到退货".to_owned()),
        "awaiting_buyer_receipt" => ("staff", "replacement_shipped", "换货已发出".to_owned()),
        "refunding" => ("staff", "refund_agreed", format!("商家同意退款 {amount}")),
        "refund_failed" => ("system", "refund_failed", "退款失败：买家微信账户异常，无法原路退回".to_owned()),
        "succeeded" if kind == "exchange" => ("buyer", "replacement_received", "买家确认收到换货，换货完成".to_owned()),
        "succeeded" => ("system", "refund_succeeded", format!("退款成功 {amount}")),
        "closed" => ("system", "after_sale_closed", "售后关闭".to_owned()),
        _ => ("buyer", "", String::new()),
    }
}
