//! A page without navigation: signing in, an error.

use leptos::prelude::*;

/// One card in the middle, under the name of the house.
#[component]
pub fn NarrowFrame(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="narrow">
            <header class="narrow__brand"><a href="/"><Mark/>"归途"</a></header>
            <main id="main" class="card narrow__card" tabindex="-1"><h1>{title}</h1>{children()}</main>
        </div>
    }
}

/// The mark of the house: a path that comes back round a leaf.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <rect class="mark__ground" width="32" height="32" rx="9"></rect>
            <path class="mark__path" d="M11 7.5L6.5 12l4.5 4.5M7 12h10.5a6.5 6.5 0 0 1 0 13H13"></path>
            <path class="mark__leaf" d="M25.5 5.5c-4.5 0-7 1.5-7 5.5 4.5 0 7-1.5 7-5.5z"></path>
        </svg>
    }
}
