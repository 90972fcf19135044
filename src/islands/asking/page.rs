//! Pages asked for while another one is shown.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::js_sys::Promise;
use web_sys::{Document, DomParser, FormData, HtmlFormElement, HtmlInputElement, RequestInit, Response, SupportedType, UrlSearchParams};

use crate::islands::dom::all_in;

/// The page behind an address, if there is one and it leads nowhere else.
pub async fn fetched(address: &str) -> Option<Document> {
    read(window().fetch_with_str(address)).await
}

async fn fetched_by(address: &str, request: &RequestInit) -> Option<Document> {
    read(window().fetch_with_str_and_init(address, request)).await
}

/// The page of a form with what is typed in it, and nothing done.
pub async fn with_typed(form: &HtmlFormElement, action: &str) -> Option<Document> {
    let request = RequestInit::new();
    request.set_method("POST");
    let typed = typed(form)?;
    request.set_body(&typed);
    fetched_by(action, &request).await
}

/// The fields of a form without its files, asking for the page alone.
pub fn typed(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let fields = FormData::new_with_form(form).ok()?;
    for pictures in all_in::<HtmlInputElement>(form, "input[type=\"file\"]") {
        fields.delete(&pictures.name());
    }
    fields.append_with_str("recount", "1").ok()?;
    UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()
}

async fn read(answer: Promise) -> Option<Document> {
    let answer: Response = JsFuture::from(answer).await.ok()?.unchecked_into();
    if !answer.ok() || answer.redirected() {
        return None;
    }
    let html = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()
}
