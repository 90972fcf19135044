//! `/`: the shop front.

use crate::domain::ShopPolicy;
use crate::domain::text;
use crate::http::assets;
use crate::pages::Shared;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::goods::shopfront::{self, Front, ProductCard, Shelf};
use crate::ui::{BuyerFrame, BuyerTab, Card, Chips, Drawing, Empty, Hero, LinkButton, Pagination, ProductTile, SearchBox, Tab};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::HOME, get(show))
}

#[derive(serde::Deserialize)]
struct FrontQuery {
    #[serde(default)]
    category: String,
    #[serde(default)]
    q: String,
    before: Option<i64>,
}

impl FrontQuery {
    fn shelf(&self) -> Shelf {
        match (text::tidy(&self.q).as_str(), self.category.as_str()) {
            ("", "") => Shelf::All,
            ("", category) => Shelf::Category(category.to_owned()),
            (words, _) => Shelf::Search(words.to_owned()),
        }
    }

    /// The same shelf, further down.
    fn further(&self, before: i64) -> String {
        let before = before.to_string();
        let kept = [("q", self.q.as_str()), ("category", self.category.as_str()), ("before", &before)];
        let kept: Vec<_> = kept.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", routes::buyer::HOME, serde_urlencoded::to_string(kept).unwrap_or_default())
    }
}

async fn show(State(app): Shared, buyer: Option<Buyer>, Query(query): Query<FrontQuery>) -> Result<Response, Failure> {
    let Front { shop, categories, products } = shopfront::front(&app, &query.shelf(), query.before).await?;
    let in_cart = buyer.as_ref().map_or(0, |buyer| buyer.in_cart);
    let (name, promise) = shop.map_or(("归途".to_owned(), String::new()), |shop| (shop.name, promise(&shop.policy)));
    let next = products.next.map(|before| query.further(before));
    Ok(Document::buyer(name.clone()).draw(move || {
        let log_in = buyer.is_none().then(|| view! { <a href=routes::buyer::LOGIN>"登录"</a> }.into_any());
        let chips = chips(&categories, &query);
        let hero = view! { <Hero title=name>{promise}</Hero> }.into_any();
        let list = if products.rows.is_empty() { none(&query) } else { tiles(products.rows) };
        view! {
            <BuyerFrame title="归途" right=log_in hero=hero tab=BuyerTab::Home cart_count=in_cart>
                <Card><SearchBox action=routes::buyer::HOME label="搜索商品" value=query.q/></Card>
                <Chips label="商品分类" chips=chips/>
                {list}
                <Pagination next=next/>
            </BuyerFrame>
        }
    }))
}

/// What the shop promises, in one line under its name.
fn promise(policy: &ShopPolicy) -> String {
    let free = policy.free_freight_from.is_positive().then(|| format!("满 {} 包邮 · ", policy.free_freight_from.show()));
    format!("{}收货后 {} 天内可申请售后", free.unwrap_or_default(), policy.after_sale_days)
}

fn chips(categories: &[String], query: &FrontQuery) -> Vec<Tab> {
    let searching = !text::is_blank(&query.q);
    let all = Tab::new("全部", routes::buyer::HOME).active(!searching && query.category.is_empty());
    let shelf = |category: &String| {
        let encoded = serde_urlencoded::to_string([("category", category)]).unwrap_or_default();
        Tab::new(category.clone(), format!("{}?{encoded}", routes::buyer::HOME)).active(!searching && *category == query.category)
    };
    std::iter::once(all).chain(categories.iter().map(shelf)).collect()
}

/// Nothing that fits, a shelf that is empty, or a shop that has just been opened.
fn none(query: &FrontQuery) -> AnyView {
    let all = || view! { <LinkButton href=routes::buyer::HOME>"查看全部商品"</LinkButton> };
    let (not_found, empty) = (assets::url(Drawing::NotFound.file()), assets::url(Drawing::Orders.file()));
    match query.shelf() {
        Shelf::Search(words) => {
            let words = format!("没有找到「{words}」");
            view! { <Empty src=not_found words=words hint="换个关键词，或看看其他分类">{all()}</Empty> }.into_any()
        }
        Shelf::Category(_) => view! { <Empty src=empty words="这个分类里还没有商品" hint="先看看其他分类">{all()}</Empty> }.into_any(),
        Shelf::All => view! { <Empty src=empty words="店里还没有商品" hint="小店刚刚开张，请过些时候再来"/> }.into_any(),
    }
}

fn tiles(products: Vec<ProductCard>) -> AnyView {
    let tile = |product: ProductCard| {
        let note = if product.sellable == 0 { "已售罄".to_owned() } else { format!("已售 {}", product.sold) };
        let (href, src) = (routes::buyer::product(product.id.0), assets::url(&product.picture));
        view! { <ProductTile href=href src=src title=product.title price=product.price note=note/> }
    };
    view! { <div class="tiles">{products.into_iter().map(tile).collect_view()}</div> }.into_any()
}
