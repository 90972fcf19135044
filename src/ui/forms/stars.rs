//! How good it was.

use leptos::prelude::*;

use super::field::{FieldWords, Legend};
use crate::ui::field_id;

/// A rating of one to five.
#[component]
pub fn Stars(rating: u8) -> impl IntoView {
    let star = |n: u8| view! { <i class=if n <= rating { "star star--full" } else { "star" }></i> };
    view! { <span class="stars" role="img" aria-label=format!("{rating} 星")>{(1..=5).map(star).collect_view()}</span> }
}

/// A rating to give: five radios that look like stars.
#[component]
pub fn StarsField(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    #[prop(optional)] value: u8,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    let star = |n: u8| {
        view! {
            <label class="stars-field__star">
                <input type="radio" name=name.clone() value=n.to_string() checked=n == value aria-label=format!("{n} 星")/>
                <i class="star"></i>
            </label>
        }
    };
    let stars = (1..=5).map(star).collect_view();
    view! {
        <fieldset
            class="field stars-field" role="radiogroup" id=id.clone() tabindex="-1" aria-required=required.then_some("true")
            aria-describedby=format!("{id}-words")
        >
            <Legend words=legend required=required/>
            <div class="stars-field__all">{stars}</div>
            <FieldWords id=id.clone() error=error/>
        </fieldset>
    }
}
