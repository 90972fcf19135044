use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::dom::{all_in, closest};

/// A trigger and its native `<dialog>`, whose body the server draws.
///
/// Without scripts the trigger is a link to the same page with the dialog open in it. With them the dialog is modal: Esc and
/// whatever carries `data-close` close it; focus goes to its first field, or to what was wrong, and back to the trigger.
#[island]
pub fn Dialog(
    #[prop(into)] id: String,
    /// The words on the trigger; empty draws none, for a dialog that is opened from another page.
    #[prop(into)]
    label: String,
    /// The look of the trigger.
    #[prop(into)]
    class: String,
    #[prop(into)] title: String,
    /// This page with the dialog open.
    #[prop(into)]
    href: String,
    /// This page without it; the address once a dialog that came open is closed.
    #[prop(into)]
    back: String,
    /// Asked for in the address, or refused and shown again.
    open: bool,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let trigger = NodeRef::<html::A>::new();
    let labelled_by = format!("{id}-title");
    let title_id = labelled_by.clone();

    if open {
        // What the server drew open is not modal: open it again properly.
        Effect::new(move |_| {
            if let Some(dialog) = dialog.get() {
                let _ = dialog.remove_attribute("open");
                open_on_its_first_field(&dialog);
            }
        });
    }
    let opened_by = href.clone();
    let show = move |event: &web_sys::Event| {
        if let Some(dialog) = dialog.get_untracked() {
            event.prevent_default();
            open_on_its_first_field(&dialog);
        }
    };
    let pressed = move |event: KeyboardEvent| {
        if event.key() == " " {
            show(&event);
        }
    };
    let clicked = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            show(&event);
        }
    };
    let cancelled = move |event: MouseEvent| {
        if let Some(dialog) = dialog.get_untracked().filter(|_| closest(&event, "[data-close]").is_some()) {
            event.prevent_default();
            if !is_busy(&dialog) {
                dialog.close();
            }
        }
    };
    // Its answer would be shown to nobody.
    let kept = move |event: web_sys::Event| {
        if dialog.get_untracked().is_some_and(|dialog| is_busy(&dialog)) {
            event.prevent_default();
        }
    };
    let closed = move |_| {
        // Gone with the form that it was about.
        let Some(dialog) = dialog.get_untracked().filter(|dialog| dialog.is_connected()) else { return };
        if let Some(over) = dialog.closest(OVER_LIST).ok().flatten() {
            return close_over_list(&over, &opened_by);
        }
        if open && let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&back));
        }
        if let Some(trigger) = trigger.get_untracked() {
            let _ = trigger.focus();
        }
    };

    view! {
        {(!label.is_empty()).then(|| view! {
            <a node_ref=trigger class=class href=href role="button" aria-haspopup="dialog" on:click=clicked on:keydown=pressed>{label}</a>
        })}
        <dialog node_ref=dialog id=id class="dialog" open=open aria-labelledby=labelled_by on:click=cancelled on:cancel=kept on:close=closed>
            <h2 class="dialog__title" id=title_id>{title}</h2>
            {children()}
        </dialog>
    }
}

/// Is a form in it on its way?
fn is_busy(dialog: &Element) -> bool {
    dialog.query_selector("form[aria-busy]").ok().flatten().is_some()
}

/// Where a dialog stands that was opened over a list; `DialogLinks` draws it.
pub(in crate::islands) const OVER_LIST: &str = "[data-over-list]";

/// Back to the link that it was opened by.
fn close_over_list(over: &Element, opened_by: &str) {
    over.replace_children_with_node_0();
    let link = document().query_selector(&format!("a[href=\"{opened_by}\"]")).ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

const MADE: &str = "input[type=\"radio\"]:checked";
const FIRST: &str = "[autofocus], input:enabled:not([type=\"hidden\"]), select:enabled, textarea:enabled";

/// A dialog without fields leaves the choice to the browser, which takes the way out.
fn open_on_its_first_field(dialog: &HtmlDialogElement) {
    let _ = dialog.show_modal();
    let Some(first) = all_in::<HtmlElement>(dialog, FIRST).into_iter().next() else { return };
    // Of several choices the one that is made: on another, an arrow key would change it.
    let is_choice = first.get_attribute("type").is_some_and(|kind| kind == "radio");
    let made = if is_choice { all_in::<HtmlElement>(dialog, MADE).into_iter().next() } else { None };
    let _ = made.unwrap_or(first).focus();
}
