//! Goods, as a line of an order, a tile of the shop front, a cell of a table.

use leptos::prelude::*;

use crate::domain::Money;
use crate::ui::{Price, Thumb, ThumbSize, Tone, filled};

/// A line of an order: picture, title, specification, price and quantity; the children stand under the title.
#[component]
pub fn GoodsItem(
    #[prop(into)] src: String,
    #[prop(into)] title: String,
    #[prop(into, optional)] spec: String,
    price: Money,
    quantity: i64,
    #[prop(into, optional)] href: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="goods-line">
            <Thumb src=src alt=""/>
            <div class="goods-line__words">
                <p class="goods-line__title"><TitleLink href=href title=title/></p>
                {filled(spec).map(|spec| view! { <p class="goods-line__spec">{spec}</p> })}
                {children.map(|children| view! { <div class="goods-line__more">{children()}</div> })}
            </div>
            <div class="goods-line__price"><Price amount=price/><span class="goods-line__quantity">{format!("×{quantity}")}</span></div>
        </div>
    }
}

/// An order in a list: shop and state on top, the lines and buttons as children.
#[component]
pub fn OrderCard(
    #[prop(into)] shop: String,
    #[prop(into)] href: String,
    #[prop(into)] state: String,
    #[prop(default = Tone::Good)] tone: Tone,
    children: Children,
) -> impl IntoView {
    view! {
        <article class="card order-card">
            <header class="order-card__head">
                <a class="order-card__shop" href=href>{shop} <span aria-hidden="true">" ›"</span></a>
                <b class=tone.name()>{state}</b>
            </header>
            {children()}
        </article>
    }
}

/// A product on the shop front.
#[component]
pub fn ProductTile(
    #[prop(into)] href: String,
    #[prop(into)] src: String,
    #[prop(into)] title: String,
    price: Money,
    #[prop(into, optional)] note: String,
) -> impl IntoView {
    view! {
        <article class="tile">
            <Thumb src=src alt="" size=ThumbSize::Large/>
            <h2 class="tile__title"><a href=href>{title}</a></h2>
            <p class="tile__foot"><Price amount=price/>{filled(note).map(|note| view! { <span class="tile__note">{note}</span> })}</p>
        </article>
    }
}

/// A product in a cell of a table, with a small line under the title.
#[component]
pub fn GoodsCell(
    #[prop(into)] src: String,
    #[prop(into)] title: String,
    #[prop(into, optional)] href: String,
    #[prop(into, optional)] detail: String,
) -> impl IntoView {
    view! {
        <div class="goods-cell">
            <Thumb src=src alt="" size=ThumbSize::Small/>
            <div><TitleLink href=href title=title/>{filled(detail).map(|detail| view! { <small>{detail}</small> })}</div>
        </div>
    }
}

#[component]
fn TitleLink(href: String, title: String) -> impl IntoView {
    match filled(href) {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => view! { <span>{title}</span> }.into_any(),
    }
}
