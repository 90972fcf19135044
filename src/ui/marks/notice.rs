//! Bands of words across the page.

use leptos::prelude::*;

use crate::ui::{Tone, filled};

/// A sentence that must not be missed; with `href` it leads to where to act.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into, optional)] title: String,
    #[prop(into, optional)] href: String,
    children: Children,
) -> impl IntoView {
    let title = filled(title).map(|title| view! { <b class="notice__title">{title}</b> });
    let class = format!("notice notice--{}", tone.name());
    match filled(href) {
        Some(href) => view! { <a class=class href=href><span>{title}{children()}</span><span aria-hidden="true">"›"</span></a> }.into_any(),
        None => view! { <div class=class><div>{title}{children()}</div></div> }.into_any(),
    }
}

/// What has just been done, after the redirect. It takes the focus, which else would be nowhere, and so is read aloud.
#[component]
pub fn Flash(#[prop(into)] words: String, #[prop(default = Tone::Good)] tone: Tone) -> impl IntoView {
    view! { <div class=format!("flash notice notice--{}", tone.name()) role="status" tabindex="-1" autofocus=true>{words}</div> }
}
