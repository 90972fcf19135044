//! The timeline as the buyer reads it: the same lines as in the shop, told from their side of the counter.

use crate::domain::{ActorKind, Shop};
use crate::routes;
use crate::server::orders::TimelineLine;
use crate::text::{Viewer, sentence};
use crate::ui::{Picture, TimelineEntry};

/// Newest first; whoever of the staff acted, to the buyer it was the shop.
pub fn entries(lines: &[TimelineLine], shop: &Shop) -> Vec<TimelineEntry> {
    let entry = |line: &TimelineLine| {
        let who = match line.actor_kind {
            ActorKind::Buyer => "我",
            ActorKind::Staff => shop.name.as_str(),
            ActorKind::System => line.actor_name.as_str(),
        };
        let picture = |(index, key): (usize, &String)| {
            Picture::new(routes::small_picture(key), format!("凭证 {}", index + 1)).linking(routes::picture(key))
        };
        TimelineEntry {
            pictures: line.evidence.iter().enumerate().map(picture).collect(),
            ..TimelineEntry::new(sentence(&line.what, Viewer::Buyer, shop.zone), who, line.at.show(shop.zone))
        }
    };
    lines.iter().map(entry).collect()
}
