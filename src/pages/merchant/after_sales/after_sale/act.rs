//! What is done to a case: parse, one verb, and back to the page; or the page again with the dialog still open.

use super::AfterSalePage;
use super::window::AfterSaleDialog;
use crate::domain::{Permission, Refusal};
use crate::http::form::Form;
use crate::http::forms;
use crate::pages::problem::{Failure, Problem};
use crate::routes::merchant as paths;
use crate::server::after_sales::{self, Precondition};
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result as Outcome};
use crate::server::orders;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

/// 「处理退货申请」, 「处理退款申请」: the answer to an application.
pub async fn decide(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = dispatch(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Decide), form, done).await
}

/// What follows once the goods are back, or once a refund has failed.
pub async fn settle(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = dispatch(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Settle), form, done).await
}

/// 「确认收到退货」.
pub async fn receive(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let found = forms::after_sale::inspection(&form);
    let done = after_sales::receive(&staff, &number, &found, &Precondition::of(&form)).await;
    let done = done.map(|()| "received").map_err(Error::beside_field);
    answer(staff, &number, Some(AfterSaleDialog::Receive), form, done).await
}

/// 「换货发出」.
pub async fn reship(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = ship_replacement(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Reship), form, done).await
}

/// 「重试退款」.
pub async fn retry(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = after_sales::retry_refund(&staff, &number, &Precondition::of(&form)).await.map(|()| "retried");
    answer(staff, &number, None, form, done).await
}

/// 「备注」: shared with the order.
pub async fn remark(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    staff.require(Permission::RemarkAndFlag)?;
    let order = after_sales::for_shop(&staff, &number).await?.order().number().to_owned();
    let done = match forms::order::note(&form) {
        Ok(note) => orders::mark(&staff, &order, &note).await.map(|()| "remarked"),
        Err(errors) => Err(errors.into()),
    };
    answer(staff, &number, Some(AfterSaleDialog::Remark), form, done).await
}

async fn dispatch(staff: &Staff, number: &str, form: &Form) -> Outcome<&'static str> {
    match form.get("decision") {
        "reject" => reject(staff, number, form).await,
        "approve_return" => approve_return(staff, number, form).await,
        "agree_refund" => agree_refund(staff, number, form).await,
        "refund_manually" => refund_manually(staff, number, form).await,
        _ if !decides(staff) => Err(Refusal::NotAllowed.into()),
        _ => Err(Error::field("decision", "请选择处理方式")),
    }
}

async fn reject(staff: &Staff, number: &str, form: &Form) -> Outcome<&'static str> {
    staff.require(Permission::DecideAfterSale)?;
    after_sales::reject(staff, number, forms::after_sale::rejection(form)?, &Precondition::of(form)).await?;
    Ok("rejected")
}

async fn approve_return(staff: &Staff, number: &str, form: &Form) -> Outcome<&'static str> {
    staff.require(Permission::DecideAfterSale)?;
    after_sales::approve_return(staff, number, forms::after_sale::return_approval(form)?, &Precondition::of(form)).await?;
    Ok("approved")
}

async fn agree_refund(staff: &Staff, number: &str, form: &Form) -> Outcome<&'static str> {
    after_sales::agree_refund(staff, number, forms::after_sale::refund_agreement(form), &Precondition::of(form)).await?;
    Ok("agreed")
}

async fn refund_manually(staff: &Staff, number: &str, form: &Form) -> Outcome<&'static str> {
    staff.require(Permission::SettleMoney)?;
    after_sales::refund_manually(staff, number, forms::after_sale::manual_refund(form)?, &Precondition::of(form)).await?;
    Ok("settled")
}

async fn ship_replacement(staff: &Staff, number: &str, form: &Form) -> Outcome<&'static str> {
    staff.require(Permission::ReceiveReturn)?;
    after_sales::ship_replacement(staff, number, forms::parcel::confirmed(form)?, &Precondition::of(form)).await?;
    Ok("reshipped")
}

/// Is any decision about money or goods theirs at all?
fn decides(staff: &Staff) -> bool {
    [Permission::DecideAfterSale, Permission::AgreeRefund, Permission::SettleMoney].into_iter().any(|permission| staff.may(permission))
}

async fn answer(
    staff: Staff,
    number: &str,
    window: Option<AfterSaleDialog>,
    typed: Form,
    done: Outcome<&'static str>,
) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&format!("{}?done={done}", paths::after_sale(number))).into_response()),
        Err(error) => {
            let problem = Some(Problem::of(error)?);
            Ok(AfterSalePage { open: window, typed, problem, ..AfterSalePage::load(staff, number).await? }.draw())
        }
    }
}

/// What the page says after the redirect.
pub(super) fn done_in_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "rejected" => "已驳回，买家会收到通知",
        "approved" => "已同意退货，退货地址已发给买家",
        "agreed" => "已同意退款，每笔钱按付款方式退回",
        "settled" => "已登记线下退款，售后完结",
        "received" => "已确认收到退货",
        "reshipped" => "换货已发出，买家会收到通知",
        "retried" => "已重新发起退款",
        "remarked" => "备注已保存，订单和售后同步显示",
        _ => return None,
    })
}
