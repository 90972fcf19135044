use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::dom::{drawn_at, since_opened};
use crate::domain::time::span_in_words;
use crate::ui::urgency::urgency;

/// The time left until `due`, ticking from the server's own `now`: a wrong clock in the phone changes nothing.
/// When it runs out in front of somebody, the page says so and loads what has become of it, once.
#[island]
pub fn Countdown(
    /// When it runs out, in milliseconds.
    due: i64,
    /// What the server's clock said when it drew the page.
    now: i64,
    /// The words once nothing is left, in front of somebody.
    #[prop(into)]
    finished: String,
    /// What is waited for where nothing was left to begin with.
    #[prop(into)]
    overdue: String,
) -> impl IntoView {
    let at_first = due - now;
    let left = RwSignal::new(at_first);
    let shown = NodeRef::<html::Span>::new();
    if at_first > 0 {
        Effect::new(move |_| tick(at_first, left, shown));
    }
    let words = move || match left.get() {
        ..=0 if at_first <= 0 => overdue.clone(),
        ..=0 => finished.clone(),
        more => format!("还剩 {}", span_in_words(more)),
    };
    view! {
        <span node_ref=shown class=move || format!("countdown countdown--{}", urgency(left.get())) role="timer" aria-live="off">{words}</span>
    }
}

fn tick(at_first: i64, left: RwSignal<i64>, shown: NodeRef<html::Span>) {
    let ticking = StoredValue::new(None::<IntervalHandle>);
    let drawn_at = shown.get_untracked().map_or(0, |shown| drawn_at(&shown));
    let step = move || {
        let more = at_first - (since_opened() - drawn_at);
        left.set(more);
        // Another clock may stand in its place by now.
        let gone = shown.get_untracked().is_none_or(|shown| !shown.is_connected());
        if more <= 0 || gone {
            ticking.with_value(|handle| handle.map(|handle| handle.clear()));
        }
        if more <= 0 && !gone {
            set_timeout(|| drop(location().reload()), Duration::from_secs(2));
        }
    };
    ticking.set_value(set_interval_with_handle(step, Duration::from_secs(1)).ok());
}
