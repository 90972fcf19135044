//! The cashier: where a person pays, as the app of the real gateway would ask.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::bank::Bank;
use super::books::{BookedPayment, BookedPaymentStatus, Paying};
use super::page::{moment, page, problem_page};
use super::problem::SandboxProblem;
use crate::domain::Money;

/// What a merchant adds to the address of the cashier: where the browser goes afterwards.
#[derive(Deserialize)]
pub struct CashierQuery {
    redirect_url: Option<String>,
}

pub async fn show(State(bank): State<Arc<Bank>>, Path(token): Path<String>, Query(way): Query<CashierQuery>) -> Response {
    match find(&bank, &token, way).await {
        Ok(payment) => draw(&payment),
        Err(problem) => problem_page(&problem),
    }
}

/// Pays and leads back to the shop, which learns of it by callback or by asking, never by this redirect.
pub async fn confirm(State(bank): State<Arc<Bank>>, Path(token): Path<String>, Query(way): Query<CashierQuery>) -> Response {
    let payment = match find(&bank, &token, way).await {
        Ok(payment) if payment.status != BookedPaymentStatus::Closed => payment,
        Ok(closed) => return draw(&closed),
        Err(problem) => return problem_page(&problem),
    };
    let paying = Paying { at: bank.clock.now(), amount: None, quiet: false };
    match bank.pay(&payment.payment_no, paying).await {
        Ok(()) => lead_back(&payment),
        Err(problem) => problem_page(&problem),
    }
}

/// Leads back to the shop; the payment may still be made later.
pub async fn cancel(State(bank): State<Arc<Bank>>, Path(token): Path<String>, Query(way): Query<CashierQuery>) -> Response {
    match find(&bank, &token, way).await {
        Ok(payment) => lead_back(&payment),
        Err(problem) => problem_page(&problem),
    }
}

/// Who scanned a code has no page to go back to, and stays.
fn lead_back(payment: &BookedPayment) -> Response {
    let stays = format!("/cashier/{}", payment.token);
    Redirect::to(if payment.return_url.is_empty() { &stays } else { &payment.return_url }).into_response()
}

/// The payment with its way back: the order's own, or the one in the address if it leads to the merchant's domain.
async fn find(bank: &Bank, token: &str, way: CashierQuery) -> Result<BookedPayment, SandboxProblem> {
    let mut payment = bank.books.payment_by_token(token, bank.clock.now()).await?.ok_or_else(SandboxProblem::not_found)?;
    let own = host_of(&bank.app_base_url);
    if let Some(url) = way.redirect_url.filter(|url| payment.return_url.is_empty() && own.is_some() && host_of(url) == own) {
        payment.return_url = url;
    }
    Ok(payment)
}

pub(super) fn host_of(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    Some(uri.host()?.to_owned()).filter(|_| matches!(uri.scheme_str(), Some("http" | "https")))
}

fn draw(payment: &BookedPayment) -> Response {
    let (brand, name) = match payment.channel.as_str() {
        "wechat" => ("cashier wechat", "微信支付"),
        _ => ("cashier alipay", "支付宝"),
    };
    let status = if payment.status == BookedPaymentStatus::Closed { StatusCode::GONE } else { StatusCode::OK };
    let (term, at) = payment.paid_at.map_or(("请在此前支付", payment.expires_at), |at| ("支付时间", at));
    let amount = Money(payment.paid_amount.unwrap_or(payment.amount)).show();
    let body = view! {
        <main class=brand>
            <p class="brand"><b>{name}</b>" · 沙箱收银台"</p>
            <p class="note">"演示环境,不会扣款"</p>
            <h1>{payment.title.clone()}</h1>
            <p class="amount">{amount}</p>
            <dl>
                <dt>"支付单号"</dt>
                <dd>{payment.payment_no.clone()}</dd>
                <dt>{term}</dt>
                <dd>{moment(at)}</dd>
            </dl>
            {choices(payment)}
        </main>
    };
    page(status, &format!("{name} · 沙箱收银台"), Some(&payment.return_url), body)
}

fn choices(payment: &BookedPayment) -> AnyView {
    let back = payment.return_url.clone();
    let way = serde_urlencoded::to_string([("redirect_url", &back)]).unwrap_or_default();
    match payment.status {
        BookedPaymentStatus::Pending => view! {
            <form method="post" action=format!("/cashier/{}/confirm?{way}", payment.token)>
                <button class="filled">"确认支付"</button>
            </form>
            <form method="post" action=format!("/cashier/{}/cancel?{way}", payment.token)>
                <button>"取消"</button>
            </form>
        }
        .into_any(),
        BookedPaymentStatus::Paid => said("已支付", back),
        BookedPaymentStatus::Closed => said("订单已关闭或已过期,不能再支付", back),
    }
}

fn said(words: &'static str, back: String) -> AnyView {
    view! {
        <p class="said" role="status">{words}</p>
        {(!back.is_empty()).then(|| view! { <a class="button filled" href=back>"返回商家"</a> })}
    }
    .into_any()
}
