//! How long something still runs, as it stands in lists.

use leptos::prelude::*;

use super::urgency::urgency;
use crate::domain::time::span_in_words;
use crate::ui::filled;

/// What is left of a clock, coloured by how urgent it is, and what happens at zero.
#[component]
pub fn TimeLeft(millis: i64, #[prop(into, optional)] then: String) -> impl IntoView {
    let words = if millis > 0 { span_in_words(millis) } else { "已超时".to_owned() };
    view! {
        <span class=format!("time-left countdown--{}", urgency(millis))>{words}</span>
        {filled(then).map(|then| view! { <small>{then}</small> })}
    }
}
