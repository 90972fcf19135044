use std::time::Duration;

use leptos::prelude::*;

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
    if at_first > 0 {
        Effect::new(move |_| tick(at_first, left));
    }
    let words = move || match left.get() {
        ..=0 if at_first <= 0 => overdue.clone(),
        ..=0 => finished.clone(),
        more => format!("还剩 {}", span_in_words(more)),
    };
    view! {
        <span class=move || format!("countdown countdown--{}", urgency(left.get())) role="timer" aria-live="off">{words}</span>
    }
}

fn tick(at_first: i64, left: RwSignal<i64>) {
    let ticking = StoredValue::new(None::<IntervalHandle>);
    let step = move || {
        let more = at_first - since_the_page_was_asked_for();
        left.set(more);
        if more <= 0 {
            ticking.with_value(|handle| handle.map(|handle| handle.clear()));
            set_timeout(|| drop(location().reload()), Duration::from_secs(2));
        }
    };
    ticking.set_value(set_interval_with_handle(step, Duration::from_secs(1)).ok());
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began fit")]
fn since_the_page_was_asked_for() -> i64 {
    window().performance().map_or(0, |performance| performance.now() as i64)
}
