//! What is done with a batch: parse, one verb, and back to its page.

use crate::http::form::Form;
use crate::http::forms;
use crate::pages::extract::Path;
use crate::pages::merchant::after_sales::list;
use crate::pages::problem::{Failure, Problem};
use crate::routes::merchant as paths;
use crate::server::after_sales::batches;
use crate::server::ctx::Staff;
use crate::server::error::Result as Outcome;
use axum::response::{IntoResponse, Redirect, Response};

/// 「批量同意」, 「批量驳回」 on the workbench: leads to the page that says what it comes to.
pub(super) async fn propose(staff: Staff, form: Form) -> Result<Response, Failure> {
    let proposed = match list::chosen(&staff, &form) {
        Ok(chosen) => batches::propose(&staff, &chosen, &form.request()).await,
        Err(error) => Err(error),
    };
    match proposed {
        Ok(number) => Ok(Redirect::to(&paths::batch(&number)).into_response()),
        Err(error) => list::refused(staff, &form, &Problem::of(error)?).await,
    }
}

/// 「确认」.
pub(super) async fn start(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = begin(&staff, &number, &form).await;
    answer(staff, &number, &form, done).await
}

/// What has to be said depends on what the batch decides.
async fn begin(staff: &Staff, number: &str, form: &Form) -> Outcome<()> {
    let decision = batches::to_begin(staff, number).await?.decision;
    batches::start(staff, number, forms::batch::answer(decision, form)?).await
}

/// 「停止」.
pub(super) async fn stop(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = batches::stop(&staff, &number).await;
    answer(staff, &number, &Form::default(), done).await
}

/// 「继续」.
pub(super) async fn resume(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = batches::resume(&staff, &number).await;
    answer(staff, &number, &Form::default(), done).await
}

/// 「放弃」.
pub(super) async fn drop(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = batches::drop(&staff, &number).await;
    answer(staff, &number, &Form::default(), done).await
}

async fn answer(staff: Staff, number: &str, typed: &Form, done: Outcome<()>) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(Redirect::to(&paths::batch(number)).into_response()),
        Err(error) => super::page(staff, number, None, typed, Some(Problem::of(error)?)).await,
    }
}
