//! Fields to type into: label, input, hint and the words of what is wrong, tied together by ids.

use leptos::prelude::*;

use crate::ui::{field_id, filled};

/// The frame of a field. Hint and error share one described-by block, `{id}-words`.
#[component]
pub fn FieldFrame(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    let class = if error.is_some() { "field field--wrong" } else { "field" };
    view! {
        <div class=class>
            <div class="field__head">
                <label class="field__label" for=id.clone()>{label}</label>
                {required_mark(required)}
            </div>
            {children()}
            <FieldWords id=id hint=hint error=error/>
        </div>
    }
}

/// The name of several inputs that are one field.
#[component]
pub(super) fn Legend(words: String, required: bool) -> impl IntoView {
    view! { <legend class="field__label">{words} {required_mark(required)}</legend> }
}

/// For those who see it; the others hear it from the input.
pub(super) fn required_mark(required: bool) -> Option<impl IntoView> {
    required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> })
}

/// What is wrong with a field and what helps to fill it, under the id that describes it.
#[component]
pub(super) fn FieldWords(id: String, #[prop(optional)] hint: String, error: Option<String>) -> impl IntoView {
    view! {
        <div class="field__words" id=format!("{id}-words")>
            {error.map(|error| view! { <p class="field__error">{error}</p> })}
            {filled(hint).map(|hint| view! { <p class="field__hint">{hint}</p> })}
        </div>
    }
}

/// One line to type. `suffix` is the unit behind it (天, 元).
#[component]
pub fn Field(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into, optional)] value: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(into, optional)] placeholder: String,
    #[prop(into, optional)] min: String,
    #[prop(into, optional)] max: String,
    #[prop(into, optional)] step: String,
    #[prop(into, optional)] suffix: String,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    view! {
        <FieldFrame id=id.clone() label=label hint=hint error=error.clone() required=required>
            <div class="field__line">
                <input
                    class="input" type=kind id=id.clone() name=name value=value required=required readonly=readonly inputmode=inputmode autocomplete=autocomplete
                    maxlength=maxlength.map(|most| most.to_string()) placeholder=filled(placeholder) min=filled(min) max=filled(max) step=filled(step)
                    aria-invalid=error.is_some().then_some("true") aria-describedby=format!("{id}-words")
                />
                {filled(suffix).map(|suffix| view! { <span class="field__suffix">{suffix}</span> })}
            </div>
        </FieldFrame>
    }
}

/// Several lines to type.
#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into, optional)] value: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] required: bool,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(into, optional)] placeholder: String,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    view! {
        <FieldFrame id=id.clone() label=label hint=hint error=error.clone() required=required>
            <textarea
                class="input input--area" id=id.clone() name=name rows=rows.to_string() required=required maxlength=maxlength.map(|most| most.to_string())
                placeholder=filled(placeholder) aria-invalid=error.is_some().then_some("true") aria-describedby=format!("{id}-words")
            >{as_text(&value)}</textarea>
        </FieldFrame>
    }
}

/// Leptos writes the inside of a `<textarea>` as it is: what was typed could end the field and go on as HTML.
fn as_text(typed: &str) -> String {
    typed.replace('&', "&amp;").replace('<', "&lt;")
}

/// A value that travels with the form unseen.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
