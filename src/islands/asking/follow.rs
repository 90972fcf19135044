use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::page;
use crate::islands::dom::{all, all_in};

/// Around a form: while it is filled in, the server draws what it comes to. Without scripts the sums come with the next page.
#[island]
pub fn Follow(
    /// What follows, as selectors.
    #[prop(into)]
    parts: String,
    children: Children,
) -> impl IntoView {
    let latest = StoredValue::new(0_u32);
    let frame = NodeRef::<html::Div>::new();
    let changed = move |form: HtmlFormElement| {
        latest.update_value(|turn| *turn += 1);
        let (turn, parts) = (latest.get_value(), parts.clone());
        stale(&parts, "coming");
        // Not at every letter of somebody who types on.
        let ask = move || {
            spawn_local(async move {
                if latest.get_value() != turn {
                    return;
                }
                let page = drawn_with(&form).await;
                match page.filter(|_| latest.get_value() == turn) {
                    Some(page) => put_in(&parts, &page),
                    None if latest.get_value() == turn => stale(&parts, "lost"),
                    None => {}
                }
            });
        };
        set_timeout(ask, Duration::from_millis(250));
    };
    let wake = changed.clone();
    Effect::new(move |_| {
        // The button that asks for the sums has nothing left to do.
        for button in all::<HtmlElement>("button[name=\"recount\"]") {
            button.set_hidden(true);
        }
        // Typed before this was awake, or brought back by the browser.
        if let Some(form) = frame.get().and_then(|frame| form_of(&frame)).filter(is_filled_in) {
            wake(form);
        }
    });
    let typed = move |_| {
        if let Some(form) = frame.get_untracked().and_then(|frame| form_of(&frame)) {
            changed(form);
        }
    };
    view! { <div node_ref=frame on:input=typed>{children()}</div> }
}

/// The form in the frame, or around it.
fn form_of(frame: &Element) -> Option<HtmlFormElement> {
    let inside = frame.query_selector("form").ok().flatten();
    inside.or_else(|| frame.closest("form").ok().flatten())?.dyn_into().ok()
}

/// Is anything in it otherwise than it was drawn?
fn is_filled_in(form: &HtmlFormElement) -> bool {
    let fields = all_in::<HtmlInputElement>(form, "input:not([type=\"hidden\"])");
    fields.iter().any(|field| field.value() != field.default_value() || field.checked() != field.default_checked())
}

/// The form's page with what is typed in it, and nothing done.
async fn drawn_with(form: &HtmlFormElement) -> Option<web_sys::Document> {
    match form.get_attribute("data-shown-by") {
        Some(address) => page::fetched(&format!("{address}?{}", page::typed(form)?.to_string())).await,
        None => page::with_typed(form, &form.get_attribute("action")?).await,
    }
}

fn put_in(parts: &str, page: &web_sys::Document) {
    for part in parts.split(", ") {
        let (old, new) = (document().query_selector(part).ok().flatten(), page.query_selector(part).ok().flatten());
        let (Some(old), Some(new)) = (old, new) else { continue };
        // The element itself stays: what is announced when it changes has to stand there before.
        match (old.dyn_ref::<HtmlInputElement>(), new.dyn_ref::<HtmlInputElement>()) {
            (Some(field), Some(drawn)) => field.set_value(&drawn.value()),
            _ => old.set_inner_html(&new.inner_html()),
        }
        let _ = old.remove_attribute(STALE);
    }
}

/// On what is not yet, or not any more, of what is typed: `coming`, or `lost` where the server did not draw it.
const STALE: &str = "data-stale";

fn stale(parts: &str, how: &str) {
    for part in parts.split(", ") {
        if let Some(part) = document().query_selector(part).ok().flatten() {
            let _ = part.set_attribute(STALE, how);
        }
    }
}
