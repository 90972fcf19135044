//! `/orders/{no}/pay/code`: the code that a phone scans to pay, on a screen beside it; once it was paid, the order.

use super::{hero, qr};
use crate::domain::order::OrderState;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::routes::buyer as paths;
use crate::server::ctx::Buyer;
use crate::server::error::Error;
use crate::server::orders;
use crate::ui::{ButtonKind, BuyerFrame, Card, LinkButton, Notice, Price, PriceSize, Tone};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct PayCodeQuery {
    /// 「我已付款，查看结果」 was pressed.
    asked: Option<String>,
}

/// Every look asks the gateway what has become of the payment.
pub async fn show(buyer: Buyer, Path(number): Path<String>, Query(asked): Query<PayCodeQuery>) -> Result<Response, Failure> {
    let detail = orders::for_returning_buyer(&buyer, &number).await?;
    let OrderState::PendingPayment { pay_by } = detail.order.state else {
        return Ok(Redirect::to(&paths::order(&number)).into_response());
    };
    let payment = detail.payment_under_way().and_then(|payment| Some((payment.amount, payment.scanned()?.to_owned())));
    let Some((amount, code)) = payment else { return Ok(Redirect::to(&paths::pay(&number)).into_response()) };
    let drawn = qr::draw(&code).ok_or_else(|| Error::Internal("a code that is too long".to_owned()))?;
    let not_yet = asked.asked.is_some().then(|| {
        view! { <Notice tone=Tone::Info>"还没有查询到付款；付款完成后，本页会自动更新"</Notice> }
    });
    let price = view! { <Price amount=amount size=PriceSize::Huge/> }.into_any();
    Ok(Document::buyer("微信扫码支付").waiting().draw(move || {
        let (again, other) = (format!("{}?asked=1", paths::scan(&number)), paths::pay(&number));
        view! {
            <BuyerFrame title="微信扫码支付" back=other.clone() hero=hero(&detail, pay_by, buyer.now)>
                {not_yet}
                <Card title="应付金额" aside=price>
                    <p class="muted small">"订单编号 "{number.clone()}</p>
                    <figure class="scan">
                        {drawn}
                        <figcaption>"打开手机微信，用「扫一扫」扫描二维码付款"</figcaption>
                    </figure>
                    {in_the_sandbox(code)}
                    <div class="scan__actions">
                        <LinkButton href=again kind=ButtonKind::Primary wide=true>"我已付款，查看结果"</LinkButton>
                        <LinkButton href=other kind=ButtonKind::Quiet wide=true>"换一种方式付款"</LinkButton>
                    </div>
                </Card>
            </BuyerFrame>
        }
    }))
}

/// WeChat's own codes open in WeChat alone; what opens in a browser is the sandbox, where nobody has a phone to scan with.
fn in_the_sandbox(code: String) -> Option<AnyView> {
    code.starts_with("http").then(|| {
        view! {
            <p class="scan__sandbox small">
                <a class="link" href=code target="_blank" rel="noopener">"演示环境：不用扫码，打开沙箱收银台"</a>
            </p>
        }
        .into_any()
    })
}
