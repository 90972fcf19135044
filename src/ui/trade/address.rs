//! A person to send something to.

use leptos::prelude::*;

/// Name, phone and address as on a parcel; the children stand at the right (复制, 修改).
#[component]
pub fn AddressBlock(
    #[prop(into)] name: String,
    #[prop(into)] phone: String,
    #[prop(into)] address: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="address">
            <div class="address__words">
                <p class="address__person"><b>{name}</b> " " <span>{phone}</span></p>
                <p class="address__place">{address}</p>
            </div>
            {children.map(|children| view! { <div class="address__side">{children()}</div> })}
        </div>
    }
}
