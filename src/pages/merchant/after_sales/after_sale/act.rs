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

/// The form of a dialog.
pub async fn submit(window: AfterSaleDialog, staff: Staff, number: String, form: Form) -> Result<Response, Failure> {
    if form.has(RECOUNT) {
        return Ok(AfterSalePage { open: Some(window), typed: form, ..AfterSalePage::load(staff, &number).await? }.draw());
    }
    let done = match window {
        AfterSaleDialog::Decide | AfterSaleDialog::Settle => shop_cases::decide(&staff, &number, &form).await,
        AfterSaleDialog::Receive => shop_cases::receive(&staff, &number, &form).await,
        AfterSaleDialog::Reship => shop_cases::reship(&staff, &number, &form).await,
        AfterSaleDialog::Remark => shop_cases::remark(&staff, &number, &form).await,
    };
    answer(staff, &number, Some(window), form, done).await
}

pub async fn retry(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = shop_cases::retry(&staff, &number, &form).await;
    answer(staff, &number, None, form, done).await
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
