//! May these goods be applied for, as what, and up to how much: one function a rule.

use super::{AfterSaleKind, Fault, Reason, Stage};
use crate::domain::id::OrderLineId;
use crate::domain::money::{Money, unit_share};
use crate::domain::order::{Order, OrderLine, OrderState};
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;

/// What the buyer may ask for the chosen goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub stage: Stage,
    pub lines: Vec<OfferedLine>,
}

/// The most that goes back for the chosen units of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedLine {
    pub line_id: OrderLineId,
    pub title: String,
    pub quantity: i64,
    pub goods: Money,
    /// Freight that goes back if the whole is paid back: depends on whose fault it is (M5).
    pub freight: Money,
}

impl Offer {
    /// The most that can be asked for.
    pub fn most(&self) -> Money {
        self.lines.iter().map(|line| line.goods + line.freight).sum()
    }

    pub fn freight(&self) -> Money {
        self.lines.iter().map(|line| line.freight).sum()
    }
}

/// Which kinds the stage allows (S31, A3): the matrix as data.
pub fn kinds_for(stage: Stage, policy: &ShopPolicy, returns_possible: bool) -> Vec<AfterSaleKind> {
    AfterSaleKind::ALL
        .into_iter()
        .filter(|kind| match (stage, kind) {
            (Stage::Unshipped | Stage::InTransit | Stage::Received, AfterSaleKind::RefundOnly) => true,
            (Stage::Unshipped, AfterSaleKind::ReturnRefund | AfterSaleKind::Exchange) => false,
            (Stage::InTransit, AfterSaleKind::Exchange) => policy.exchange_before_receipt && returns_possible,
            (Stage::InTransit | Stage::Received, AfterSaleKind::ReturnRefund) | (Stage::Received, AfterSaleKind::Exchange) => {
                returns_possible
            }
        })
        .collect()
}

/// The offer for chosen units; every rule that speaks against it refuses with its reason.
pub fn offer(
    order: &Order,
    chosen: &[(OrderLineId, Option<i64>)],
    reason: Option<Reason>,
    policy: &ShopPolicy,
    zone: Tz,
    now: Timestamp,
) -> Result<Offer, Refusal> {
    paid(order)?;
    within_window(order, zone, now)?;
    let chosen = merged(order, chosen)?;
    let stage = one_stage(order, &chosen)?;
    for (line, units) in &chosen {
        units_left(line, *units)?;
        applications_left(line, policy)?;
    }
    let fault = reason.map_or(Fault::Buyer, Reason::fault);
    let mut lines: Vec<OfferedLine> = chosen
        .iter()
        .map(|(line, units)| OfferedLine {
            line_id: line.id,
            title: line.title.clone(),
            quantity: *units,
            goods: line.goods_share(*units),
            freight: freight_share(line, *units, stage, fault),
        })
        .collect();
    if takes_all_unshipped(order, &chosen) {
        give_back_all_freight(order, &mut lines);
    }
    Ok(Offer { stage, lines })
}

fn paid(order: &Order) -> Result<(), Refusal> {
    match order.state {
        OrderState::PendingPayment { .. } => Err(Refusal::NothingPaid),
        OrderState::Closed { .. } => Err(Refusal::NotWhile("已关闭")),
        OrderState::AwaitingShipment { .. }
        | OrderState::PartiallyShipped { .. }
        | OrderState::AwaitingReceipt { .. }
        | OrderState::Completed { .. } => Ok(()),
    }
}

/// The window of S34, stored on the order when it was completed (B47).
fn within_window(order: &Order, zone: Tz, now: Timestamp) -> Result<(), Refusal> {
    let OrderState::Completed { after_sale_until, .. } = order.state else { return Ok(()) };
    if now <= after_sale_until { Ok(()) } else { Err(Refusal::WindowClosed(after_sale_until.show(zone))) }
}

/// Until when a reason may be given for goods that have arrived (`None`: until the window of the order closes, or they have not arrived).
/// What is sent back for no reason has a shorter window of its own, stored with the other (B47).
pub fn reason_until(order: &Order, reason: Reason) -> Option<Timestamp> {
    let OrderState::Completed { no_reason_until, .. } = order.state else { return None };
    (reason == Reason::NoReason).then_some(no_reason_until)
}

/// Does the shop take goods back for no reason at all?
fn takes_back_for_no_reason(order: &Order, policy: &ShopPolicy) -> bool {
    let OrderState::Completed { received_at, no_reason_until, .. } = order.state else { return policy.no_reason_days > 0 };
    no_reason_until > received_at
}

/// May this reason still be given? If not, the words name the day, and the reasons that are left.
pub fn reason_in_time(
    order: &Order,
    (reason, kind, stage): (Reason, AfterSaleKind, Stage),
    policy: &ShopPolicy,
    zone: Tz,
    now: Timestamp,
) -> Result<(), Refusal> {
    let open = |other: Reason| reason_until(order, other).is_none_or(|until| now <= until);
    let offered = reason != Reason::NoReason || takes_back_for_no_reason(order, policy);
    if offered && open(reason) {
        return Ok(());
    }
    let left: Vec<&str> = Reason::ALL
        .iter()
        .filter(|other| **other != reason && other.suits(kind, stage) && open(**other))
        .map(|other| other.name())
        .collect();
    let others = if let OrderState::Completed { after_sale_until, .. } = order.state {
        format!("{} 前仍可选择：{}", after_sale_until.in_words(zone), left.join("、"))
    } else {
        format!("可以选择：{}", left.join("、"))
    };
    Err(match reason_until(order, reason).filter(|_| offered) {
        Some(until) => Refusal::ReasonTooLate { reason: reason.name(), until: until.in_words(zone), others },
        None => Refusal::ReasonNotOffered { reason: reason.name(), others },
    })
}

/// The same line named twice counts once, with both quantities (B8).
fn merged<'a>(order: &'a Order, chosen: &[(OrderLineId, Option<i64>)]) -> Result<Vec<(&'a OrderLine, i64)>, Refusal> {
    let mut lines: Vec<(&OrderLine, i64)> = Vec::new();
    for (id, units) in chosen.iter().filter(|(_, units)| *units != Some(0)) {
        let line = order.lines.iter().find(|line| line.id == *id).ok_or(Refusal::NothingChosen)?;
        let Some(units) = units.filter(|units| *units > 0) else {
            return Err(Refusal::TooManyUnits { title: line.title.clone(), left: line.units_left() });
        };
        match lines.iter_mut().find(|(known, _)| known.id == *id) {
            Some((_, sum)) => *sum = sum.saturating_add(units),
            None => lines.push((line, units)),
        }
    }
    if lines.is_empty() { Err(Refusal::NothingChosen) } else { Ok(lines) }
}

/// Shipped and unshipped goods go different ways and are asked for apart.
fn one_stage(order: &Order, chosen: &[(&OrderLine, i64)]) -> Result<Stage, Refusal> {
    let stage = Stage::of(order, chosen[0].0);
    let same = chosen.iter().all(|(line, _)| Stage::of(order, line) == stage);
    if same { Ok(stage) } else { Err(Refusal::MixedStages) }
}

fn units_left(line: &OrderLine, units: i64) -> Result<(), Refusal> {
    let left = line.units_left();
    if units > 0 && units <= left { Ok(()) } else { Err(Refusal::TooManyUnits { title: line.title.clone(), left }) }
}

/// S35, A4: revisions count.
fn applications_left(line: &OrderLine, policy: &ShopPolicy) -> Result<(), Refusal> {
    if line.applications < policy.max_applications { Ok(()) } else { Err(Refusal::NoApplicationsLeft(line.title.clone())) }
}

/// After shipping the freight of the units goes back if the shop is at fault, their exact share (M5).
fn freight_share(line: &OrderLine, units: i64, stage: Stage, fault: Fault) -> Money {
    if stage == Stage::Unshipped || fault == Fault::Buyer {
        return Money::ZERO;
    }
    let left = line.freight_left();
    let share = unit_share(line.freight, line.quantity, line.refunded_quantity + line.reserved_quantity, units).min(left);
    let only_rounding = left - share <= Money(line.quantity);
    if units >= line.units_left() && only_rounding { left } else { share }
}

/// Nothing shipped, and no unit stays, not even in a case that may still be taken back: all freight goes back (M5).
fn takes_all_unshipped(order: &Order, chosen: &[(&OrderLine, i64)]) -> bool {
    order.lines.iter().all(|line| {
        let units = chosen.iter().find(|(known, _)| known.id == line.id).map_or(0, |(_, units)| *units);
        line.shipped_quantity == 0 && line.undecided_quantity == 0 && line.units_left() == units
    })
}

/// Freight of lines that went back earlier returns with the last: it appears as an item without units.
fn give_back_all_freight(order: &Order, lines: &mut Vec<OfferedLine>) {
    for line in &order.lines {
        let freight = line.freight_left();
        match lines.iter_mut().find(|offered| offered.line_id == line.id) {
            Some(offered) => offered.freight = freight,
            None if freight.is_positive() => {
                lines.push(OfferedLine { line_id: line.id, title: line.title.clone(), quantity: 0, goods: Money::ZERO, freight });
            }
            None => {}
        }
    }
}
