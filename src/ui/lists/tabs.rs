//! Filters as links: tabs across a list, chips above it.

use leptos::prelude::*;

/// A tab or chip: where it leads and how many are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    label: String,
    href: String,
    count: Option<i64>,
    active: bool,
}

impl Tab {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), count: None, active: false }
    }

    /// How many are there; above 99 it says so.
    #[must_use]
    pub fn count(self, count: i64) -> Self {
        Self { count: Some(count), ..self }
    }

    /// The one that is open.
    #[must_use]
    pub fn active(self, active: bool) -> Self {
        Self { active, ..self }
    }
}

/// Tabs across a list. The counter stands beside the link, so that the link is called by its label alone.
#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    view! { <nav class="tabs" aria-label=label><ul>{tabs.into_iter().map(entry).collect_view()}</ul></nav> }
}

/// Filters as pills.
#[component]
pub fn Chips(#[prop(into)] label: String, chips: Vec<Tab>) -> impl IntoView {
    view! { <nav class="chips" aria-label=label><ul>{chips.into_iter().map(entry).collect_view()}</ul></nav> }
}

fn entry(tab: Tab) -> impl IntoView {
    let count = tab.count.map(|count| if count > 99 { "99+".to_owned() } else { count.to_string() });
    let zero = tab.count == Some(0);
    view! {
        <li>
            <a href=tab.href aria-current=tab.active.then_some("page")>{tab.label}</a>
            {count.map(|count| view! { <span class=if zero { "count count--zero" } else { "count" }>{count}</span> })}
        </li>
    }
}
