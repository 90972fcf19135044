//! Where the browser enters: its islands are exported beside this, by name.

use wasm_bindgen::prelude::wasm_bindgen;

/// Readies the page for its islands; the loader then wakes each.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
