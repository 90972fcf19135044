//! `/cart`: what waits to be ordered, shop by shop.

use crate::domain::Money;
use crate::http::assets;
use crate::http::form::Form;
use crate::http::posts;
use crate::http::problem::Problem;
use crate::islands::asking::InPlace;
use crate::pages::document::Document;
use crate::pages::extract::Path;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::orders::cart::{self, CartGroup, CartItem};
use crate::ui::{
    Badge, Button, ButtonKind, BuyerFrame, BuyerTab, Card, Drawing, Empty, FormErrors, GoodsItem, KeyValue, KeyValues, LinkButton, Notice,
    PostButton, Price, Quantity, Tone,
};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(routes::buyer::CART, get(show))
        .route("/cart/{sku}/quantity", post(set_quantity))
        .route("/cart/{sku}/remove", post(remove))
}

async fn show(buyer: Buyer) -> Result<Response, Failure> {
    page(&buyer, &Form::default(), None).await
}

async fn set_quantity(buyer: Buyer, Path(sku): Path<i64>, form: Form) -> Result<Response, Failure> {
    match posts::cart::set_quantity(&buyer, sku, &form).await {
        Ok(done) => Ok(Redirect::to(&done.to).into_response()),
        Err(error) => page(&buyer, &form, Some(Problem::of(error)?)).await,
    }
}

async fn remove(buyer: Buyer, Path(sku): Path<i64>) -> Result<Response, Failure> {
    Ok(Redirect::to(&posts::cart::remove(&buyer, sku).await?.to).into_response())
}

async fn page(buyer: &Buyer, form: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let groups = cart::view(buyer).await?;
    let kinds = groups.iter().map(|group| group.items.len()).sum::<usize>();
    Ok(Document::buyer("购物车").status(Problem::status_of(problem.as_ref())).draw(move || {
        let (nothing, errors) = (groups.is_empty().then(empty), Problem::listed(problem.as_ref()));
        let shops = groups.into_iter().map(|group| shop(group, form, problem.as_ref())).collect_view();
        view! {
            <BuyerFrame title="购物车" tab=BuyerTab::Cart cart_count=i64::try_from(kinds).unwrap_or(0)>
                <FormErrors errors=errors/>
                {nothing}
                {shops}
            </BuyerFrame>
        }
    }))
}

fn empty() -> impl IntoView {
    view! {
        <Empty src=assets::url(Drawing::Cart.file()) words="购物车还是空的" hint="挑几件喜欢的商品吧">
            <LinkButton kind=ButtonKind::Primary href=routes::buyer::HOME>"去逛逛"</LinkButton>
        </Empty>
    }
}

fn shop(group: CartGroup, form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let orderable = group.is_orderable();
    let checkout = format!("{}?shop={}", routes::buyer::CHECKOUT, group.shop_id.0);
    let lines = group.items.into_iter().map(|item| line(item, form, problem)).collect_view();
    let order = if orderable {
        view! { <LinkButton kind=ButtonKind::Primary href=checkout wide=true>"去结算"</LinkButton> }.into_any()
    } else {
        view! { <Notice tone=Tone::Warn>"有商品库存不足或已下架，请修改数量或删除后再结算"</Notice> }.into_any()
    };
    view! {
        <Card title=group.shop_name>
            {lines}
            <KeyValues money=true>
                <KeyValue label="商品金额"><Price amount=group.goods/></KeyValue>
                <KeyValue label="运费">{if group.freight == Money::ZERO { "包邮".to_owned() } else { group.freight.show() }}</KeyValue>
                <KeyValue label="合计" total=true><Price amount=group.goods + group.freight/></KeyValue>
            </KeyValues>
            {order}
        </Card>
    }
}

fn line(item: CartItem, form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let CartItem { offer, quantity } = item;
    let name = format!("quantity_{}", offer.id.0);
    let typed = form.get(&name).trim().parse().unwrap_or(quantity);
    let (error, lacking) = (Problem::at(problem, &name), cart::shortage(&offer, quantity));
    let most = offer.sellable.clamp(1, cart::MOST_UNITS);
    let (update, remove) = (format!("/cart/{}/quantity", offer.id.0), format!("/cart/{}/remove", offer.id.0));
    let label = format!("{} {} 数量", offer.title, offer.spec);
    let lacking = lacking.map(|words| view! { <Badge tone=Tone::Warn>{words}</Badge> });
    let (src, href) = (assets::url(&offer.picture), routes::buyer::product(offer.product_id.0));
    view! {
        <GoodsItem src=src title=offer.title spec=offer.spec price=offer.price quantity=quantity href=href>{lacking}</GoodsItem>
        <InPlace>
            <div class="row row--between">
                <PostButton action=remove kind=ButtonKind::Quiet small=true>"删除"</PostButton>
                <form method="post" action=update class="row" novalidate=true>
                    <Quantity name=name value=typed max=most label=label error=error/>
                    <Button small=true>"更新"</Button>
                </form>
            </div>
        </InPlace>
    }
}
