//! `/orders/{no}/pay`: the cashier.

mod code;
mod qr;

use super::order;
use crate::domain::order::OrderState;
use crate::domain::{Money, Tender, Timestamp};
use crate::islands::{Countdown, SubmitOnce};
use crate::pages::document::Document;
use crate::pages::problem::{Failure, Problem};
use crate::routes;
use crate::server::app::App;
use crate::server::client::{ClientAddress, Window};
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result as Outcome};
use crate::server::form::Form;
use crate::server::orders::{self, Chosen, Detail, PaymentStatus};
use crate::server::payments::{Channel, Gateways, PayScene};
use crate::server::wallet::{self, Purse};
use crate::ui::{
    Button, ButtonKind, BuyerFrame, Card, FormErrors, Hero, KeyValue, KeyValues, Notice, Price, PriceSize, RadioCard, RadioCards, Tone,
};
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

/// The ways that the cashier offers, in this order.
const OFFERED: [Tender; 5] = [Tender::Wechat, Tender::Alipay, Tender::Balance, Tender::Points, Tender::Cod];

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/orders/{number}/pay", get(show).post(submit)).route("/orders/{number}/pay/code", get(code::show))
}

async fn show(buyer: Buyer, Path(number): Path<String>, window: Window) -> Result<Response, Failure> {
    let detail = orders::for_buyer(&buyer, &number).await?;
    page(&buyer, detail, window, &Form::default(), None).await
}

async fn submit(buyer: Buyer, Path(number): Path<String>, client: ClientAddress, window: Window, form: Form) -> Result<Response, Failure> {
    match pay(&buyer, &number, window, form.get("tender"), client).await {
        Ok(Chosen::Scan) => Ok(Redirect::to(&routes::buyer::scan(&number)).into_response()),
        Ok(Chosen::Done) => Ok(Redirect::to(&routes::buyer::order(&number)).into_response()),
        Ok(Chosen::Cashier(url)) => Ok(Redirect::to(&url).into_response()),
        Err(error) => {
            let problem = Problem::of(error)?;
            page(&buyer, orders::for_buyer(&buyer, &number).await?, window, &form, Some(problem)).await
        }
    }
}

async fn pay(buyer: &Buyer, number: &str, window: Window, typed: &str, client: ClientAddress) -> Outcome<Chosen> {
    let tender = Tender::from_code(typed).filter(|tender| OFFERED.contains(tender));
    let tender = tender.ok_or_else(|| Error::field("tender", "请选择支付方式"))?;
    if shut(window, tender) {
        return Err(Error::field("tender", "微信内打不开付款页，请在浏览器中打开本页，或选择其他支付方式"));
    }
    let scene = if scans(window, tender) { PayScene::Screen } else { PayScene::Browser { ip: client.ip() } };
    orders::pay(buyer, number, tender, scene).await
}

/// WeChat opens no cashier but the one for which the shop would need its log-in.
fn shut(window: Window, tender: Tender) -> bool {
    window == Window::InWechat && tender.is_online()
}

/// WeChat Pay has no page for desktops: there a code is scanned. Alipay's page shows one itself.
fn scans(window: Window, tender: Tender) -> bool {
    window == Window::Desktop && tender == Tender::Wechat
}

async fn page(buyer: &Buyer, detail: Detail, window: Window, form: &Form, problem: Option<Problem>) -> Result<Response, Failure> {
    let OrderState::PendingPayment { pay_by } = detail.order.state else {
        return match problem {
            Some(problem) => Ok(order::draw(buyer, detail, order::Shown::with(problem))),
            None => Ok(Redirect::to(&routes::buyer::order(&detail.order.number)).into_response()),
        };
    };
    let purse = wallet::purse(buyer).await?;
    let (app, now) = (&buyer.app, buyer.now);
    let document = Document::buyer("收银台").status(Problem::status_of(problem.as_ref()));
    let document = app.gateways.cashiers().iter().fold(document, |document, origin| document.posting_to(origin));
    let gateways = app.gateways.clone();
    Ok(document.draw(move || {
        let order = &detail.order;
        let action = routes::buyer::pay(&order.number);
        let tenders = tenders(&detail, window, form, purse, &gateways, problem.as_ref());
        let bottom = view! {
            <p class="bottom-bar__sum">"应付 "<Price amount=order.due()/></p>
            <Button kind=ButtonKind::Primary form="pay">"确认付款"</Button>
        };
        view! {
            <BuyerFrame title="收银台" back=routes::buyer::order(&order.number) hero=hero(pay_by, now) bottom=bottom.into_any()>
                {amount(&detail)}
                <FormErrors errors=Problem::listed(problem.as_ref())/>
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

fn hero(pay_by: Timestamp, now: Timestamp) -> AnyView {
    view! { <Hero title="等待付款"><Countdown due=pay_by.0 now=now.0 finished="时间到，正在更新…"/>"，逾期订单自动关闭"</Hero> }.into_any()
}

/// What is to be paid, and how it came to that.
fn amount(detail: &Detail) -> impl IntoView + use<> {
    let order = &detail.order;
    let held = detail.payments.iter().filter(|payment| payment.status == PaymentStatus::Held);
    let held = held.map(|payment| (format!("已用{}", payment.tender.name()), payment.tender.show(payment.amount)));
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
fn under_way(detail: &Detail) -> Option<impl IntoView + use<>> {
    let payment = detail.payment_under_way()?;
    let number = &detail.order.number;
    let href = if payment.scanned().is_some() { routes::buyer::scan(number) } else { routes::buyer::order(number) };
    let words = format!("已发起{}。如果已经付款，请点此查看结果；换一种方式付款会先关闭它", payment.tender.name());
    Some(view! { <Notice tone=Tone::Info href=href>{words}</Notice> })
}

/// Where the gateways' pages do not open: how they do.
fn way_out(window: Window, gateways: &Gateways) -> Option<impl IntoView + use<>> {
    let words = "请点右上角「···」，选择「在浏览器打开」后付款；也可以选择下面的其他支付方式";
    let needed = window == Window::InWechat && gateways.are_any();
    needed.then(|| view! { <Notice tone=Tone::Warn title="微信内不能使用微信支付和支付宝">{words}</Notice> })
}

fn tenders(
    detail: &Detail,
    window: Window,
    form: &Form,
    purse: Purse,
    gateways: &Gateways,
    problem: Option<&Problem>,
) -> impl IntoView + use<> {
    let due = detail.order.due();
    let begun = detail.payment_under_way().map(|payment| payment.tender.code());
    let offered = |tender: &Tender| Channel::of(*tender).is_none_or(|channel| gateways.of(channel).is_some());
    let first =
        OFFERED.iter().find(|tender| tender.is_online() && offered(tender) && !shut(window, **tender)).map_or("", |tender| tender.code());
    let selected = if form.has("tender") { form.get("tender") } else { begun.unwrap_or(first) }.to_owned();
    let card = |tender: Tender| {
        let (explain, lacking) = if shut(window, tender) {
            ("请在浏览器中打开本页付款".to_owned(), true)
        } else if scans(window, tender) {
            ("用手机微信扫码付款".to_owned(), false)
        } else {
            explained(tender, due, purse)
        };
        let checked = !lacking && selected == tender.code();
        view! { <RadioCard name="tender" value=tender.code() title=tender.name() explain=explain checked=checked disabled=lacking/> }
    };
    let cards = OFFERED.into_iter().filter(offered).map(card).collect_view();
    view! { <RadioCards legend="支付方式" name="tender" error=Problem::at(problem, "tender")>{cards}</RadioCards> }
}

/// The sentence under a tender, and whether the purse lacks what it would take.
fn explained(tender: Tender, due: Money, purse: Purse) -> (String, bool) {
    match tender {
        Tender::Balance => held_in_words(tender, purse.balance, due),
        Tender::Points => held_in_words(tender, Money(purse.points), due),
        Tender::Wechat | Tender::Alipay => (format!("打开{}完成付款", tender.name()), false),
        Tender::Cod => ("收到商品时付给快递员".to_owned(), false),
        Tender::Offline => (String::new(), true),
    }
}

fn held_in_words(tender: Tender, held: Money, due: Money) -> (String, bool) {
    let lacking = held < due;
    let shown = format!("可用 {}", tender.show(held));
    if lacking {
        (format!("{shown}，还差 {}，不足以支付", tender.show(due - held)), true)
    } else {
        (format!("{shown}，支付 {}", tender.show(due)), false)
    }
}
