//! The signed requests of the shop.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};

use super::bank::Bank;
use super::books::Fault;
use super::problem::{Answer, Problem, read};
use crate::server::payments::signing;
use crate::server::payments::wire::{OpenPayment, OpenRefund, OpenedPayment, Payment, Refund};
use crate::server::payments::{CURRENCY, Channel};

const LONGEST_NUMBER: usize = 64;

pub async fn open_payment(State(bank): State<Arc<Bank>>, body: Bytes) -> Result<Answer<OpenedPayment>, Problem> {
    let order: OpenPayment = read(&body)?;
    check(&order.payment_no, order.amount, &order.currency)?;
    if Channel::parse(&order.channel).is_none() {
        return Err(Problem::param("支付渠道只能是 wechat 或 alipay"));
    }
    let token = signing::random_word().map_err(|error| Problem::Failed(error.to_string()))?;
    let payment = bank.books.open_payment(&order, &token, bank.clock.now()).await?;
    Ok(Answer(OpenedPayment { cashier_url: bank.cashier_url(&payment), payment_no: payment.payment_no }))
}

pub async fn payment(State(bank): State<Arc<Bank>>, Path(payment_no): Path<String>) -> Result<Answer<Payment>, Problem> {
    let payment = bank.books.payment(&payment_no, bank.clock.now()).await?;
    Ok(Answer(payment.ok_or_else(Problem::not_found)?.report()))
}

/// Answers with the payment as it stands then: closed, or paid because the buyer was faster.
pub async fn close_payment(State(bank): State<Arc<Bank>>, Path(payment_no): Path<String>) -> Result<Answer<Payment>, Problem> {
    let payment = bank.books.close_payment(&payment_no, bank.clock.now()).await?;
    Ok(Answer(payment.ok_or_else(Problem::not_found)?.report()))
}

pub async fn open_refund(
    State(bank): State<Arc<Bank>>,
    Extension(fault): Extension<Option<Fault>>,
    body: Bytes,
) -> Result<Answer<Refund>, Problem> {
    let order: OpenRefund = read(&body)?;
    check(&order.refund_no, order.amount, &order.currency)?;
    let accepted = bank.refund(&order, fault).await?;
    Ok(Answer(accepted.refund.report()))
}

pub async fn refund(State(bank): State<Arc<Bank>>, Path(refund_no): Path<String>) -> Result<Answer<Refund>, Problem> {
    let refund = bank.books.refund(&refund_no).await?;
    Ok(Answer(refund.ok_or_else(Problem::not_found)?.report()))
}

/// The real gateways take numbers of the same characters and length.
pub fn check(number: &str, amount: i64, currency: &str) -> Result<(), Problem> {
    let usual = |c: char| c.is_ascii_alphanumeric() || "_-|*@".contains(c);
    if number.is_empty() || number.len() > LONGEST_NUMBER || !number.chars().all(usual) {
        return Err(Problem::param("单号须为 1 至 64 位字母、数字或 _-|*@"));
    }
    if amount <= 0 || currency != CURRENCY {
        return Err(Problem::param("金额须为正整数(分),币种须为 CNY"));
    }
    Ok(())
}
