//! A dialog that the address opens, about one row of a list: its form, or why there is nothing left to do in it.

use crate::http::problem::Problem;
use crate::islands::Dialog;
use crate::ui::FormErrors;
use leptos::prelude::*;

/// Neither a form nor a problem: no dialog.
pub(super) fn draw(
    id: &'static str,
    title: &'static str,
    back: String,
    form: Option<AnyView>,
    problem: Option<&Problem>,
) -> Option<AnyView> {
    let inside = form.or_else(|| problem.map(|_| nothing_left(id, back.clone(), problem)))?;
    Some(view! { <Dialog id=id label="" class="" title=title href="" back=back open=true>{inside}</Dialog> }.into_any())
}

/// What is wrong, on top of a dialog's fields.
pub(super) fn summary(id: &'static str, problem: Option<&Problem>) -> Option<AnyView> {
    problem.map(|problem| {
        let Problem { summary, errors, .. } = problem.clone();
        view! { <FormErrors title=summary errors=errors prefix=id/> }.into_any()
    })
}

/// The dialog only tells why.
pub(super) fn nothing_left(id: &'static str, back: String, problem: Option<&Problem>) -> AnyView {
    let summary = summary(id, problem);
    view! {
        <div class="dialog__body">{summary}</div>
        <div class="dialog__actions"><a class="button" role="button" href=back data-close="">"知道了"</a></div>
    }
    .into_any()
}
