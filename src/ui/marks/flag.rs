//! The flags a shop puts on orders.

use leptos::prelude::*;

use crate::domain::OrderFlag;
use crate::ui::field_id;

/// The order's flag, if it has one.
#[component]
pub fn Flag(color: Option<OrderFlag>) -> impl IntoView {
    color.map(|color| {
        let title = format!("{}色旗帜", color.name());
        view! { <span class=format!("flag flag--{}", color.code()) role="img" aria-label=title.clone() title=title></span> }
    })
}

/// The six flags and none, to choose from.
#[component]
pub fn FlagChoices(
    #[prop(into)] name: String,
    #[prop(into, optional)] selected: String,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    let none = view! {
        <label class="choice-chip"><input type="radio" name=name.clone() value="" checked=selected.is_empty()/><span>"不插旗"</span></label>
    };
    let choice = |flag: OrderFlag| {
        let color = flag.code();
        view! {
            <label class="choice-chip">
                <input type="radio" name=name.clone() value=color checked=color == selected/>
                <span><i class=format!("flag flag--{color}") aria-hidden="true"></i>{flag.name()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field choice-chips" id=id tabindex="-1">
            <legend class="field__label">"旗帜"</legend>
            <div class="choice-chips__all">{none}{OrderFlag::ALL.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}
