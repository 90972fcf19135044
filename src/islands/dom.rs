//! The few questions that the widgets ask of the page.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
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

fn listed<T: JsCast>(nodes: &NodeList) -> Vec<T> {
    (0..nodes.length()).filter_map(|index| nodes.item(index)?.dyn_into().ok()).collect()
}
