//! What is wrong with a form, said in it: the words on top and beside their fields, as `ui::FormErrors` and `ui::Field` draw them.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::{page, renewal};
use crate::api::Refused;
use crate::islands::dom::all_in;

const CONFLICT: u16 = 409;
const SEND_AGAIN: &str = "没有收到回应，可能是网络断了。填写的内容还在，请检查网络后再点一次，不会重复处理";
const LOOK_FIRST: &str = "没有收到回应，可能是网络断了。请检查网络，刷新页面看看是否已经成功，再决定要不要重来";

/// Shows it, in the form as it is now where that has changed meanwhile. Where it is not drawn any more, the page says why.
pub async fn show(form: &HtmlFormElement, refused: &Refused) {
    if refused.status != CONFLICT {
        return shown_in(form, refused);
    }
    if let Some(fresh) = anew(form).await {
        return shown_in(&fresh, refused);
    }
    renewal::renew(Some(form), None).await;
    on_the_page(&refused.summary);
}

fn shown_in(form: &HtmlFormElement, refused: &Refused) {
    clear(form);
    for (name, value) in &refused.hidden {
        set_hidden(form, name, value);
    }
    let placed: Vec<_> = refused.fields.iter().map(|(field, words)| (control(form, field), words.as_str())).collect();
    for (control, words) in &placed {
        if let Some(control) = control {
            beside(control, words);
        }
    }
    on_top(form, &refused.summary, &placed);
}

/// No answer came. Most forms do no harm when they are sent once more; who sends another must look first.
pub fn lost(form: &HtmlFormElement) {
    clear(form);
    on_top(form, if form.has_attribute("data-not-again") { LOOK_FIRST } else { SEND_AGAIN }, &[]);
}

/// The same form drawn now, by the server, with what is typed in it and the pictures that were chosen.
async fn anew(form: &HtmlFormElement) -> Option<HtmlFormElement> {
    let dialog = form.closest("dialog").ok()??;
    let action = form.get_attribute("action")?;
    let page = if form.has_attribute("data-redrawn") {
        page::with_typed(form, &action).await?
    } else {
        page::fetched(&format!("{}?dialog={}", action.rsplit_once('/')?.0, dialog.id())).await?
    };
    let fresh = page.query_selector(&format!("form[action=\"{action}\"]")).ok()??;
    for field in all_in::<HtmlInputElement>(form, "input[type=\"file\"]") {
        if let Some(same) = fresh.query_selector(&format!("input[type=\"file\"][name=\"{}\"]", field.name())).ok().flatten() {
            same.unchecked_into::<HtmlInputElement>().set_files(field.files().as_ref());
        }
    }
    renewal::replace(form, &fresh);
    fresh.dyn_into().ok()
}

fn clear(form: &HtmlFormElement) {
    for said in all_in::<Element>(form, ".form-errors, .field__error") {
        said.remove();
    }
    for wrong in all_in::<Element>(form, "[aria-invalid]") {
        let _ = wrong.remove_attribute("aria-invalid");
    }
    for wrong in all_in::<Element>(form, ".field--wrong") {
        let _ = wrong.class_list().remove_1("field--wrong");
    }
}

/// In the form, or in the parcel that it belongs to: with that it goes.
fn set_hidden(form: &HtmlFormElement, name: &str, value: &str) {
    let there = form.query_selector(&format!("input[type=\"hidden\"][name=\"{name}\"]")).ok().flatten();
    let field = there.or_else(|| {
        let field = element("input", "", None)?;
        field.set_attribute("type", "hidden").ok()?;
        field.set_attribute("name", name).ok()?;
        let asked = form.query_selector(&format!("[name=\"{}\"]", name.replace("confirmed", "tracking"))).ok().flatten();
        let parcel = asked.and_then(|asked| asked.closest("[data-parcel]").ok().flatten());
        parcel.as_ref().unwrap_or(form).append_child(&field).ok()?;
        Some(field)
    });
    if let Some(field) = field {
        let _ = field.set_attribute("value", value);
    }
}

/// What the words are about: the field, or the box that several choices stand in. Both have the field's name as their id, in a dialog with its own before.
fn control(form: &HtmlFormElement, field: &str) -> Option<Element> {
    if field.is_empty() {
        return None;
    }
    let dialog = form.closest("dialog").ok().flatten().map(|dialog| format!("{}-{field}", dialog.id()));
    let ids = dialog.into_iter().chain([field.to_owned()]);
    let by_id = ids.into_iter().find_map(|id| form.query_selector(&format!("[id=\"{id}\"]")).ok().flatten());
    by_id.or_else(|| form.query_selector(&format!("[name=\"{field}\"]:not([type=\"hidden\"])")).ok().flatten())
}

fn beside(control: &Element, words: &str) {
    let _ = control.set_attribute("aria-invalid", "true");
    if let Some(frame) = control.closest(".field").ok().flatten() {
        let _ = frame.class_list().add_1("field--wrong");
    }
    let room = document().get_element_by_id(&format!("{}-words", control.id()));
    if let (Some(room), Some(said)) = (room, element("p", "field__error", Some(words))) {
        let _ = room.prepend_with_node_1(&said);
    }
}

fn on_top(form: &HtmlFormElement, summary: &str, placed: &[(Option<Element>, &str)]) -> Option<()> {
    let alert = alert(summary, placed)?;
    let body = form.query_selector(".dialog__body").ok().flatten().unwrap_or_else(|| form.clone().into());
    body.prepend_with_node_1(&alert).ok()?;
    alert.focus().ok()
}

/// Where the form is not drawn any more.
fn on_the_page(summary: &str) -> Option<()> {
    let (main, alert) = (document().get_element_by_id("main")?, alert(summary, &[])?);
    match main.query_selector(":scope > .desk__head").ok()? {
        Some(head) => head.after_with_node_1(&alert).ok()?,
        None => main.prepend_with_node_1(&alert).ok()?,
    }
    alert.focus().ok()
}

fn alert(summary: &str, placed: &[(Option<Element>, &str)]) -> Option<HtmlElement> {
    let alert = element("div", "form-errors", None)?;
    alert.set_attribute("role", "alert").ok()?;
    alert.set_attribute("tabindex", "-1").ok()?;
    alert.append_child(&element("p", "form-errors__title", Some(summary))?.into()).ok()?;
    if !placed.is_empty() {
        let list = element("ul", "", None)?;
        for (control, words) in placed {
            let line = element("li", "", None)?;
            match control.as_ref().map(Element::id).filter(|id| !id.is_empty()) {
                Some(id) => {
                    let anchor = element("a", "", Some(words))?;
                    anchor.set_attribute("href", &format!("#{id}")).ok()?;
                    line.append_child(&anchor).ok()?;
                }
                None => line.set_text_content(Some(words)),
            }
            list.append_child(&line).ok()?;
        }
        alert.append_child(&list).ok()?;
    }
    alert.dyn_into().ok()
}

fn element(name: &str, class: &str, words: Option<&str>) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if words.is_some() {
        element.set_text_content(words);
    }
    Some(element)
}
