use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlTemplateElement};

use super::dom::{all_in, closest};

const TEMPLATE: &str = "template[data-parcel-template]";
const PARCEL: &str = "[data-parcel]";
const ADD: &str = "[data-add-parcel]";
const REMOVE: &str = "[data-remove-parcel]";

/// Around the parcels of 「确认发货」: 「添加包裹」 draws one more from the server's template, where `__N__` stands for its index
/// and `__NO__` for its number. Without scripts the same button asks the server for it.
#[island]
pub fn Parcels(
    /// How many the server has drawn.
    count: u32,
    /// How many there may be.
    max: u32,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let next = StoredValue::new(count);
    Effect::new(move |_| {
        // Plain buttons from here on: they do it here.
        for button in frame.get().iter().flat_map(|frame| all_in::<HtmlButtonElement>(frame, &format!("{ADD}, {REMOVE}"))) {
            button.set_type("button");
        }
    });
    let clicked = move |event: MouseEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        if closest(&event, ADD).is_some() {
            event.prevent_default();
            if all_in::<Element>(&frame, PARCEL).len() < max as usize {
                add(&frame, next.get_value());
                next.update_value(|next| *next += 1);
            }
        } else if closest(&event, REMOVE).is_some() {
            event.prevent_default();
            remove(&frame, &event);
        }
    };
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() && closest(&event, "input, select").is_some() {
            event.prevent_default();
            if let Some(frame) = frame.get_untracked() {
                go_on(&frame, &event);
            }
        }
    };
    view! { <div class="stack" node_ref=frame on:click=clicked on:keydown=pressed>{children()}</div> }
}

/// Enter leads to the next field, and behind the last one to 「添加包裹」: nothing is shipped that nobody pressed the button for.
fn go_on(frame: &Element, event: &KeyboardEvent) {
    let stops = all_in::<HtmlElement>(frame, &format!("{PARCEL} input, {PARCEL} select, {ADD}"));
    let here = closest(event, "input, select").and_then(|here| stops.iter().position(|stop| **stop == here));
    if let Some(next) = here.and_then(|here| stops.get(here + 1)) {
        let _ = next.focus();
    }
}

fn add(frame: &Element, index: u32) {
    let Some(template) = all_in::<HtmlTemplateElement>(frame, TEMPLATE).pop() else { return };
    let number = (index + 1).to_string();
    let drawn = template.inner_html().replace("__NO__", &number).replace("__N__", &index.to_string());
    let _ = template.insert_adjacent_html("beforebegin", &drawn);
    let fields = template.previous_element_sibling().map(|parcel| all_in::<HtmlElement>(&parcel, "select, input, textarea"));
    if let Some(first) = fields.as_ref().and_then(|fields| fields.first()) {
        let _ = first.focus();
    }
}

fn remove(frame: &Element, event: &MouseEvent) {
    if let Some(parcel) = closest(event, PARCEL) {
        parcel.remove();
    }
    if let Some(add) = all_in::<HtmlElement>(frame, ADD).first() {
        let _ = add.focus();
    }
}
