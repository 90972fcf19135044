//! The frame of every page of the back office: side navigation with counters, heading, actions.

use leptos::prelude::*;

use crate::routes;
use crate::ui::{Button, ButtonKind, Icon, IconName, ThemeChoice, filled};

/// One entry of the side navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    label: String,
    href: String,
    group: &'static str,
    count: i64,
    active: bool,
}

impl NavItem {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), group: "", count: 0, active: false }
    }

    /// The heading it stands under.
    #[must_use]
    pub fn group(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    /// How much waits there; zero is not shown.
    #[must_use]
    pub fn count(self, count: i64) -> Self {
        Self { count, ..self }
    }

    /// The page that is open.
    #[must_use]
    pub fn active(self, active: bool) -> Self {
        Self { active, ..self }
    }
}

/// A page of the back office.
#[component]
pub fn MerchantFrame(
    #[prop(into)] title: String,
    nav: Vec<NavItem>,
    #[prop(into)] staff: String,
    #[prop(into, default = "归途 · 商家".to_owned())] shop: String,
    #[prop(into, optional)] back: Option<String>,
    #[prop(into, optional_no_strip)] badges: Option<AnyView>,
    #[prop(into, optional_no_strip)] actions: Option<AnyView>,
    #[prop(into, default = "/merchant/logout".to_owned())] sign_out: String,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="skip-link" href="#main">"跳到主要内容"</a>
        <div class="desk">
            <header class="side">
                <p class="side__shop">{shop}</p>
                <nav class="side__nav" aria-label="主导航">{grouped(nav)}</nav>
                <ThemeChoice action=routes::THEME/>
                <form method="post" action=sign_out class="side__staff">
                    <span>{staff}</span>
                    <Button kind=ButtonKind::Quiet small=true>"退出"</Button>
                </form>
            </header>
            <main id="main" class="desk__main" tabindex="-1">
                <header class="desk__head">
                    {back.map(|href| view! { <a class="desk__back" href=href aria-label="返回"><Icon name=IconName::Back/></a> })}
                    <h1>{title}</h1>
                    {badges.map(|badges| view! { <div class="desk__badges">{badges}</div> })}
                    {actions.map(|actions| view! { <div class="desk__actions">{actions}</div> })}
                </header>
                {children()}
            </main>
        </div>
    }
}

fn grouped(nav: Vec<NavItem>) -> impl IntoView {
    nav.chunk_by(|a, b| a.group == b.group)
        .map(|items| {
            let heading = items.first().map(|item| item.group.to_owned()).and_then(filled);
            view! {
                {heading.map(|heading| view! { <p class="side__group">{heading}</p> })}
                <ul>{items.iter().cloned().map(entry).collect_view()}</ul>
            }
        })
        .collect_view()
}

fn entry(item: NavItem) -> impl IntoView {
    let count = if item.count > 99 { "99+".to_owned() } else { item.count.to_string() };
    view! {
        <li class="side__item">
            <a href=item.href aria-current=item.active.then_some("page")>{item.label}</a>
            {(item.count > 0).then(|| view! { <b>{count}</b> })}
        </li>
    }
}
