//! Who was first: what the loser of a race is told, by the timeline, the trail of the shop, or the row itself.

use super::Staff;
use crate::domain::{Actor, ActorKind, AfterSaleId, OrderId, Overtaken, SeeMoney, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Error;
use crate::server::store::events;
use crate::server::store::people::audits;
use crate::text::{self, Viewer};

/// By a colleague whom a row names.
pub fn by_colleague(staff: &Staff, name: &str, at: Timestamp, what: &str) -> Error {
    Error::Overtaken(Overtaken::new(name, at, staff.shop.zone, what))
}

/// The last step of an order, or of one of its cases. Without one there is nothing to tell.
pub async fn on_order(conn: &mut Conn, by: &Actor, order: OrderId, case: Option<AfterSaleId>) -> Error {
    match events::last_step(conn, order, case).await {
        Ok(Some(step)) => {
            Error::Overtaken(Overtaken::new(&who(by, &step), step.at, step.zone, &text::deed(&step.what, viewer(by, &step), step.zone)))
        }
        Ok(None) => Error::Stale,
        Err(error) => error,
    }
}

/// The last deed on record about a thing of the shop.
pub async fn in_trail(conn: &mut Conn, staff: &Staff, subject: &str, what: &str) -> Error {
    match audits::last(conn, staff.shop.id, subject).await {
        Ok(Some((name, at))) => by_colleague(staff, &name, at, what),
        Ok(None) => Error::Stale,
        Err(error) => error,
    }
}

/// Colleagues by their names; to a buyer the staff are the shop, and to the staff the buyer is the buyer.
fn who(by: &Actor, step: &events::LastEvent) -> String {
    let to_buyer = by.kind() == ActorKind::Buyer;
    let own = by.id().is_some() && by.kind() == step.actor_kind && by.id() == step.actor_id;
    if own {
        return if to_buyer { "您".to_owned() } else { "你自己".to_owned() };
    }
    match step.actor_kind {
        ActorKind::Buyer => "买家".to_owned(),
        ActorKind::Staff if to_buyer => "商家".to_owned(),
        ActorKind::Staff => step.actor_name.clone(),
        ActorKind::System => "系统".to_owned(),
    }
}

fn viewer(by: &Actor, step: &events::LastEvent) -> Viewer {
    match by {
        Actor::Buyer { .. } => Viewer::Buyer,
        Actor::Staff { .. } | Actor::System => Viewer::Staff(by.granted(SeeMoney, step.shop)),
    }
}
