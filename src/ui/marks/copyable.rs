//! Numbers that people copy.

use leptos::prelude::*;

/// A number that one click selects whole; a copy button may stand beside it.
#[component]
pub fn Copyable(#[prop(into)] text: String) -> impl IntoView {
    view! { <span class="copyable">{text}</span> }
}
