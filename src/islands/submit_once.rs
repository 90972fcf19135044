use std::cell::Cell;
use std::time::Duration;

use leptos::ev::{self, SubmitEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlFormElement};

use super::dom::{all, closest};

/// Around a form: a second tap does nothing while the first is under way, and the pressed button says so.
/// The hidden key of the form protects the write itself; this only spares the person the doubt.
#[island]
pub fn SubmitOnce(children: Children) -> impl IntoView {
    Effect::new(|_| release_on_return());
    view! { <div on:submit=|event| started(&event)>{children()}</div> }
}

/// The form is on its way to its page.
pub(in crate::islands) fn started(event: &SubmitEvent) {
    let Some(form) = closest(event, "form") else { return };
    if event.default_prevented() {
        return;
    }
    if form.has_attribute("aria-busy") {
        event.prevent_default();
        return;
    }
    let _ = form.set_attribute("aria-busy", "true");
    let pressed = event.submitter().and_then(|pressed| pressed.dyn_into::<HtmlButtonElement>().ok());
    // Only once the post has been put together: a disabled button would not be in it.
    set_timeout(move || pressed.iter().for_each(hold), Duration::ZERO);
    // A post that never leads anywhere must not lock the form for good; pictures take a while over a slow line.
    let files = form.get_attribute("enctype").is_some_and(|kind| kind == "multipart/form-data");
    set_timeout(release, Duration::from_secs(if files { 180 } else { 15 }));
}

/// The button says that something goes on, and cannot be pressed.
pub(in crate::islands) fn hold(button: &HtmlButtonElement) {
    let _ = button.set_attribute("data-words", &button.text_content().unwrap_or_default());
    button.set_text_content(Some("处理中…"));
    // Else Firefox would bring a page back with the button still disabled.
    let _ = button.set_attribute("autocomplete", "off");
    button.set_disabled(true);
}

/// A page that the back button brings back has nothing under way. Once a page, however many forms it has.
pub(in crate::islands) fn release_on_return() {
    thread_local! { static LISTENING: Cell<bool> = const { Cell::new(false) } }
    if !LISTENING.replace(true) {
        window_event_listener(ev::pageshow, |_| release());
    }
}

/// Nothing goes on any more.
fn release() {
    for form in all::<HtmlFormElement>("form[aria-busy]") {
        let _ = form.remove_attribute("aria-busy");
    }
    all::<HtmlButtonElement>("button[data-words]").iter().for_each(let_go);
}

/// The form is answered.
pub(in crate::islands) fn release_form(form: &HtmlFormElement, pressed: Option<&HtmlButtonElement>) {
    let _ = form.remove_attribute("aria-busy");
    if let Some(pressed) = pressed {
        let_go(pressed);
    }
}

fn let_go(button: &HtmlButtonElement) {
    button.set_text_content(button.get_attribute("data-words").as_deref());
    button.set_disabled(false);
    let _ = button.remove_attribute("data-words");
}
