//! `/orders/{no}/pay`: the cashier.

mod code;
mod qr;
mod tenders;
mod wechat;

use super::order;
use crate::domain::order::OrderState;
use crate::domain::{PaymentStatus, Tender, Timestamp};
use crate::http::client::{BrowserKind, ClientAddress};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::session;
use crate::islands::{Countdown, SubmitOnce};
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result as Outcome};
use crate::server::money::wallet;
use crate::server::orders::{self, CashierStep, OrderDetail};
use crate::server::payments::{Gateways, PayScene};
use crate::ui::{Button, ButtonKind, BuyerFrame, Card, FormErrors, Hero, KeyValue, KeyValues, Notice, Price, PriceSize, Tone};
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;
use tenders::{OFFERED, PaymentFlow};
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/orders/{number}/pay", get(show).post(submit))
        .route("/orders/{number}/pay/code", get(code::show))
        .route("/orders/{number}/pay/wechat", get(wechat::show))
        .route("/orders/{number}/pay/wechat/login", get(wechat::come_back))
}

/// What the way here says.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct PayQuery {
    /// WeChat's cashier was left without paying.
    cancelled: Option<String>,
}

async fn show(buyer: Buyer, Path(number): Path<String>, window: BrowserKind, Query(shown): Query<PayQuery>) -> Result<Response, Failure> {
    let detail = orders::for_buyer(&buyer, &number).await?;
    page(&buyer, detail, window, &Form::default(), Came { cancelled: shown.cancelled.is_some(), problem: None }).await
}

async fn submit(
    buyer: Buyer,
    session: Session,
    Path(number): Path<String>,
    client: ClientAddress,
    window: BrowserKind,
    form: Form,
) -> Result<Response, Failure> {
    let chosen = pay(&buyer, &session, &number, window, form.get("tender"), client).await;
    answer(&buyer, &number, window, &form, chosen).await
}

/// On to where it is paid; what was refused is said at the cashier.
async fn answer(buyer: &Buyer, number: &str, window: BrowserKind, form: &Form, chosen: Outcome<CashierStep>) -> Result<Response, Failure> {
    match chosen {
        Ok(CashierStep::Scan) => Ok(Redirect::to(&routes::buyer::scan(number)).into_response()),
        Ok(CashierStep::Done) => Ok(Redirect::to(&routes::buyer::order(number)).into_response()),
        Ok(CashierStep::Cashier(url)) => Ok(Redirect::to(&url).into_response()),
        Err(error) => {
            let problem = Some(Problem::of(error)?);
            page(buyer, orders::for_buyer(buyer, number).await?, window, form, Came { cancelled: false, problem }).await
        }
    }
}

async fn pay(
    buyer: &Buyer,
    session: &Session,
    number: &str,
    window: BrowserKind,
    typed: &str,
    client: ClientAddress,
) -> Outcome<CashierStep> {
    let tender = Tender::from_code(typed).filter(|tender| OFFERED.contains(tender));
    let tender = tender.ok_or_else(|| Error::field("tender", "请选择支付方式"))?;
    match PaymentFlow::of(tender, window, &buyer.app.gateways) {
        PaymentFlow::Shut => Err(Error::field("tender", "微信内打不开付款页，请在浏览器中打开本页，或选择其他支付方式")),
        PaymentFlow::InWechat => session::wechat::pay(buyer, session, number).await,
        PaymentFlow::Code => orders::pay(buyer, number, tender, PayScene::Screen).await,
        PaymentFlow::Page => orders::pay(buyer, number, tender, PayScene::Browser { ip: client.ip() }).await,
    }
}

/// How the buyer comes to the cashier.
#[derive(Default)]
struct Came {
    cancelled: bool,
    problem: Option<Problem>,
}

async fn page(buyer: &Buyer, detail: OrderDetail, window: BrowserKind, form: &Form, came: Came) -> Result<Response, Failure> {
    let Came { cancelled, problem } = came;
    let OrderState::PendingPayment { pay_by } = detail.order.state else {
        return match problem {
            Some(problem) => Ok(order::draw(buyer, detail, order::BuyerOrderQuery::with(problem))),
            None => Ok(Redirect::to(&routes::buyer::order(&detail.order.number)).into_response()),
        };
    };
    let purse = wallet::purse(buyer, detail.order.shop_id).await?;
    let (app, now) = (&buyer.app, buyer.now);
    let document = Document::buyer("收银台").status(Problem::status_of(problem.as_ref()));
    let document = app.gateways.cashiers().iter().fold(document, |document, origin| document.posting_to(origin));
    let gateways = app.gateways.clone();
    Ok(document.draw(move || {
        let order = &detail.order;
        let action = routes::buyer::pay(&order.number);
        let tenders = tenders::draw(&detail, window, form, purse, &gateways, problem.as_ref());
        let bottom = view! {
            <p class="bottom-bar__sum">"应付 "<Price amount=order.due()/></p>
            <Button kind=ButtonKind::Primary form="pay">"确认付款"</Button>
        };
        view! {
            <BuyerFrame title="收银台" back=routes::buyer::order(&order.number) hero=hero(&detail, pay_by, now) bottom=bottom.into_any()>
                {amount(&detail)}
                <FormErrors errors=Problem::listed(problem.as_ref())/>
                {cancelled.then(|| view! { <Notice tone=Tone::Info>"已取消微信支付。可以重新付款，或换一种方式"</Notice> })}
                {way_out(window, &gateways)}
                {under_way(&detail)}
                <Card>
                    <SubmitOnce>
                        <form id="pay" method="post" action=action class="form" novalidate=true>
                            {tenders}
                        </form>
                    </SubmitOnce>
                </Card>
            </BuyerFrame>
        }
    }))
}

fn hero(detail: &OrderDetail, pay_by: Timestamp, now: Timestamp) -> AnyView {
    let overdue = detail.payment_deadline_in_words();
    let then = (pay_by > now).then_some("，逾期订单自动关闭");
    view! {
        <Hero title="待付款"><Countdown due=pay_by.0 now=now.0 finished="时间到，正在更新…" overdue=overdue/>{then}</Hero>
    }
    .into_any()
}

/// What is to be paid, and how it came to that.
fn amount(detail: &OrderDetail) -> impl IntoView + use<> {
    let order = &detail.order;
    let held = detail.payments.iter().filter(|payment| payment.status() == PaymentStatus::Held);
    let label = |tender: Tender| format!("{}{}", if tender.is_online() { "已付" } else { "已用" }, tender.name());
    let held = held.map(|payment| (label(payment.tender), payment.tender.show(payment.amount)));
    let held = held.map(|(label, amount)| view! { <KeyValue label=label>{amount}</KeyValue> }).collect_view();
    let (number, payable) = (order.number.clone(), order.totals.payable().show());
    let breakdown = order.held.is_positive().then(|| {
        view! {
            <KeyValues money=true>
                <KeyValue label="订单金额">{payable}</KeyValue>
                {held}
            </KeyValues>
        }
    });
    let due = order.due();
    let price = view! { <Price amount=due size=PriceSize::Huge/> }.into_any();
    view! {
        <Card title="应付金额" aside=price>
            <p class="muted small">"订单编号 "{number}</p>
            {breakdown}
        </Card>
    }
}

/// A payment that was begun: it may have been made, and only its callback is missing.
fn under_way(detail: &OrderDetail) -> Option<impl IntoView + use<>> {
    let payment = detail.payment_under_way()?;
    let number = &detail.order.number;
    let href = if payment.scanned().is_some() { routes::buyer::scan(number) } else { routes::buyer::order(number) };
    let words = format!("已发起{}。如果已经付款，请点此查看结果；换一种方式付款会先关闭它", payment.tender.name());
    Some(view! { <Notice tone=Tone::Info href=href>{words}</Notice> })
}

/// Where the gateways' pages do not open: how they do.
fn way_out(window: BrowserKind, gateways: &Gateways) -> Option<impl IntoView + use<>> {
    let shut: Vec<_> = OFFERED.into_iter().filter(|tender| tenders::offered(*tender, gateways)).collect();
    let shut: Vec<_> =
        shut.into_iter().filter(|tender| PaymentFlow::of(*tender, window, gateways) == PaymentFlow::Shut).map(Tender::name).collect();
    let title = format!("微信内不能使用{}", shut.join("和"));
    let words = "请点右上角「···」，选择「在浏览器打开」后付款；也可以选择下面的其他支付方式";
    (!shut.is_empty()).then(|| view! { <Notice tone=Tone::Warn title=title>{words}</Notice> })
}
