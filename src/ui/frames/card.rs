//! A sheet of paper on the ground of the page.

use leptos::prelude::*;

use crate::ui::filled;

/// A section with its heading; `aside` stands at the right of the heading.
#[component]
pub fn Card(
    #[prop(into, optional)] title: String,
    #[prop(into, optional_no_strip)] aside: Option<AnyView>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let head = (!title.is_empty() || aside.is_some()).then(|| {
        view! {
            <header class="card__head">
                {filled(title).map(|title| view! { <h2>{title}</h2> })}
                {aside.map(|aside| view! { <div class="card__aside">{aside}</div> })}
            </header>
        }
    });
    view! { <section class=format!("card {class}").trim_end().to_owned()>{head}{children()}</section> }
}
