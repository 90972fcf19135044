//! Light, dark, or as the system has it; which of them is chosen the style sheet knows from the root of the document.

use leptos::prelude::*;

/// Three buttons in a row; `action` keeps the choice.
#[component]
pub fn ThemeChoice(#[prop(into)] action: String) -> impl IntoView {
    let button = |value: &'static str, label: &'static str| {
        view! { <button type="submit" class=format!("theme-choice__{value}") name="theme" value=value>{label}</button> }
    };
    view! {
        <form method="post" action=action class="theme-choice" aria-label="外观">
            {button("system", "自动")}
            {button("light", "浅色")}
            {button("dark", "深色")}
        </form>
    }
}
