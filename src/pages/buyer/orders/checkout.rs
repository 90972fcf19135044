//! `/checkout`: the order confirmation, with everything that is about to happen on one page.

mod cards;
mod coupons;

use crate::domain::order::{OrderState, Totals};
use crate::domain::{BuyerCouponId, Money, Refusal};
use crate::http::form::Form;
use crate::http::forms::{RECOUNT, checkout};
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::islands::asking::Follow;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result as Outcome};
use crate::server::money::coupons::CouponChoice;
use crate::server::money::wallet::Purse;
use crate::server::orders::{self, Basket, Checkout};
use crate::ui::{Button, ButtonKind, BuyerFrame, FormErrors, Hidden, Price};
use axum::Router;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::CHECKOUT, get(show).post(submit))
}

/// What is to be ordered: a shop's group of the cart, or one SKU at once.
#[derive(serde::Deserialize)]
struct CheckoutQuery {
    #[serde(default)]
    shop: String,
    #[serde(default)]
    sku: String,
    #[serde(default)]
    quantity: String,
}

async fn show(buyer: Buyer, Query(query): Query<CheckoutQuery>) -> Result<Response, Failure> {
    let key = request_key();
    let form = Form::of(&[("shop", &query.shop), ("sku", &query.sku), ("quantity", &query.quantity), ("request_key", &key)]);
    page(&buyer, &form, None).await
}

async fn submit(buyer: Buyer, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return page(&buyer, &form, None).await;
    }
    match place(&buyer, &form).await {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(error) => page(&buyer, &form, Some(Problem::of(error)?)).await,
    }
}

/// Places the order and says where it goes on: to the cashier, if anything is left to pay.
async fn place(buyer: &Buyer, form: &Form) -> Outcome<String> {
    let new = checkout::new_order(form)?;
    let number = orders::place(buyer, checkout::basket(form)?, new, &form.request()).await?;
    let order = orders::for_buyer(buyer, &number).await?.order;
    let unpaid = matches!(order.state, OrderState::PendingPayment { .. });
    Ok(if unpaid { routes::buyer::pay(&number) } else { routes::buyer::order(&number) })
}

async fn page(buyer: &Buyer, form: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let Ok(basket) = checkout::basket(form) else { return Ok(to_cart()) };
    match (orders::basket(buyer, basket).await, basket) {
        (Ok(checkout), _) => Ok(draw(checkout, form, basket, problem.as_ref())),
        (Err(Error::NotFound), Basket::Cart(_)) if problem.is_some_and(|problem| problem.used_up) => Err(Refusal::FormUsed.into()),
        // It was ordered a moment ago, or taken out elsewhere.
        (Err(Error::NotFound), Basket::Cart(_)) => Ok(to_cart()),
        (Err(error), _) => Err(error.into()),
    }
}

fn to_cart() -> Response {
    Redirect::to(routes::buyer::CART).into_response()
}

/// What coupon, points and balance would give as chosen and typed; nothing while they cannot be read, or are more than the buyer holds.
#[derive(Clone, Copy)]
struct Typed {
    coupon: Option<BuyerCouponId>,
    off: Money,
    points: Money,
    balance: Money,
}

impl Typed {
    /// A page that was not sent yet begins with the best coupon.
    fn of(form: &Form, coupons: &[CouponChoice], purse: Purse) -> Self {
        let chosen = if form.has("expected") {
            form.get("coupon").parse().ok().and_then(|id: i64| coupons.iter().find(|choice| choice.id.0 == id))
        } else {
            coupons.first()
        };
        let (coupon, off) = chosen.map_or((None, Money::ZERO), |choice| (Some(choice.id), choice.worth));
        let points = Money::parse_whole(form.get("points")).filter(|points| *points <= purse.points);
        let balance = Money::parse(form.get("balance")).ok().filter(|balance| *balance <= purse.balance);
        Self { coupon, off, points: points.map_or(Money::ZERO, Money), balance: balance.unwrap_or(Money::ZERO) }
    }

    /// What is to be paid once the coupon is taken off.
    fn payable(self, totals: Totals) -> Money {
        totals.payable() - self.off
    }

    /// What points and balance leave to pay, if they do not give more than there is to pay.
    fn left_of(self, payable: Money) -> Option<Money> {
        let given = self.points + self.balance;
        (given.is_positive() && given <= payable).then_some(payable - given)
    }
}

fn draw(checkout: Checkout, form: &Form, basket: Basket, problem: Option<&Problem>) -> Response {
    let (status, errors) = (Problem::status_of(problem), Problem::listed(problem));
    Document::buyer("确认订单").status(status).draw(move || {
        let expected = checkout.totals.payable();
        let typed = Typed::of(form, &checkout.coupons, checkout.purse);
        let payable = typed.payable(checkout.totals);
        let back = match basket {
            Basket::Cart(_) => routes::buyer::CART.to_owned(),
            Basket::Now { .. } => {
                checkout.goods.first().map_or(routes::buyer::HOME.to_owned(), |(offer, _)| routes::buyer::product(offer.product_id.0))
            }
        };
        let recipient = cards::recipient(&checkout, form, &again(basket), problem);
        let (goods, wallet) = (cards::goods(&checkout, form, problem), cards::wallet(&checkout, payable, form, problem));
        let coupon = coupons::draw(&checkout, typed, problem);
        let (bill, key) = (cards::bill(&checkout, typed), Problem::key(problem, form));
        let bottom = view! {
            <p class="bottom-bar__sum" aria-live="polite">"合计 "<Price amount=typed.left_of(payable).unwrap_or(payable)/></p>
            <Button kind=ButtonKind::Primary form="checkout">"提交订单"</Button>
        };
        view! {
            <BuyerFrame title="确认订单" back=back bottom=bottom.into_any()>
                <FormErrors errors=errors/>
                <Follow parts="#bill, .bottom-bar__sum, #points-words, #balance-words">
                    <SubmitOnce>
                        <form id="checkout" method="post" action=routes::buyer::CHECKOUT class="form" novalidate=true>
                            {carried(basket)}
                            <Hidden name="request_key" value=key/>
                            <Hidden name="expected" value=expected.0.to_string()/>
                            {recipient}
                            {goods}
                            {coupon}
                            {wallet}
                            {bill}
                        </form>
                    </SubmitOnce>
                </Follow>
            </BuyerFrame>
        }
    })
}

/// The fields that say what is ordered.
fn carried(basket: Basket) -> AnyView {
    match basket {
        Basket::Cart(shop) => view! { <Hidden name="shop" value=shop.0.to_string()/> }.into_any(),
        Basket::Now { sku, quantity } => {
            view! { <Hidden name="sku" value=sku.0.to_string()/> <Hidden name="quantity" value=quantity.to_string()/> }.into_any()
        }
    }
}

/// This very page, to come back to.
fn again(basket: Basket) -> String {
    match basket {
        Basket::Cart(shop) => format!("{}?shop={}", routes::buyer::CHECKOUT, shop.0),
        Basket::Now { sku, quantity } => format!("{}?sku={}&quantity={quantity}", routes::buyer::CHECKOUT, sku.0),
    }
}
