//! Choosing: from a list, by pills, by a box to tick.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldWords, Legend, required_mark};
use crate::ui::{field_id, filled};

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    value: String,
    label: String,
    small: String,
    disabled: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// Small words beside the label.
    #[must_use]
    pub fn with(self, small: impl Into<String>) -> Self {
        Self { small: small.into(), ..self }
    }

    /// Shown, with the reason, but not to be chosen.
    #[must_use]
    pub fn disabled(self, why: impl Into<String>) -> Self {
        Self { small: why.into(), disabled: true, ..self }
    }
}

/// A drop-down list; `placeholder` is its first, empty line.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    choices: Vec<Choice>,
    #[prop(into, optional)] selected: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] required: bool,
    #[prop(into, default = "请选择".to_owned())] placeholder: String,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    let selected = &selected;
    let option = |choice: Choice| {
        let words = if choice.small.is_empty() { choice.label } else { format!("{} · {}", choice.label, choice.small) };
        view! { <option selected=choice.value == *selected value=choice.value disabled=choice.disabled>{words}</option> }
    };
    let options = choices.into_iter().map(option).collect_view();
    view! {
        <FieldFrame id=id.clone() label=label hint=hint error=error.clone() required=required>
            <select class="input" id=id.clone() name=name required=required aria-invalid=error.is_some().then_some("true") aria-describedby=format!("{id}-words")>
                {(!placeholder.is_empty()).then(|| view! { <option value="">{placeholder}</option> })}
                {options}
            </select>
        </FieldFrame>
    }
}

/// A box to tick.
#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(into, default = "1".to_owned())] value: String,
    #[prop(optional)] checked: bool,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(into, optional)] hint: String,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    let id = field_id(&prefix, &name);
    let wrong = error.is_some().then_some("true");
    view! {
        <div class="check">
            <input
                type="checkbox" id=id.clone() name=name value=value checked=checked required=required aria-invalid=wrong
                aria-describedby=format!("{id}-words")
            />
            <span class="check__label"><label for=id.clone()>{label}</label>{required_mark(required)}</span>
            <FieldWords id=id.clone() hint=hint error=error/>
        </div>
    }
}

/// One of several, as pills: a specification, a reason, a tag.
#[component]
pub fn RadioChips(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    choices: Vec<Choice>,
    #[prop(into, optional)] selected: String,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    view! { <ChipSet kind="radio" legend=legend name=name choices=choices selected=vec![selected] error=error required=required prefix=prefix/> }
}

/// Any of several, as pills.
#[component]
pub fn CheckChips(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    choices: Vec<Choice>,
    #[prop(optional)] selected: Vec<String>,
    #[prop(into, optional_no_strip)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] prefix: String,
) -> impl IntoView {
    view! { <ChipSet kind="checkbox" legend=legend name=name choices=choices selected=selected error=error required=required prefix=prefix/> }
}

#[component]
fn ChipSet(
    kind: &'static str,
    legend: String,
    name: String,
    choices: Vec<Choice>,
    selected: Vec<String>,
    error: Option<String>,
    required: bool,
    prefix: String,
) -> impl IntoView {
    // A set of boxes cannot say that one of them is required.
    let role = (kind == "radio").then_some("radiogroup");
    let required_of_one = (required && kind == "radio").then_some("true");
    let id = field_id(&prefix, &name);
    let chip = |choice: Choice| {
        view! {
            <label class="choice-chip">
                <input type=kind name=name.clone() checked=selected.contains(&choice.value) value=choice.value disabled=choice.disabled/>
                <span>{choice.label}</span>
                {filled(choice.small).map(|small| view! { <small>{small}</small> })}
            </label>
        }
    };
    let chips = choices.into_iter().map(chip).collect_view();
    view! {
        <fieldset
            class="field choice-chips" role=role id=id.clone() tabindex="-1" aria-required=required_of_one aria-describedby=format!("{id}-words")
        >
            <Legend words=legend required=required/>
            <div class="choice-chips__all">{chips}</div>
            <FieldWords id=id.clone() error=error/>
        </fieldset>
    }
}
