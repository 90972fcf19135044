//! The inside of a dialog: what is moved, the fields, and the way out.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, filled};

/// One form in a dialog: `lead` restates what it acts on; `out` goes to `back` and never submits.
#[component]
pub fn DialogForm(
    #[prop(into)] action: String,
    #[prop(into)] back: String,
    #[prop(into)] submit: String,
    #[prop(default = ButtonKind::Primary)] kind: ButtonKind,
    #[prop(into, optional)] lead: String,
    #[prop(into, optional)] note: String,
    /// 「再想想」 where something is cancelled: there 「取消」 would be read as doing so.
    #[prop(default = "取消")]
    out: &'static str,
    #[prop(optional)] multipart: bool,
    /// Its page draws it again with what is typed, on `recount`.
    #[prop(optional)]
    redrawn: bool,
    children: Children,
) -> impl IntoView {
    view! {
        {filled(lead).map(|lead| view! { <p class="dialog__lead">{lead}</p> })}
        <form
            method="post" action=action class="dialog__form" novalidate=true enctype=multipart.then_some("multipart/form-data") data-redrawn=redrawn.then_some("")
        >
            <div class="dialog__body">{children()}</div>
            <div class="dialog__actions">
                {filled(note).map(|note| view! { <span class="dialog__note">{note}</span> })}
                <a class="button" role="button" href=back data-close="">{out}</a>
                <Button kind=kind>{submit}</Button>
            </div>
        </form>
    }
}
