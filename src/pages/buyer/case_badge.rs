//! The mark of an after-sale on the goods it is about.

use crate::domain::Money;
use crate::domain::after_sale::StateKind;
use crate::ui::{Badge, Tone};
use leptos::prelude::*;

/// `退款中 · ¥168.00`, leading to the case at `href`; nothing once it was closed without success.
#[component]
pub fn CaseBadge(href: String, state: StateKind, exchange: bool, amount: Money) -> impl IntoView {
    let name = if state == StateKind::Succeeded && exchange { "换货完成" } else { state.name() };
    let words = if exchange { name.to_owned() } else { format!("{name} · {}", amount.show()) };
    let tone = match state {
        StateKind::Succeeded => Tone::Good,
        StateKind::Rejected | StateKind::ReturnRejected | StateKind::RefundFailed => Tone::Bad,
        StateKind::Applied
        | StateKind::AwaitingReturn
        | StateKind::ReturnInTransit
        | StateKind::AwaitingReship
        | StateKind::AwaitingBuyerReceipt
        | StateKind::Refunding
        | StateKind::Closed => Tone::Warn,
    };
    (state != StateKind::Closed).then(|| view! { <a href=href><Badge tone=tone>{words}</Badge></a> })
}
