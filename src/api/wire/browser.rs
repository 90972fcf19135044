//! The browser's end: one `fetch`, which is given up when no answer comes.

use super::{FormPost, SentForm};
use crate::api::ApiError;
use leptos::prelude::{set_timeout, window};
use leptos::server_fn::client::Client;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::server::Server;
use leptos::server_fn::{Decodes, Protocol};
use send_wrapper::SendWrapper;
use std::future::Future;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, FormData, Headers, RequestInit, Response, UrlSearchParams};

/// What a form holds, as its page would be sent it.
#[derive(Debug)]
pub struct FormBody {
    body: SendWrapper<JsValue>,
    /// Milliseconds after which no answer is expected any more.
    patience: u64,
}

impl SentForm {
    /// Files go as they are, and take their time over a slow line.
    pub fn of(number: &str, fields: FormData, with_files: bool) -> Option<Self> {
        let body = if with_files { fields.into() } else { UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.into() };
        let patience = if with_files { 180_000 } else { 15_000 };
        Some(Self { number: number.to_owned(), form: FormBody { body: SendWrapper::new(body), patience } })
    }
}

impl<I, O, C, S> Protocol<I, O, C, S, ApiError> for FormPost
where
    I: Into<SentForm> + Send,
    JsonEncoding: Decodes<O>,
    O: Send,
    C: Client<ApiError>,
    S: Server<ApiError>,
{
    const METHOD: http::Method = http::Method::POST;

    async fn run_server<F, Fut>(_: S::Request, _: F) -> Result<S::Response, ApiError>
    where
        F: Fn(I) -> Fut + Send,
        Fut: Future<Output = Result<O, ApiError>> + Send,
    {
        Err(ApiError::Lost)
    }

    fn run_client(path: &str, input: I) -> impl Future<Output = Result<O, ApiError>> + Send {
        let sent: SentForm = input.into();
        let answer = SendWrapper::new(post(format!("{path}?of={}", sent.number), sent.form));
        async move {
            let json = answer.await?;
            JsonEncoding::decode(json.into()).map_err(|_| ApiError::ByPage(500))
        }
    }
}

/// The JSON of an answer that is good, or the error that it tells.
async fn post(address: String, form: FormBody) -> Result<String, ApiError> {
    let lost = |_| ApiError::Lost;
    let headers = Headers::new().map_err(lost)?;
    headers.set("accept", "application/json").map_err(lost)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(&form.body);
    let given_up = AbortController::new().map_err(lost)?;
    request.set_signal(Some(&given_up.signal()));
    set_timeout(move || given_up.abort(), Duration::from_millis(form.patience));
    let answer = JsFuture::from(window().fetch_with_str_and_init(&address, &request)).await.map_err(lost)?;
    let answer: Response = answer.unchecked_into();
    let is_json = answer.headers().get("content-type").ok().flatten().is_some_and(|kind| kind == "application/json");
    if !is_json {
        // A proxy says that there is nobody behind it for now.
        return Err(if (502..=504).contains(&answer.status()) { ApiError::Lost } else { ApiError::ByPage(answer.status()) });
    }
    let text = JsFuture::from(answer.text().map_err(lost)?).await.map_err(lost)?.as_string().unwrap_or_default();
    if answer.ok() {
        return Ok(text);
    }
    Err(JsonEncoding::decode(text.into()).unwrap_or(ApiError::ByPage(answer.status())))
}
