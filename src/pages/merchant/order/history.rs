//! What happened to the order and its after-sales, newest first.

use super::Desk;
use crate::routes;
use crate::ui::{Card, Picture, Timeline, TimelineEntry};
use leptos::prelude::*;

pub(super) fn draw(desk: &Desk) -> impl IntoView + use<> {
    let zone = desk.staff.shop.zone;
    let entries = desk.detail.timeline.iter().map(|line| {
        let who = match line.actor_kind.as_str() {
            "buyer" => format!("买家 {}", desk.name(&line.actor_name)),
            _ => line.actor_name.clone(),
        };
        let picture = |(index, key): (usize, &String)| {
            Picture::new(routes::picture(key), format!("凭证 {}", index + 1)).linking(routes::picture(key))
        };
        let pictures = line.evidence.iter().enumerate().map(picture).collect();
        let words = if desk.sees_money() { line.words.clone() } else { without_amounts(&line.words) };
        TimelineEntry { pictures, ..TimelineEntry::new(words, who, line.at.show(zone)) }
    });
    let entries = entries.collect();
    view! { <Card title="订单动态"><Timeline entries=entries/></Card> }
}

/// The words for those who only ship: every amount reads `¥***`.
fn without_amounts(words: &str) -> String {
    let mut parts = words.split('¥');
    let first = parts.next().unwrap_or_default().to_owned();
    let is_amount = |sign: char| sign.is_ascii_digit() || matches!(sign, ',' | '.');
    parts.fold(first, |said, part| said + "¥***" + part.trim_start_matches(is_amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_hidden_and_the_rest_is_kept() {
        assert_eq!(without_amounts("商家改价：商品 −¥1,010.00，应付 ¥91.00"), "商家改价：商品 −¥***，应付 ¥***");
        assert_eq!(without_amounts("买家确认收货"), "买家确认收货");
    }
}
