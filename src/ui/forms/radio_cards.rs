//! Options that need a sentence of explanation each.

use leptos::prelude::*;

use super::field::{FieldWords, Legend};
use crate::ui::{field_id, filled};

/// A choice among [`RadioCard`]s.
#[component]
pub fn RadioCards(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] prefix: String,
    children: Children,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    let wrong = error.is_some().then_some("true");
    view! {
        <fieldset
            class="field radio-cards" role="radiogroup" id=id.clone() tabindex="-1"
            aria-required=required.then_some("true") aria-invalid=wrong aria-describedby=format!("{id}-words")
        >
            <Legend words=legend required=required/>
            <div class="radio-cards__all">{children()}</div>
            <FieldWords id=id.clone() hint=hint error=error/>
        </fieldset>
    }
}

/// One option; its children are the fields that belong to it, shown while it is chosen.
#[component]
pub fn RadioCard(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(into)] title: String,
    #[prop(into, optional)] explain: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] disabled: bool,
    #[prop(into, optional)] prefix: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let id = field_id(&prefix, &format!("{name}-{value}"));
    let explained = format!("{id}-explain");
    view! {
        <div class="radio-card">
            <input
                class="radio-card__input" type="radio" id=id.clone() name=name value=value checked=checked disabled=disabled
                aria-describedby=(!explain.is_empty()).then(|| explained.clone())
            />
            <label class="radio-card__title" for=id>{title}</label>
            {filled(explain).map(|explain| view! { <p class="radio-card__explain" id=explained>{explain}</p> })}
            {children.map(|children| view! { <div class="radio-card__fields">{children()}</div> })}
        </div>
    }
}
