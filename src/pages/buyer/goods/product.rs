//! `/products/{id}`: one product, to choose and to buy.

mod parts;

pub use parts::pictures;

use crate::domain::text;
use crate::domain::{ProductId, SkuId};
use crate::http::assets;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::islands::asking::Follow;
use crate::pages::Shared;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result as Outcome};
use crate::server::goods::shopfront::{self, ProductPage, Sku};
use crate::server::orders::cart;
use crate::ui::{
    Button, ButtonKind, BuyerFrame, Card, Choice, Flash, FormErrors, Hidden, LinkButton, Notice, Quantity, RadioChips, Thumb, ThumbSize,
    Tone,
};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use std::sync::Arc;

/// Looking is for everybody.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/products/{id}", get(show))
}

/// Taking is for those who are logged in.
pub fn buying_routes() -> Router<Arc<App>> {
    Router::new().route("/products/{id}", post(submit))
}

#[derive(Default, serde::Deserialize)]
struct ProductQuery {
    /// The product has just been put into the cart.
    added: Option<String>,
    /// How taking a coupon ended.
    taken: Option<String>,
    reviews_before: Option<i64>,
    /// What is chosen, while somebody chooses.
    sku: Option<String>,
}

async fn show(
    State(app): Shared,
    buyer: Option<Buyer>,
    Path(id): Path<i64>,
    Query(query): Query<ProductQuery>,
) -> Result<Response, Failure> {
    let page = shopfront::product(&app, ProductId(id), query.reviews_before).await?;
    let in_cart = buyer.as_ref().map_or(0, |buyer| buyer.in_cart);
    let added = query.added.is_some() && buyer.is_some();
    let taken = query.taken.as_deref().filter(|_| buyer.is_some()).and_then(crate::pages::buyer::money::coupons::told);
    let form = query.sku.map_or_else(Form::default, |sku| Form::of(&[("sku", &sku), ("quantity", "1")]));
    Ok(draw(page, Drawn { added, taken, in_cart, form, problem: None }))
}

/// 「加入购物车」 stays here, 「立即购买」 goes on to the checkout.
async fn submit(State(app): Shared, buyer: Buyer, Path(id): Path<i64>, form: Form) -> Result<Response, Failure> {
    let problem = match take(&buyer, &form).await {
        Ok(BuyOutcome::InCart) => return Ok(Redirect::to(&format!("{}?added=1", routes::buyer::product(id))).into_response()),
        Ok(BuyOutcome::AtOnce(sku, quantity)) => {
            let checkout = format!("{}?sku={}&quantity={quantity}", routes::buyer::CHECKOUT, sku.0);
            return Ok(Redirect::to(&checkout).into_response());
        }
        Err(error) => Problem::of(error)?,
    };
    let page = shopfront::product(&app, ProductId(id), None).await?;
    Ok(draw(page, Drawn { added: false, taken: None, in_cart: buyer.in_cart, form, problem: Some(problem) }))
}

enum BuyOutcome {
    InCart,
    AtOnce(SkuId, i64),
}

async fn take(buyer: &Buyer, form: &Form) -> Outcome<BuyOutcome> {
    let sku = form.get("sku").parse().map(SkuId).map_err(|_| Error::field("sku", "请选择规格"))?;
    let quantity = text::legible(form.get("quantity")).parse().unwrap_or(0);
    if form.get("action") == "buy" {
        cart::check(buyer, sku, quantity).await?;
        return Ok(BuyOutcome::AtOnce(sku, quantity));
    }
    cart::add(buyer, sku, quantity, &form.request()).await?;
    Ok(BuyOutcome::InCart)
}

/// What the page is drawn with, besides the product.
struct Drawn {
    added: bool,
    taken: Option<(&'static str, Tone)>,
    in_cart: i64,
    form: Form,
    problem: Option<Problem>,
}

fn draw(page: ProductPage, drawn: Drawn) -> Response {
    let status = Problem::status_of(drawn.problem.as_ref());
    Document::buyer(page.product.title.clone()).status(status).draw(move || {
        let ProductPage { product, shop, reviews, coupons } = page;
        let Drawn { added, taken, in_cart, form, problem } = drawn;
        let sold_out = product.skus.iter().all(|sku| sku.sellable == 0);
        let cart_words = if in_cart > 0 { format!("购物车 {in_cart}") } else { "购物车".to_owned() };
        let right = view! { <a href=routes::buyer::CART>{cart_words}</a> }.into_any();
        let chosen = product.skus.iter().find(|sku| sku.id.0.to_string() == form.get("sku"));
        let headline = parts::headline(&product, chosen);
        let (errors, choose) = (Problem::listed(problem.as_ref()), choose(product.id, &product.skus, &form, problem.as_ref()));
        view! {
            <BuyerFrame title="商品详情" back=routes::buyer::HOME right=right bottom=take_bar(sold_out)>
                <div class="product-picture"><Thumb src=assets::url(&product.picture) alt=product.title.clone() size=ThumbSize::Leading/></div>
                {added.then(added_words)}
                {taken.map(|(words, tone)| view! { <Flash words=words tone=tone/> })}
                <FormErrors errors=errors/>
                {headline}
                {parts::coupons(&product, coupons)}
                <Card title="选择规格">{choose}</Card>
                {parts::promise(&shop)}
                {parts::reviews(&product, reviews, shop.zone)}
                {parts::description(&product)}
            </BuyerFrame>
        }
    })
}

fn take_bar(sold_out: bool) -> AnyView {
    view! {
        <Button form="buy" name="action" value="cart" disabled=sold_out>"加入购物车"</Button>
        <Button form="buy" name="action" value="buy" kind=ButtonKind::Primary disabled=sold_out>"立即购买"</Button>
    }
    .into_any()
}

fn added_words() -> impl IntoView {
    view! {
        <Flash words="已加入购物车"/>
        <LinkButton href=routes::buyer::CART wide=true>"去购物车结算"</LinkButton>
    }
}

/// The form behind both buttons of the bottom bar.
fn choose(product: ProductId, skus: &[Sku], form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let most = skus.iter().map(|sku| sku.sellable).max().unwrap_or(0).clamp(1, cart::MOST_UNITS);
    let first = skus.iter().find(|sku| sku.sellable > 0).map(|sku| sku.id.0.to_string());
    let selected = if form.has("sku") { form.get("sku").to_owned() } else { first.clone().unwrap_or_default() };
    let quantity = text::legible(form.get("quantity")).parse().unwrap_or(1);
    let choice = |sku: &Sku| {
        let choice = Choice::new(sku.id.0.to_string(), sku.spec.clone());
        if sku.sellable == 0 {
            choice.disabled("已售罄")
        } else {
            choice.with(format!("{} · 库存 {}", sku.price.show(), sku.sellable))
        }
    };
    let choices: Vec<Choice> = skus.iter().map(choice).collect();
    let (sku_error, quantity_error) = (Problem::at(problem, "sku"), Problem::at(problem, "quantity"));
    let none_left = first.is_none().then(|| view! { <Notice tone=Tone::Warn>"商品已售罄，可以先看看其他商品"</Notice> });
    view! {
        {none_left}
        <Follow parts="#price, #in-stock">
            <SubmitOnce>
                <form
                    id="buy" method="post" action=routes::buyer::product(product.0) class="form" novalidate=true data-shown-by=routes::buyer::product(product.0)
                >
                    <Hidden name="request_key" value=request_key()/>
                    <RadioChips legend="规格" name="sku" choices=choices selected=selected error=sku_error required=true/>
                    <div class="row row--between"><span>"数量"</span><Quantity name="quantity" value=quantity max=most error=quantity_error/></div>
                </form>
            </SubmitOnce>
        </Follow>
    }
}
