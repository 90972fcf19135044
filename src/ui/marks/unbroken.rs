//! Dates and numbers in narrow places.

use leptos::prelude::*;

/// Words that break between themselves and never inside: browsers would break a date at its hyphens.
#[component]
pub fn Unbroken(#[prop(into)] words: String) -> impl IntoView {
    words.split(' ').map(|word| view! { <span class="nowrap">{word.to_owned()}</span>" " }).collect_view()
}
