//! The frame of every page of the sandbox.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::{Html, IntoResponse, Response};
use leptos::prelude::*;

use super::problem::SandboxProblem;
use crate::domain::Timestamp;
use crate::server::payments::calling::origin;

/// A page; its forms lead to the sandbox itself, and from there to `leads_to`.
pub fn page(status: StatusCode, title: &str, leads_to: Option<&str>, body: impl IntoView) -> Response {
    let view = view! {
        <html lang="zh-CN">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light"/>
                <title>{title.to_owned()}</title>
                <link rel="icon" href="data:,"/>
                <link rel="stylesheet" href="/sandbox.css"/>
            </head>
            <body>{body}</body>
        </html>
    };
    // Browsers hold the redirect after a form to `form-action` as well.
    let origin = leads_to.and_then(origin).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {origin}; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy.as_str()),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "same-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    // Nothing is hydrated here, so the marks for it only get in the way, in the title above all.
    let html = view.to_html().replace("<!>", "");
    (status, headers, Html(format!("<!DOCTYPE html>{html}"))).into_response()
}

/// A problem, for a person.
pub fn problem_page(problem: &SandboxProblem) -> Response {
    if let SandboxProblem::Failed(cause) = problem {
        tracing::error!(cause, "the sandbox failed");
    }
    let words = problem.words().to_owned();
    let body = view! {
        <main class="cashier">
            <h1>"办不到"</h1>
            <p class="note">{words}</p>
        </main>
    };
    page(problem.status(), "办不到 · 沙箱网关", None, body)
}

/// The style sheet.
pub async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], include_str!("sandbox.css"))
}

/// A moment as people in the shop's zone read it.
pub fn moment(ms: i64) -> String {
    Timestamp(ms).show(chrono_tz::Asia::Shanghai)
}
