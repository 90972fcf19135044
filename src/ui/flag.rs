//! The flags a shop puts on orders.

use leptos::prelude::*;

use super::field_id;

/// The colours of flags, as stored, and what they are called.
pub const FLAGS: [(&str, &str); 6] = [("grey", "灰"), ("purple", "紫"), ("cyan", "青"), ("green", "绿"), ("orange", "橙"), ("red", "红")];

fn title_of(color: &str) -> String {
    FLAGS.iter().find(|(name, _)| *name == color).map_or_else(String::new, |(_, title)| format!("{title}色旗帜"))
}

/// One flag; nothing if the colour is none of the six.
#[component]
pub fn Flag(#[prop(into)] color: String) -> impl IntoView {
    let title = title_of(&color);
    (!title.is_empty()).then(|| view! { <span class=format!("flag flag--{color}") role="img" aria-label=title.clone() title=title></span> })
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
    let choice = |(color, title): (&'static str, &'static str)| {
        view! {
            <label class="choice-chip">
                <input type="radio" name=name.clone() value=color checked=color == selected/>
                <span><i class=format!("flag flag--{color}") aria-hidden="true"></i>{title}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field choice-chips" id=id tabindex="-1">
            <legend class="field__label">"旗帜"</legend>
            <div class="choice-chips__all">{none}{FLAGS.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}
