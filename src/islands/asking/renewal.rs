//! The page as it is now, put in the place of what it was: what has not changed stays, and with it the place in a list and what is ticked there.

use leptos::prelude::{document, location, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Document, Element, HtmlDialogElement, HtmlElement, Url};

use super::page::fetched;
use crate::islands::dialog::OVER_LIST;
use crate::islands::dom::{DRAWN_AT, all_in, since_opened};
use crate::ui::Tone;

/// Everything that a page draws.
const FRAME: &str = ".desk, .phone";
/// Tells the loader that islands have come; `src/pages/loader.js` wakes them.
const DRAWN: &str = "drawn";

/// Asks for the page again, closes the dialog around `form`, puts in what has changed, says what there is to say, and leaves the focus where the hand is.
/// `false` where the page cannot be had.
pub async fn renew(form: Option<&Element>, said: Option<(&str, Tone)>) -> bool {
    let Some((address, fresh)) = page_now().await else { return false };
    // What goes on by itself is opened as a page that does.
    if fresh.query_selector("meta[http-equiv=\"refresh\"]").ok().flatten().is_some() {
        return location().assign(&address).is_ok();
    }
    let hand = Hand::of(form);
    if let Some(dialog) = form.and_then(|form| form.closest("dialog").ok().flatten()) {
        dialog.unchecked_ref::<HtmlDialogElement>().close();
        if let Some(over) = dialog.closest(OVER_LIST).ok().flatten() {
            over.replace_children_with_node_0();
        }
    }
    let frames = (document().query_selector(FRAME).ok().flatten(), fresh.query_selector(FRAME).ok().flatten());
    let (Some(old), Some(new)) = frames else { return false };
    document().set_title(&fresh.title());
    put_in(&old, &new);
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    if let Some((words, tone)) = said {
        say(words, tone);
    }
    hand.back();
    true
}

/// This page without what its address opens or says.
async fn page_now() -> Option<(String, Document)> {
    let url = Url::new(&location().href().ok()?).ok()?;
    for passing in ["dialog", "done", "decision", "added", "taken", "again"] {
        url.search_params().delete(passing);
    }
    let address = format!("{}{}", url.pathname(), url.search());
    Some((address.clone(), fetched(&address).await?))
}

/// What differs is replaced, as deep down as it can be.
fn put_in(old: &Element, new: &Element) {
    if let Some(at) = old.get_attribute(DRAWN_AT) {
        let _ = new.set_attribute(DRAWN_AT, &at);
    }
    if old.is_equal_node(Some(new)) {
        return;
    }
    let (inside, anew) = (old.children(), new.children());
    if !is_alike(old, new) || inside.length() != anew.length() {
        return replace(old, new);
    }
    let pairs: Vec<_> = (0..inside.length()).filter_map(|index| Some((inside.item(index)?, anew.item(index)?))).collect();
    for (old, new) in &pairs {
        put_in(old, new);
    }
}

/// The same element with the same attributes, and no words of its own beside its children: those would have to be compared, too.
fn is_alike(old: &Element, new: &Element) -> bool {
    let shell = |element: &Element| element.clone_node().ok();
    let only_elements = |element: &Element| element.child_nodes().length() == element.child_element_count();
    let is_island = old.local_name() == "leptos-island";
    !is_island && only_elements(old) && only_elements(new) && shell(old).is_some_and(|shell_of| shell_of.is_equal_node(shell(new).as_ref()))
}

/// Puts `new` in the place of `old`, and wakes the islands in it.
pub fn replace(old: &Element, new: &Element) {
    let _ = old.replace_with_with_node_1(new);
    drawn(new);
}

/// Wakes the islands in what was put into the page.
pub fn drawn(root: &Element) {
    // Clocks in it count from when it was drawn, not from when the page was.
    let _ = root.set_attribute(DRAWN_AT, &since_opened().to_string());
    let bubbling = CustomEventInit::new();
    bubbling.set_bubbles(true);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(DRAWN, &bubbling) {
        let _ = root.dispatch_event(&event);
    }
}

/// Stands there before it says anything: a screen reader tells what changes in it.
pub fn ready_to_say() -> Option<Element> {
    let document = document();
    document.query_selector("[data-said]").ok().flatten().or_else(|| {
        let said = document.create_element("p").ok()?;
        said.set_attribute("role", "status").ok()?;
        said.set_attribute("data-said", "").ok()?;
        document.body()?.append_child(&said).ok()?;
        Some(said)
    })
}

/// Seen for a while, and heard.
fn say(words: &str, tone: Tone) {
    let Some(said) = ready_to_say() else { return };
    said.set_class_name("");
    // Read, so that it is shown anew for as long as the first time.
    let _ = said.client_width();
    said.set_class_name(if tone == Tone::Good { "said" } else { "said said--bad" });
    said.set_text_content(Some(words));
}

/// Where the hand was: the control that opened the form, or that was pressed.
struct Hand {
    href: Option<String>,
    id: String,
}

impl Hand {
    fn of(form: Option<&Element>) -> Self {
        let island = form.and_then(|form| form.closest("leptos-island[data-component^=\"Dialog_\"]").ok().flatten());
        let trigger = island.and_then(|island| island.query_selector(":scope > a").ok().flatten()).or_else(|| document().active_element());
        let href = trigger.as_ref().and_then(|trigger| trigger.get_attribute("href"));
        Self { href, id: trigger.map(|trigger| trigger.id()).unwrap_or_default() }
    }

    /// To the same control, or else to the page: focus must not fall on nothing.
    fn back(self) {
        let body = document().body().map(JsCast::unchecked_into::<Element>);
        if document().active_element() != body {
            return;
        }
        let links = || body.iter().flat_map(|body| all_in::<HtmlElement>(body, "a[href]")).collect::<Vec<_>>();
        let same = self.href.and_then(|href| links().into_iter().find(|link| link.get_attribute("href").as_ref() == Some(&href)));
        let same = same.or_else(|| document().get_element_by_id(&self.id).and_then(|found| found.dyn_into().ok()));
        let page = || document().get_element_by_id("main").and_then(|main| main.dyn_into().ok());
        if let Some(place) = same.or_else(page) {
            let _ = place.focus();
        }
    }
}
