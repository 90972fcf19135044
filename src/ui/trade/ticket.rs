//! A coupon as something to hold.

use leptos::prelude::*;

use crate::domain::Money;
use crate::ui::{Price, PriceSize, Unbroken};

/// What it is worth, for what, and when it counts; `spent` coupons are grey.
#[component]
pub fn CouponTicket(
    amount: Money,
    #[prop(into)] title: String,
    #[prop(into)] about: String,
    #[prop(into)] until: String,
    #[prop(optional)] spent: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <article class=if spent { "ticket ticket--spent" } else { "ticket" }>
            <p class="ticket__amount"><Price amount=amount size=PriceSize::Large/></p>
            <div class="ticket__words"><b>{title}</b><small>{about}</small><small><Unbroken words=until/></small></div>
            {children.map(|children| view! { <div class="ticket__side">{children()}</div> })}
        </article>
    }
}
