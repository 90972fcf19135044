//! A counter of the workbench.

use leptos::prelude::*;

use crate::ui::{Tone, filled};

/// A number and what it counts; with `href` it leads to the things counted.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(into, optional)] href: String,
    #[prop(optional)] tone: Tone,
    #[prop(into, optional)] detail: String,
) -> impl IntoView {
    let label = match filled(href) {
        Some(href) => view! { <a class="stat__label" href=href>{label}</a> }.into_any(),
        None => view! { <span class="stat__label">{label}</span> }.into_any(),
    };
    view! {
        <div class=format!("stat stat--{}", tone.name())>
            {label}
            <b class="stat__value">{value}</b>
            {filled(detail).map(|detail| view! { <small class="stat__detail">{detail}</small> })}
        </div>
    }
}
