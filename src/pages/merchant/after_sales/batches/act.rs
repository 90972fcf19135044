//! What is done with a batch: back to its page.

use crate::http::form::Form;
use crate::http::posts::{self, PostOutcome};
use crate::http::problem::Problem;
use crate::pages::extract::Path;
use crate::pages::failure::Failure;
use crate::pages::merchant::after_sales::list;
use crate::routes::merchant as paths;
use crate::server::after_sales::batches;
use crate::server::ctx::Staff;
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

pub(super) async fn start(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = posts::batches::start(&staff, &number, &form).await;
    answer(staff, &number, &form, done).await
}

pub(super) async fn stop(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = posts::batches::stop(&staff, &number).await;
    answer(staff, &number, &Form::default(), done).await
}

pub(super) async fn resume(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = posts::batches::resume(&staff, &number).await;
    answer(staff, &number, &Form::default(), done).await
}

pub(super) async fn drop(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let done = posts::batches::drop(&staff, &number).await;
    answer(staff, &number, &Form::default(), done).await
}

async fn answer(staff: Staff, number: &str, typed: &Form, done: PostOutcome) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&done.to).into_response()),
        Err(error) => super::page(staff, number, None, typed, Some(Problem::of(error)?)).await,
    }
}
