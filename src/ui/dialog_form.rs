//! The inside of a dialog: what is moved, the fields, and the way out.

use leptos::prelude::*;

use super::{Button, ButtonKind, filled};

/// One form in a dialog: `lead` restates what it acts on; 「取消」, or 「再想想」 where something is cancelled, goes to `back` and never submits.
#[component]
pub fn DialogForm(
    #[prop(into)] action: String,
    #[prop(into)] back: String,
    #[prop(into)] submit: String,
    #[prop(default = ButtonKind::Primary)] kind: ButtonKind,
    #[prop(into, optional)] lead: String,
    #[prop(into, optional)] note: String,
    #[prop(optional)] multipart: bool,
    children: Children,
) -> impl IntoView {
    let out = if submit.contains("取消") { "再想想" } else { "取消" };
    view! {
        {filled(lead).map(|lead| view! { <p class="dialog__lead">{lead}</p> })}
        <form method="post" action=action class="dialog__form" novalidate=true enctype=multipart.then_some("multipart/form-data")>
            <div class="dialog__body">{children()}</div>
            <div class="dialog__actions">
                {filled(note).map(|note| view! { <span class="dialog__note">{note}</span> })}
                <a class="button" role="button" href=back data-close="">{out}</a>
                <Button kind=kind>{submit}</Button>
            </div>
        </form>
    }
}
