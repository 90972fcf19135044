//! A form that was refused: what to draw it with again.

use crate::domain::{FieldErrors, Refusal};
use crate::http::form::Form;
use crate::server::clock::request_key;
use crate::server::db::Trouble;
use crate::server::error::Error;
use crate::server::payments::LoginFault;
use axum::http::StatusCode;

/// The words for the top of the form and for its fields, and the status that fits.
#[derive(Clone, Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub summary: String,
    pub errors: FieldErrors,
    /// The form has done something else before, or has no key: with the one it has it comes to nothing.
    pub used_up: bool,
}

impl Problem {
    /// What a form can show of an error; everything else is given back, for the error page.
    pub fn of(error: Error) -> Result<Self, Error> {
        let used_up = matches!(error, Error::Refused(Refusal::FormUsed | Refusal::FormWithoutKey));
        let (status, summary, errors) = match error {
            Error::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, "请修改标出的内容后重新提交".to_owned(), errors),
            Error::Refused(refusal) => (StatusCode::CONFLICT, refusal.to_string(), FieldErrors::default()),
            Error::Stale => (StatusCode::CONFLICT, "刚刚有人处理过，内容已更新，请核对后重新操作".to_owned(), FieldErrors::default()),
            Error::Overtaken(step) => (StatusCode::CONFLICT, format!("{step}。内容已更新，请核对后重新操作"), FieldErrors::default()),
            Error::Differs => {
                (StatusCode::CONFLICT, "支付渠道记录的金额与订单不一致，商家正在核实，请稍后再试".to_owned(), FieldErrors::default())
            }
            Error::Gateway(error) => {
                tracing::warn!(%error, "gateway");
                let (sentence, hint) = error.in_words();
                (StatusCode::SERVICE_UNAVAILABLE, format!("{sentence}，{hint}"), FieldErrors::default())
            }
            Error::LogIn(fault) => (log_in_status(&fault), fault.words().to_owned(), FieldErrors::default()),
            Error::Pictures(error) => {
                tracing::error!(%error, "a picture could not be kept for now");
                (StatusCode::SERVICE_UNAVAILABLE, NO_PICTURES.to_owned(), FieldErrors::default())
            }
            // Pages can be drawn while nothing can be written.
            other @ (Error::NotFound | Error::Forbidden | Error::Inconsistent(_) | Error::Db(_) | Error::Internal(_)) => {
                match other.trouble() {
                    Some(trouble @ (Trouble::DiskFull | Trouble::DiskFails | Trouble::ReadOnly | Trouble::Locked)) => {
                        tracing::error!(%trouble, error = ?other, "a form could not be kept for now");
                        (StatusCode::SERVICE_UNAVAILABLE, NOT_KEPT.to_owned(), FieldErrors::default())
                    }
                    Some(Trouble::Overloaded | Trouble::Unreachable) | None => return Err(other),
                }
            }
        };
        Ok(Self { status, summary, errors, used_up })
    }

    /// What stands on top of the form: the fields to mend, or else why not; nothing without a problem.
    pub fn listed(problem: Option<&Self>) -> FieldErrors {
        match problem {
            Some(problem) if problem.errors.is_empty() => FieldErrors::one("", problem.summary.clone()),
            Some(problem) => problem.errors.clone(),
            None => FieldErrors::default(),
        }
    }

    /// The status of a page drawn with or without a problem.
    pub fn status_of(problem: Option<&Self>) -> StatusCode {
        problem.map_or(StatusCode::OK, |problem| problem.status)
    }

    /// The key that a form is drawn with again: its own, or a new one where that is good for nothing.
    pub fn key(problem: Option<&Self>, form: &Form) -> String {
        if problem.is_some_and(|problem| problem.used_up) { request_key() } else { form.get("request_key").to_owned() }
    }

    /// The words beside `field`.
    pub fn at(problem: Option<&Self>, field: &str) -> Option<String> {
        problem.and_then(|problem| problem.errors.of(field))
    }
}

const NO_PICTURES: &str = "图片暂时无法保存，填写的内容还在，请稍等几秒后再提交";
const NOT_KEPT: &str = "系统暂时无法保存，填写的内容还在，请稍等几秒后重新提交，不会重复处理";

/// Whether the buyer's way was wrong, or WeChat did not do its part.
fn log_in_status(fault: &LoginFault) -> StatusCode {
    match fault {
        LoginFault::Expired | LoginFault::Snapshot => StatusCode::CONFLICT,
        LoginFault::Busy(_) | LoginFault::Refused(_) | LoginFault::Unanswered(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
