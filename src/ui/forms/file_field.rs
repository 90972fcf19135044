//! Pictures to send along.

use leptos::prelude::*;

use super::field::FieldFrame;
use crate::ui::field_id;

/// What the browser offers to choose: the kinds of picture that are accepted.
const PICTURES: &str = "image/jpeg,image/png,image/webp";

/// One file or several; the form around it must be `multipart/form-data`.
#[component]
pub fn FileField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] required: bool,
    #[prop(default = PICTURES)] accept: &'static str,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    view! {
        <FieldFrame id=id.clone() label=label hint=hint error=error.clone() required=required>
            <input
                class="input input--file" type="file" id=id.clone() name=name accept=accept multiple=multiple required=required
                aria-invalid=error.is_some().then_some("true") aria-describedby=format!("{id}-words")
            />
        </FieldFrame>
    }
}
