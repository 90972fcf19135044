//! What happened to the order and its after-sales, newest first.

use super::Desk;
use crate::domain::ActorKind;
use crate::pages::merchant::viewer;
use crate::routes;
use crate::text::sentence;
use crate::ui::{Card, Picture, Timeline, TimelineEntry};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let zone = desk.staff.shop.zone;
    let entries = desk.order.timeline().iter().map(|line| {
        let who = match line.actor_kind {
            ActorKind::Buyer => format!("买家 {}", desk.name(&line.actor_name)),
            ActorKind::Staff | ActorKind::System => line.actor_name.clone(),
        };
        let picture = |(index, key): (usize, &String)| {
            Picture::new(routes::small_picture(key), format!("凭证 {}", index + 1)).linking(routes::picture(key))
        };
        let pictures = line.evidence.iter().enumerate().map(picture).collect();
        TimelineEntry { pictures, ..TimelineEntry::new(sentence(&line.what, viewer::of(&desk.staff), zone), who, line.at.show(zone)) }
    });
    let entries = entries.collect();
    view! { <Card title="订单动态"><Timeline entries=entries/></Card> }
}
