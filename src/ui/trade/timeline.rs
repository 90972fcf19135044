//! What happened, newest first.

use crate::domain::text::isolated;
use leptos::prelude::*;

use crate::ui::{Picture, Pictures};

/// One event: what, by whom, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    pub words: String,
    pub who: String,
    pub when: String,
    pub detail: Option<String>,
    pub pictures: Vec<Picture>,
}

impl TimelineEntry {
    pub fn new(words: impl Into<String>, who: impl Into<String>, when: impl Into<String>) -> Self {
        Self { words: words.into(), who: who.into(), when: when.into(), detail: None, pictures: Vec::new() }
    }
}

/// The events of an order or a case.
#[component]
pub fn Timeline(entries: Vec<TimelineEntry>) -> impl IntoView {
    let event = |entry: TimelineEntry| {
        let small = if entry.who.is_empty() { entry.when } else { format!("{} · {}", isolated(&entry.who), entry.when) };
        view! {
            <li class="timeline__entry">
                <p>{entry.words}</p>
                {entry.detail.map(|detail| view! { <p class="timeline__detail">{detail}</p> })}
                <Pictures items=entry.pictures/>
                <small>{small}</small>
            </li>
        }
    };
    view! { <ol class="timeline">{entries.into_iter().map(event).collect_view()}</ol> }
}
