//! A coupon as something to hold.

use leptos::prelude::*;

use super::{Price, PriceSize};
use crate::domain::Money;

/// What it is worth, for what, and when it counts; `spent` coupons are grey.
#[component]
pub fn Ticket(
    amount: Money,
    #[prop(into)] title: String,
    #[prop(into)] about: String,
    #[prop(into)] until: String,
    #[prop(optional)] spent: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    // Dates break between themselves, never inside.
    let until = until.split(' ').map(|word| view! { <span class="nowrap">{word.to_owned()}</span>" " }).collect_view();
    view! {
        <article class=if spent { "ticket ticket--spent" } else { "ticket" }>
            <p class="ticket__amount"><Price amount=amount size=PriceSize::Large/></p>
            <div class="ticket__words"><b>{title}</b><small>{about}</small><small>{until}</small></div>
            {children.map(|children| view! { <div class="ticket__side">{children()}</div> })}
        </article>
    }
}
