//! What can be pressed: one look for submit buttons, links and forms of a single button.

use leptos::prelude::*;

use crate::ui::{Hidden, filled};

/// How loud a button is. One primary a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Plain,
    Primary,
    Danger,
    Quiet,
}

impl ButtonKind {
    /// The classes of a button of this kind.
    pub fn class(self, small: bool, wide: bool) -> String {
        let kind = match self {
            Self::Plain => "button",
            Self::Primary => "button button--primary",
            Self::Danger => "button button--danger",
            Self::Quiet => "button button--quiet",
        };
        format!("{kind}{}{}", if small { " button--small" } else { "" }, if wide { " button--wide" } else { "" })
    }
}

/// A submit button of the form around it, or of the form named by `form`.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(into, optional)] value: String,
    #[prop(into, optional)] formaction: String,
    #[prop(into, optional)] form: String,
    #[prop(optional)] disabled: bool,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=kind.class(small, wide) name=name value=name.map(|_| value) formaction=filled(formaction) form=filled(form) disabled=disabled>
            {children()}
        </button>
    }
}

/// A link that looks like a button: it goes somewhere and changes nothing.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(into, optional)] label: String,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    view! { <a class=kind.class(small, wide) href=href aria-label=filled(label)>{children()}</a> }
}

/// A form of one button: a write that needs nothing typed.
#[component]
pub fn PostButton(
    #[prop(into)] action: String,
    #[prop(optional)] fields: Vec<(&'static str, String)>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=action class="post-button">
            {fields.into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect_view()}
            <Button kind=kind small=small>{children()}</Button>
        </form>
    }
}
