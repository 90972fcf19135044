//! One line of a book or an inbox.

use leptos::prelude::*;

use crate::ui::{Tone, filled};

/// What it was, small words under it, and at the right what it came to: a movement of the wallet, a message, a scan of a parcel.
#[component]
pub fn ListRow(
    #[prop(into)] title: String,
    #[prop(into, optional)] small: String,
    #[prop(into, optional)] value: String,
    #[prop(into, optional)] href: String,
    #[prop(optional)] tone: Tone,
    #[prop(optional)] unread: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = match filled(href) {
        Some(href) => view! { <a class="list-row__title" href=href>{title}</a> }.into_any(),
        None => view! { <span class="list-row__title">{title}</span> }.into_any(),
    };
    view! {
        <div class=if unread { "list-row list-row--unread" } else { "list-row" }>
            <div class="list-row__words">
                {title}
                {unread.then(|| view! { <span class="visually-hidden">"未读"</span> })}
                {children.map(|children| view! { <div class="list-row__more">{children()}</div> })}
                {filled(small).map(|small| view! { <small>{small}</small> })}
            </div>
            {filled(value).map(|value| view! { <b class=tone.name()>{value}</b> })}
        </div>
    }
}
