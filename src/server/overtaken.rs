//! Who was first: what the loser of a race is told, by the timeline, the trail of the shop, or the row itself.

use super::ctx::Staff;
use super::error::Error;
use super::store::{audits, events};
use crate::domain::event::without_amounts;
use crate::domain::text::isolated;
use crate::domain::{Actor, AfterSaleId, OrderId, Permission, Timestamp};
use chrono_tz::Tz;
use sqlx::AnyConnection;
use std::fmt;

/// The step that a form did not know of, in words for whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtaken {
    who: String,
    when: String,
    what: String,
}

impl fmt::Display for Overtaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { who, when, what } = self;
        write!(f, "{}已于 {when} 处理：{what}", isolated(who))
    }
}

/// No more letters of a sentence are repeated.
const LONGEST: usize = 80;

impl Overtaken {
    fn new(who: &str, at: Timestamp, zone: Tz, what: &str) -> Self {
        let short: String = what.chars().take(LONGEST).collect();
        let what = if short.len() < what.len() { short + "…" } else { short };
        Self { who: who.to_owned(), when: at.in_words(zone), what }
    }

    /// By a colleague whom a row names.
    pub fn by_colleague(staff: &Staff, name: &str, at: Timestamp, what: &str) -> Self {
        Self::new(name, at, staff.shop.zone, what)
    }
}

/// The last step of an order, or of one of its cases. Without one there is nothing to tell.
pub async fn on_order(conn: &mut AnyConnection, by: &Actor, order: OrderId, case: Option<AfterSaleId>) -> Error {
    match events::last_step(conn, order, case).await {
        Ok(Some(step)) => Error::Overtaken(Overtaken::new(&who(by, &step), step.at, step.zone, &what(by, &step))),
        Ok(None) => Error::Stale,
        Err(error) => error,
    }
}

/// The last deed on record about a thing of the shop.
pub async fn in_trail(conn: &mut AnyConnection, staff: &Staff, subject: &str, what: &str) -> Error {
    match audits::last(conn, staff.shop.id, subject).await {
        Ok(Some((name, at))) => Error::Overtaken(Overtaken::by_colleague(staff, &name, at, what)),
        Ok(None) => Error::Stale,
        Err(error) => error,
    }
}

/// Colleagues by their names; to a buyer the staff are the shop, and to the staff the buyer is the buyer.
fn who(by: &Actor, step: &events::Step) -> String {
    let own = by.id().is_some() && by.kind().code() == step.actor_kind && by.id() == step.actor_id;
    match (by, step.actor_kind.as_str()) {
        (Actor::Buyer { .. }, _) if own => "您".to_owned(),
        (_, _) if own => "你自己".to_owned(),
        (Actor::Buyer { .. }, "staff") => "商家".to_owned(),
        (Actor::Staff { .. } | Actor::System, "staff") => step.actor_name.clone(),
        (_, "buyer") => "买家".to_owned(),
        _ => "系统".to_owned(),
    }
}

fn what(by: &Actor, step: &events::Step) -> String {
    match by {
        // 「您已于 … 处理：撤销申请」: a buyer's own step does not speak of the buyer.
        Actor::Buyer { .. } => step.words.strip_prefix("买家").unwrap_or(&step.words).to_owned(),
        Actor::Staff { .. } | Actor::System if by.may(Permission::SeeMoney, step.shop) => step.words.clone(),
        Actor::Staff { .. } | Actor::System => without_amounts(&step.words),
    }
}
