//! The frame of every buyer's page: top bar, page, and at the foot either the actions or the tabs.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// The four places of the bottom tab bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuyerTab {
    Home,
    Cart,
    Orders,
    Me,
}

const TABS: [(BuyerTab, IconName, &str, &str); 4] = [
    (BuyerTab::Home, IconName::Home, "首页", "/"),
    (BuyerTab::Cart, IconName::Cart, "购物车", "/cart"),
    (BuyerTab::Orders, IconName::Orders, "订单", "/orders"),
    (BuyerTab::Me, IconName::Person, "我的", "/me"),
];

/// A page of the buyer. With a `hero` the top bar is green and the first card reaches up into it.
#[component]
pub fn BuyerFrame(
    #[prop(into)] title: String,
    #[prop(into, optional)] back: Option<String>,
    #[prop(into, optional_no_strip)] right: Option<AnyView>,
    #[prop(into, optional_no_strip)] hero: Option<AnyView>,
    #[prop(into, optional_no_strip)] bottom: Option<AnyView>,
    #[prop(into, optional_no_strip)] tab: Option<BuyerTab>,
    #[prop(optional)] cart_count: i64,
    children: Children,
) -> impl IntoView {
    let green = hero.is_some();
    let class = match (bottom.is_some(), tab.is_some()) {
        (true, _) => "phone phone--bottom",
        (false, true) => "phone phone--tabs",
        (false, false) => "phone",
    };
    let heading = if green {
        view! { <p class="top-bar__title">{title}</p> }.into_any()
    } else {
        view! { <h1 class="top-bar__title">{title}</h1> }.into_any()
    };
    view! {
        <a class="skip-link" href="#main">"跳到主要内容"</a>
        <div class=class>
            <header class=if green { "top-bar top-bar--green" } else { "top-bar" }>
                {back.map(|href| view! { <a class="top-bar__back" href=href aria-label="返回"><Icon name=IconName::Back/></a> })}
                {heading}
                <div class="top-bar__right">{right}</div>
            </header>
            <main id="main" class=if green { "phone__main phone__main--hero" } else { "phone__main" } tabindex="-1">
                {hero}
                {children()}
            </main>
            {bottom.map(|bottom| view! { <section class="bottom-bar" aria-label="操作">{bottom}</section> })}
            {tab.map(|tab| view! { <TabBar tab=tab cart_count=cart_count/> })}
        </div>
    }
}

/// The green head of a page: where things stand, in one sentence.
#[component]
pub fn Hero(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="hero">
            <h1 class="hero__title">{title}</h1>
            {children.map(|children| view! { <p class="hero__words">{children()}</p> })}
        </div>
    }
}

#[component]
fn TabBar(tab: BuyerTab, cart_count: i64) -> impl IntoView {
    let entry = |(place, icon, label, href): (BuyerTab, IconName, &'static str, &'static str)| {
        let count = (place == BuyerTab::Cart && cart_count > 0).then(|| cart_count.min(99).to_string());
        view! {
            <li class="tab-bar__item">
                <a href=href aria-current=(place == tab).then_some("page")><Icon name=icon/><span>{label}</span></a>
                {count.map(|count| view! { <span class="tab-bar__count">{count}</span> })}
            </li>
        }
    };
    view! { <nav class="tab-bar" aria-label="主导航"><ul>{TABS.into_iter().map(entry).collect_view()}</ul></nav> }
}
