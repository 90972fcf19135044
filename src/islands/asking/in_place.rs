use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement};

use super::{refusal, renewal};
use crate::api::{ApiError, DoneInPlace, InPlaceForm, SentForm};
use crate::islands::dialog::OVER_LIST;
use crate::islands::dom::{closest, pause};
use crate::islands::submit_once::{hold, release_form, release_on_return, started};
use crate::ui::Tone;

/// Around a form with a server function: it is answered where it stands. A refusal is said in it, a success renews the page around it, and what only a
/// page can answer is sent to the page.
#[island]
pub fn InPlace(children: Children) -> impl IntoView {
    Effect::new(|_| {
        release_on_return();
        let _ = renewal::ready_to_say();
    });
    view! { <div on:submit=|event| submitted(&event)>{children()}</div> }
}

/// On a form that its page has to answer.
const BY_PAGE: &str = "data-by-page";

fn submitted(event: &SubmitEvent) {
    let Some(form) = closest(event, "form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    if event.default_prevented() || form.has_attribute("aria-busy") || form.has_attribute(BY_PAGE) {
        return started(event);
    }
    let pressed = event.submitter().and_then(|pressed| pressed.dyn_into::<HtmlButtonElement>().ok());
    let path = form.get_attribute("action").unwrap_or_default();
    let Some((kind, number)) = InPlaceForm::at(&path).map(|(kind, number)| (kind, number.to_owned())) else { return started(event) };
    event.prevent_default();
    let _ = form.set_attribute("aria-busy", "true");
    if let Some(pressed) = &pressed {
        hold(pressed);
    }
    // Asked now: the form may be gone from there when the answer comes.
    let over_list = form.closest(OVER_LIST).ok().flatten().is_some();
    spawn_local(async move {
        let Some(sent) = settled(&form, pressed.as_ref(), &number).await else { return by_page(&form, pressed.as_ref()) };
        let answer = kind.send(sent).await;
        release_form(&form, pressed.as_ref());
        match answer {
            Ok(done) => go_on(&form, over_list, done).await,
            Err(ApiError::Refused(refused)) => refusal::show(&form, &refused).await,
            Err(ApiError::Lost) => refusal::lost(&form),
            Err(ApiError::ByPage(_)) => by_page(&form, pressed.as_ref()),
        }
    });
}

/// Sends the form to its page instead.
fn by_page(form: &HtmlFormElement, pressed: Option<&HtmlButtonElement>) {
    release_form(form, pressed);
    let _ = form.set_attribute(BY_PAGE, "");
    let _ = form.request_submit_with_submitter(pressed.map(AsRef::as_ref));
}

/// The form once the sums in it are those of what is typed; whoever types and sends at once waits for them a little.
async fn settled(form: &HtmlFormElement, pressed: Option<&HtmlButtonElement>, number: &str) -> Option<SentForm> {
    for _ in 0..20 {
        if form.query_selector("[data-stale=\"coming\"]").ok().flatten().is_none() {
            break;
        }
        pause(100).await;
    }
    sent(form, pressed, number)
}

/// The form as its page would be sent it, the pressed button with it.
fn sent(form: &HtmlFormElement, pressed: Option<&HtmlButtonElement>, number: &str) -> Option<SentForm> {
    let fields = FormData::new_with_form(form).ok()?;
    if let Some(pressed) = pressed.filter(|pressed| !pressed.name().is_empty()) {
        fields.append_with_str(&pressed.name(), &pressed.value()).ok()?;
    }
    SentForm::of(number, fields, form.enctype() == "multipart/form-data")
}

/// The page around the form as it is now, or on to the page that shows what was done.
async fn go_on(form: &HtmlFormElement, over_list: bool, done: DoneInPlace) {
    let here = location().pathname().unwrap_or_default();
    let shown_here = over_list || done.to.split('?').next() == Some(here.as_str());
    let tone = if done.warned { Tone::Warn } else { Tone::Good };
    if !(shown_here && renewal::renew(Some(form), Some((&done.words, tone))).await) {
        let _ = location().assign(&done.to);
    }
}
