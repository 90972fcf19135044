//! What a page shows when there is nothing to show.

use leptos::prelude::*;

use crate::ui::filled;

/// The drawings of empty places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    Orders,
    AfterSales,
    Cart,
    NotFound,
    Error,
    Messages,
}

impl Drawing {
    /// The file of the drawing among the public ones.
    pub fn file(self) -> &'static str {
        match self {
            Self::Orders => "drawings/orders.svg",
            Self::AfterSales => "drawings/after-sales.svg",
            Self::Cart => "drawings/cart.svg",
            Self::NotFound => "drawings/not-found.svg",
            Self::Error => "drawings/error.svg",
            Self::Messages => "drawings/messages.svg",
        }
    }
}

/// An empty place: a drawing, what it means, and as children what to do next.
#[component]
pub fn Empty(
    #[prop(into)] src: String,
    #[prop(into)] words: String,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <img class="empty__drawing" src=src alt="" width="180" height="140"/>
            <p class="empty__words">{words}</p>
            {filled(hint).map(|hint| view! { <p class="empty__hint">{hint}</p> })}
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
        </div>
    }
}
