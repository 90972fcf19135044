//! How many.

use leptos::prelude::*;

use super::field::FieldWords;
use crate::ui::field_id;

/// A number of pieces, from `min` to `max`.
#[component]
pub fn Quantity(
    #[prop(into)] name: String,
    value: i64,
    max: i64,
    #[prop(default = 1)] min: i64,
    #[prop(into, default = "数量".to_owned())] label: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    let wrong = error.is_some().then_some("true");
    view! {
        <div class="quantity">
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <input
                class="input quantity__input" type="number" inputmode="numeric" id=id.clone() name=name value=value.to_string() min=min.to_string() max=max.to_string()
                aria-invalid=wrong aria-describedby=format!("{id}-words")
            />
            <FieldWords id=id error=error/>
        </div>
    }
}
