//! The shop's clock on the console.

use leptos::prelude::*;

use crate::demo::sandbox::page::moment;
use crate::domain::time::{DAY, HOUR};

/// Steps that bring one of the shop's clocks to its end: 48 h decision, 7 d return, 10 d and 15 d receipt.
const STEPS: [(&str, i64); 6] =
    [("+1 小时", HOUR), ("+1 天", DAY), ("+48 小时", 2 * DAY), ("+7 天", 7 * DAY), ("+10 天", 10 * DAY), ("+15 天", 15 * DAY)];

pub fn section(now: i64) -> impl IntoView {
    let steps = STEPS.map(|(name, ms)| {
        view! {
            <form method="post" action="/console/clock">
                <input type="hidden" name="advance_ms" value=ms/>
                <button>{name} <small>"→ " {moment(now + ms)}</small></button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="clock">
            <h2 id="clock">"商店时钟"</h2>
            <p>"商店现在以为是 " <b>{moment(now)}</b> "。向前拨动后,到期的倒计时随即生效;不能拨回。"</p>
            <div class="row">{steps.into_iter().collect_view()}</div>
        </section>
    }
}
