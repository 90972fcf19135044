//! The summary of what is wrong with a form.

use leptos::prelude::*;

use crate::domain::FieldErrors;
use crate::ui::{field_id, filled};

/// What is wrong, on top of the form, with a link to each field; takes the focus. Nothing if there are neither errors nor a title.
#[component]
pub fn FormErrors(errors: FieldErrors, #[prop(into, optional)] title: String, #[prop(into, optional)] prefix: String) -> impl IntoView {
    let entry = |(field, words): (String, String)| {
        if field.is_empty() {
            view! { <li>{words}</li> }.into_any()
        } else {
            view! { <li><a href=format!("#{}", field_id(&prefix, &field))>{words}</a></li> }.into_any()
        }
    };
    (!errors.is_empty() || !title.is_empty()).then(|| {
        let title = filled(title).unwrap_or_else(|| "请检查以下内容".to_owned());
        let list = (!errors.is_empty()).then(|| view! { <ul>{errors.0.into_iter().map(entry).collect_view()}</ul> });
        view! {
            <div class="form-errors" role="alert" tabindex="-1" autofocus=true>
                <p class="form-errors__title">{title}</p>
                {list}
            </div>
        }
    })
}
