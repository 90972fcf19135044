//! A day to type.

use leptos::prelude::*;

use crate::domain::calendar::Day;
use crate::ui::Field;

/// A day as `2026-11-22` in every browser: a browser's own field for dates would show it in the browser's language.
#[component]
pub fn DateField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into, optional)] value: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    // However it was typed, it is shown one way.
    let value = Day::parse(&value).map_or(value, |day| day.to_string());
    view! {
        <Field
            label=label name=name value=value error=error hint=hint required=required inputmode="numeric" autocomplete="off" maxlength=20
            placeholder="如 2026-11-22"
        />
    }
}
