//! Who calls, as the gate in front of the function found them.

use crate::api::{ApiError, DoneInPlace, Refused};
use crate::domain::FieldErrors;
use crate::http::form::Form;
use crate::http::forms;
use crate::http::posts::PostOutcome;
use crate::http::problem::Problem;
use crate::server::ctx::{Buyer, Staff};
use crate::server::error::Error;
use axum::http::StatusCode;

/// Who acts for the shop.
pub async fn staff() -> Result<Staff, ApiError> {
    leptos_axum::extract().await.map_err(|_| by_page(StatusCode::UNAUTHORIZED))
}

/// Who buys.
pub async fn buyer() -> Result<Buyer, ApiError> {
    leptos_axum::extract().await.map_err(|_| by_page(StatusCode::UNAUTHORIZED))
}

/// What the form came to, for the browser. What no form can show is left to its page, which logs it, too.
pub fn answer(outcome: PostOutcome, form: &Form) -> Result<DoneInPlace, ApiError> {
    let error = match outcome {
        Ok(done) => return Ok(DoneInPlace { to: done.to, words: done.words.to_owned(), warned: done.warned }),
        Err(error) => error,
    };
    match Problem::of(error) {
        Ok(problem) => {
            let mut hidden = questions(&problem.errors, form);
            if problem.used_up {
                hidden.push(("request_key".to_owned(), Problem::key(Some(&problem), form)));
            }
            let Problem { status, summary, errors, .. } = problem;
            Err(ApiError::Refused(Refused { status: status.as_u16(), summary, fields: errors.0, hidden }))
        }
        Err(Error::NotFound) => Err(by_page(StatusCode::NOT_FOUND)),
        Err(Error::Forbidden) => Err(by_page(StatusCode::FORBIDDEN)),
        Err(_) => Err(by_page(StatusCode::SERVICE_UNAVAILABLE)),
    }
}

/// Numbers of parcels that are asked about: sent again with these fields, the form confirms them.
fn questions(errors: &FieldErrors, form: &Form) -> Vec<(String, String)> {
    let asked = errors.0.iter().filter_map(|(field, _)| match field.strip_prefix("tracking")?.strip_prefix('_') {
        Some(index) => Some((format!("confirmed_{index}"), forms::shipping::in_doubt(form, index)?)),
        None => Some(("confirmed".to_owned(), forms::parcel::in_doubt(form)?)),
    });
    asked.collect()
}

/// The page answers it better.
pub fn by_page(status: StatusCode) -> ApiError {
    ApiError::ByPage(status.as_u16())
}
