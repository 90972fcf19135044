//! Rows and grids that lead somewhere.

use leptos::prelude::*;

use crate::ui::{Icon, IconName, filled};

/// A row that leads to another page, with the value it has now; `current`: what it leads to is what is shown.
#[component]
pub fn ListLink(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] value: String,
    #[prop(optional)] icon: Option<IconName>,
    #[prop(optional)] current: bool,
) -> impl IntoView {
    view! {
        <div class="list-link">
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <a href=href aria-current=current.then_some("true")>{label}</a>
            {filled(value).map(|value| view! { <span class="list-link__value">{value}</span> })}
            <Icon name=IconName::More/>
        </div>
    }
}

/// One entry of an [`IconGrid`].
#[derive(Clone, Debug)]
pub struct IconItem {
    icon: IconName,
    label: &'static str,
    href: String,
    count: i64,
}

impl IconItem {
    pub fn new(icon: IconName, label: &'static str, href: impl Into<String>) -> Self {
        Self { icon, label, href: href.into(), count: 0 }
    }

    /// How many wait there; zero is not shown.
    #[must_use]
    pub fn count(self, count: i64) -> Self {
        Self { count, ..self }
    }
}

/// Places side by side, each with its icon and counter.
#[component]
pub fn IconGrid(#[prop(into)] label: String, items: Vec<IconItem>) -> impl IntoView {
    let entry = |item: IconItem| {
        view! {
            <li>
                <a href=item.href><Icon name=item.icon/><span>{item.label}</span></a>
                {(item.count > 0).then(|| view! { <span class="icon-grid__count">{item.count.min(99)}</span> })}
            </li>
        }
    };
    view! { <nav class="icon-grid" aria-label=label><ul>{items.into_iter().map(entry).collect_view()}</ul></nav> }
}
