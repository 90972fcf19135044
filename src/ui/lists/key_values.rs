//! Facts in two columns.

use leptos::prelude::*;

/// A list of facts; with `money` the values stand right, as on a bill.
#[component]
pub fn KeyValues(#[prop(optional)] money: bool, children: Children) -> impl IntoView {
    view! { <dl class=if money { "key-values key-values--money" } else { "key-values" }>{children()}</dl> }
}

/// One fact; `total` closes a bill.
#[component]
pub fn KeyValue(#[prop(into)] label: String, #[prop(optional)] total: bool, children: Children) -> impl IntoView {
    view! {
        <div class=if total { "key-values__row key-values__row--total" } else { "key-values__row" }>
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
