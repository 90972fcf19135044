use leptos::ev::{self, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::page::fetched;
use super::renewal;
use crate::islands::dom::closest;

/// On a list: a link to a page with a dialog open in it opens that dialog over the list. Without scripts it leads to the page.
#[island]
pub fn DialogLinks() -> impl IntoView {
    let over = NodeRef::<html::Div>::new();
    let turns = StoredValue::new(0_u32);
    Effect::new(move |_| {
        window_event_listener(ev::click, move |event| {
            // Another one may stand in its place by now.
            if let Some(over) = over.get_untracked().filter(|over| over.is_connected()) {
                clicked(&over, turns, &event);
            }
        });
    });
    view! { <div node_ref=over data-over-list=""></div> }
}

const LINKS: &str = "a[href*=\"?dialog=\"]:not([aria-haspopup])";
const DIALOG: &str = "leptos-island[data-component^=\"Dialog_\"]";

fn clicked(over: &Element, turns: StoredValue<u32>, event: &MouseEvent) {
    let changed = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
    let link = closest(event, LINKS).and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let Some(link) = link.filter(|_| !changed && !event.default_prevented()) else { return };
    let (over, href) = (over.clone(), link.get_attribute("href").unwrap_or_default());
    event.prevent_default();
    if link.has_attribute("aria-busy") {
        return;
    }
    let _ = link.set_attribute("aria-busy", "true");
    turns.update_value(|turn| *turn += 1);
    let turn = turns.get_value();
    spawn_local(async move {
        let page = fetched(&href).await;
        let _ = link.remove_attribute("aria-busy");
        // Another one was opened meanwhile.
        if turns.get_value() != turn {
            return;
        }
        let opened = page.and_then(|page| page.query_selector("dialog[open]").ok().flatten());
        match opened.and_then(|dialog| dialog.closest(DIALOG).ok().flatten()) {
            Some(dialog) => {
                over.replace_children_with_node_1(&dialog);
                renewal::drawn(&dialog);
            }
            // It is gone, or the log-in stands before it: the page says so.
            None => drop(location().assign(&href)),
        }
    });
}
