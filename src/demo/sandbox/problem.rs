//! Why the sandbox does not do what it is asked for.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The body of every refusal.
#[derive(Serialize)]
struct ProblemBody<'a> {
    code: String,
    message: &'a str,
}

/// A refusal with its code, or a failure of the sandbox itself.
#[derive(Debug)]
pub enum SandboxProblem {
    Refused { status: StatusCode, code: String, words: String },
    Failed(String),
}

impl SandboxProblem {
    pub fn refused(status: StatusCode, code: &str, words: &str) -> Self {
        Self::Refused { status, code: code.to_owned(), words: words.to_owned() }
    }

    pub fn param(words: &str) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, "PARAM_ERROR", words)
    }

    pub fn not_found() -> Self {
        Self::refused(StatusCode::NOT_FOUND, "RESOURCE_NOT_EXISTS", "没有这笔记录")
    }

    pub fn mismatch() -> Self {
        Self::refused(StatusCode::CONFLICT, "PARAM_MISMATCH", "同一单号的参数与首次请求不一致")
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused { status, .. } => *status,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub fn words(&self) -> &str {
        match self {
            Self::Refused { words, .. } => words,
            Self::Failed(_) => "沙箱出错了,请看日志",
        }
    }
}

impl From<sqlx::Error> for SandboxProblem {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl IntoResponse for SandboxProblem {
    fn into_response(self) -> Response {
        let code = match &self {
            Self::Refused { code, .. } => code.clone(),
            Self::Failed(cause) => {
                tracing::error!(cause, "the sandbox failed");
                "SYSTEM_ERROR".to_owned()
            }
        };
        json(self.status(), &ProblemBody { code, message: self.words() })
    }
}

/// A 200 with a JSON body.
pub struct JsonAnswer<T>(pub T);

impl<T: Serialize> IntoResponse for JsonAnswer<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.0)
    }
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], Body::from(body)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Reads a JSON body; an empty one counts as `{}`.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, SandboxProblem> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| SandboxProblem::param(&format!("请求内容无法识别:{error}")))
}
