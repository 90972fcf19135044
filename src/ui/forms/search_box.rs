//! Looking for something.

use leptos::prelude::*;

use crate::ui::{Hidden, Icon, IconName};

/// A search by GET: the words go into the URL, beside what `hidden` keeps of it.
#[component]
pub fn SearchBox(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    #[prop(default = "q")] name: &'static str,
    #[prop(into, optional)] value: String,
    #[prop(optional)] hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    view! {
        <form class="search-box" role="search" method="get" action=action>
            {hidden.into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect_view()}
            <Icon name=IconName::Search/>
            <input class="search-box__input" type="search" name=name value=value aria-label=label.clone() placeholder=label maxlength="60"/>
            <button class="search-box__button" type="submit">"搜索"</button>
        </form>
    }
}
