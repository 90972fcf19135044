//! The few questions that the widgets ask of the page.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::js_sys::Promise;
use web_sys::{Element, Event, NodeList};

/// The element of an event, or the nearest around it, that `selector` matches.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok().flatten()
}

/// Everything on the page that `selector` matches.
pub fn all<T: JsCast>(selector: &str) -> Vec<T> {
    document().query_selector_all(selector).map(|nodes| listed(&nodes)).unwrap_or_default()
}

/// Everything below `root` that `selector` matches.
pub fn all_in<T: JsCast>(root: &Element, selector: &str) -> Vec<T> {
    root.query_selector_all(selector).map(|nodes| listed(&nodes)).unwrap_or_default()
}

/// Milliseconds since the page was asked for.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page began fit")]
pub fn since_opened() -> i64 {
    window().performance().map_or(0, |performance| performance.now() as i64)
}

/// On what was put into the page later: when, by [`since_opened`].
pub const DRAWN_AT: &str = "data-drawn-at";

/// When the element was drawn, by the same count: with the page, unless it was put in later.
pub fn drawn_at(element: &Element) -> i64 {
    let later = element.closest(&format!("[{DRAWN_AT}]")).ok().flatten().and_then(|root| root.get_attribute(DRAWN_AT));
    later.and_then(|at| at.parse().ok()).unwrap_or_default()
}

/// Waits for so many milliseconds.
pub async fn pause(millis: i32) {
    let over = Promise::new(&mut |over, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&over, millis);
    });
    let _ = JsFuture::from(over).await;
}

fn listed<T: JsCast>(nodes: &NodeList) -> Vec<T> {
    (0..nodes.length()).filter_map(|index| nodes.item(index)?.dyn_into().ok()).collect()
}
