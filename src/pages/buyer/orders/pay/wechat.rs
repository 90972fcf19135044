//! `/orders/{no}/pay/wechat`: inside WeChat, the page that calls its cashier; and the way back from its log-in. What the browser says of the
//! payment is never believed: the order's page asks the gateway.

use super::{Came, answer, hero, page};
use crate::domain::order::OrderState;
use crate::http::client::BrowserKind;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::session::wechat;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::routes::buyer as paths;
use crate::server::ctx::Buyer;
use crate::server::orders;
use crate::ui::{ButtonKind, BuyerFrame, Card, LinkButton, Notice, Price, PriceSize, Tone};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use tower_sessions::Session;

/// What WeChat's log-in adds to the address that it leads back to.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Back {
    code: String,
    state: String,
}

pub async fn come_back(
    buyer: Buyer,
    session: Session,
    Path(number): Path<String>,
    window: BrowserKind,
    Query(back): Query<Back>,
) -> Result<Response, Failure> {
    // Of a foreign order nothing is said (B48), and one that is paid is asked for no log-in.
    let detail = orders::for_buyer(&buyer, &number).await?;
    let OrderState::PendingPayment { .. } = detail.order.state else { return Ok(Redirect::to(&paths::order(&number)).into_response()) };
    let chosen = wechat::come_back(&buyer, &session, &number, &back.code, &back.state).await;
    answer(&buyer, &number, window, &Form::default(), chosen).await
}

pub async fn show(buyer: Buyer, session: Session, Path(number): Path<String>, window: BrowserKind) -> Result<Response, Failure> {
    let detail = orders::for_returning_buyer(&buyer, &number).await?;
    let OrderState::PendingPayment { pay_by } = detail.order.state else {
        return Ok(Redirect::to(&paths::order(&number)).into_response());
    };
    let cashier = || Ok(Redirect::to(&paths::pay(&number)).into_response());
    let Some(payment) = detail.payment_in_wechat() else { return cashier() };
    let call = if window == BrowserKind::InWechat {
        match orders::call_for_bridge(&buyer, &wechat::visit(&session).await?, &detail, payment).await {
            Ok(Some(call)) => serde_json::to_string(&call).ok(),
            Ok(None) => return cashier(),
            Err(error) => {
                let problem = Some(Problem::of(error)?);
                return page(&buyer, detail, window, &Form::default(), Came { problem, ..Came::default() }).await;
            }
        }
    } else {
        None
    };
    let price = view! { <Price amount=payment.amount size=PriceSize::Huge/> }.into_any();
    let document = Document::buyer("微信支付");
    let document = if call.is_some() { document.with_script("wechat-pay.js").framing("weixin:") } else { document };
    Ok(document.draw(move || {
        let (order, other) = (paths::order(&number), paths::pay(&number));
        let standing = call.map_or_else(|| outside().into_any(), |call| inside(&number, call).into_any());
        view! {
            <BuyerFrame title="微信支付" back=other.clone() hero=hero(&detail, pay_by, buyer.now)>
                <Card title="应付金额" aside=price>
                    <p class="muted small">"订单编号 "{number.clone()}</p>
                    {standing}
                    <div class="wechat-pay__actions">
                        <LinkButton href=order wide=true>"我已付款，查看结果"</LinkButton>
                        <LinkButton href=other kind=ButtonKind::Quiet wide=true>"换一种方式付款"</LinkButton>
                    </div>
                </Card>
            </BuyerFrame>
        }
    }))
}

/// Where there is no bridge.
fn outside() -> impl IntoView {
    view! {
        <div class="wechat-pay">
            <Notice tone=Tone::Warn title="这笔付款要在微信里完成">"请在微信里打开本页付款；也可以换一种方式，在这里付款"</Notice>
        </div>
    }
}

/// What the script shows, one at a time; as long as it does not run, or cannot be had, the page says what to do.
fn inside(number: &str, call: String) -> impl IntoView + use<> {
    let (again, cancelled) = (paths::pay_in_wechat(number), format!("{}?cancelled=1", paths::pay(number)));
    let reload = again.clone();
    view! {
        <div class="wechat-pay" data-wechat-pay=call data-paid=paths::order(number) data-cancelled=cancelled aria-live="polite">
            <div data-when="unscripted">
                <Notice title="等待打开微信支付">"如果一直没有打开，请允许浏览器运行脚本后刷新本页，或换一种方式付款"</Notice>
            </div>
            <div data-when="calling" hidden=true>
                <Notice>"正在打开微信支付…"</Notice>
            </div>
            <div data-when="failed" hidden=true>
                <Notice tone=Tone::Bad title="微信支付没有完成">"如果没有付款，可以重试；已经付款的，请查看结果，不要重复付款"</Notice>
                <div class="wechat-pay__actions"><LinkButton href=again kind=ButtonKind::Primary wide=true>"重新打开微信支付"</LinkButton></div>
            </div>
            <div data-when="silent" hidden=true>
                <Notice tone=Tone::Warn title="微信没有回应">"请刷新本页重试，或换一种方式付款"</Notice>
                <div class="wechat-pay__actions"><LinkButton href=reload kind=ButtonKind::Primary wide=true>"刷新重试"</LinkButton></div>
            </div>
        </div>
    }
}
