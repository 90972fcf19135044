//! The cashier: where a person pays, as the app of the real gateway would ask.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::bank::Bank;
use super::books::{Paying, Payment};
use super::page::{moment, page, problem_page};
use super::problem::Problem;
use crate::domain::Money;
use crate::server::payments::wire::PaymentStatus;

pub async fn show(State(bank): State<Arc<Bank>>, Path(token): Path<String>) -> Response {
    match find(&bank, &token).await {
        Ok(payment) => draw(&payment),
        Err(problem) => problem_page(&problem),
    }
}

/// Pays and leads back to the shop, which learns of it by callback or by asking, never by this redirect.
pub async fn confirm(State(bank): State<Arc<Bank>>, Path(token): Path<String>) -> Response {
    let payment = match find(&bank, &token).await {
        Ok(payment) if payment.status != PaymentStatus::Closed => payment,
        Ok(closed) => return draw(&closed),
        Err(problem) => return problem_page(&problem),
    };
    let paying = Paying { at: bank.clock.now(), amount: None, quiet: false };
    match bank.pay(&payment.payment_no, paying).await {
        Ok(()) => Redirect::to(&payment.return_url).into_response(),
        Err(problem) => problem_page(&problem),
    }
}

/// Leads back to the shop; the payment may still be made later.
pub async fn cancel(State(bank): State<Arc<Bank>>, Path(token): Path<String>) -> Response {
    match find(&bank, &token).await {
        Ok(payment) => Redirect::to(&payment.return_url).into_response(),
        Err(problem) => problem_page(&problem),
    }
}

async fn find(bank: &Bank, token: &str) -> Result<Payment, Problem> {
    bank.books.payment_by_token(token, bank.clock.now()).await?.ok_or_else(Problem::not_found)
}

fn draw(payment: &Payment) -> Response {
    let (brand, name) = match payment.channel.as_str() {
        "wechat" => ("cashier wechat", "微信支付"),
        _ => ("cashier alipay", "支付宝"),
    };
    let status = if payment.status == PaymentStatus::Closed { StatusCode::GONE } else { StatusCode::OK };
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

fn choices(payment: &Payment) -> AnyView {
    let back = payment.return_url.clone();
    match payment.status {
        PaymentStatus::Pending => view! {
            <form method="post" action=format!("/cashier/{}/confirm", payment.token)>
                <button class="filled">"确认支付"</button>
            </form>
            <form method="post" action=format!("/cashier/{}/cancel", payment.token)>
                <button>"取消"</button>
            </form>
        }
        .into_any(),
        PaymentStatus::Paid => said("已支付", back),
        PaymentStatus::Closed => said("订单已关闭或已过期,不能再支付", back),
    }
}

fn said(words: &'static str, back: String) -> AnyView {
    view! {
        <p class="said" role="status">{words}</p>
        <a class="button filled" href=back>"返回商家"</a>
    }
    .into_any()
}
