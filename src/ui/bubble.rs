//! One message of a conversation.

use leptos::prelude::*;

/// Who said it and when; `mine` stands at the right.
#[component]
pub fn Bubble(#[prop(into)] who: String, #[prop(into)] when: String, #[prop(optional)] mine: bool, children: Children) -> impl IntoView {
    view! {
        <article class=if mine { "bubble bubble--mine" } else { "bubble" }>
            <p class="bubble__head"><b>{who}</b> " " <time>{when}</time></p>
            <div class="bubble__words">{children()}</div>
        </article>
    }
}
