//! Dense tables.

use leptos::prelude::*;

/// The head of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    label: &'static str,
    class: &'static str,
    hidden: bool,
}

impl Column {
    pub fn new(label: &'static str) -> Self {
        Self { label, class: "", hidden: false }
    }

    /// Figures, set right.
    pub fn number(label: &'static str) -> Self {
        Self { label, class: "number", hidden: false }
    }

    /// As narrow as its content.
    pub fn narrow(label: &'static str) -> Self {
        Self { label, class: "narrow-column", hidden: false }
    }

    /// Named for those who hear the table, not for those who see it.
    pub fn hidden(label: &'static str) -> Self {
        Self { label, class: "", hidden: true }
    }
}

/// A table that scrolls sideways by itself when it is too wide; the children are its rows.
#[component]
pub fn Table(#[prop(into)] label: String, head: Vec<Column>, children: Children) -> impl IntoView {
    let column = |column: Column| {
        view! {
            <th scope="col" class=column.class><span class=if column.hidden { "visually-hidden" } else { "" }>{column.label}</span></th>
        }
    };
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class="table">
                <thead><tr>{head.into_iter().map(column).collect_view()}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
