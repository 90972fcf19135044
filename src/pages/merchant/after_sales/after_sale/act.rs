//! What is done to a case: on to its page, or the page again with the dialog still open.

use super::AfterSalePage;
use super::window::AfterSaleDialog;
use crate::http::form::Form;
use crate::http::forms::RECOUNT;
use crate::http::posts::{PostOutcome, shop_cases};
use crate::http::problem::Problem;
use crate::pages::failure::Failure;
use crate::server::ctx::Staff;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

pub async fn decide(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return redraw(staff, &number, AfterSaleDialog::Decide, form).await;
    }
    let done = shop_cases::decide(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Decide), form, done).await
}

pub async fn settle(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return redraw(staff, &number, AfterSaleDialog::Settle, form).await;
    }
    let done = shop_cases::decide(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Settle), form, done).await
}

pub async fn receive(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return redraw(staff, &number, AfterSaleDialog::Receive, form).await;
    }
    let done = shop_cases::receive(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Receive), form, done).await
}

pub async fn reship(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return redraw(staff, &number, AfterSaleDialog::Reship, form).await;
    }
    let done = shop_cases::reship(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Reship), form, done).await
}

pub async fn retry(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = shop_cases::retry(&staff, &number, &form).await;
    answer(staff, &number, None, form, done).await
}

pub async fn remark(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return redraw(staff, &number, AfterSaleDialog::Remark, form).await;
    }
    let done = shop_cases::remark(&staff, &number, &form).await;
    answer(staff, &number, Some(AfterSaleDialog::Remark), form, done).await
}

/// The dialog with what is typed in it, on the case as it is now.
async fn redraw(staff: Staff, number: &str, window: AfterSaleDialog, typed: Form) -> Result<Response, Failure> {
    Ok(AfterSalePage { open: Some(window), typed, ..AfterSalePage::load(staff, number).await? }.draw())
}

async fn answer(staff: Staff, number: &str, window: Option<AfterSaleDialog>, typed: Form, done: PostOutcome) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&done.to).into_response()),
        Err(error) => {
            let problem = Some(Problem::of(error)?);
            Ok(AfterSalePage { open: window, typed, problem, ..AfterSalePage::load(staff, number).await? }.draw())
        }
    }
}
