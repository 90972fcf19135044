//! Where something stands on its way.

use leptos::prelude::*;

/// One station of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    label: String,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Done,
    Now,
    Todo,
}

impl Step {
    pub fn done(label: impl Into<String>) -> Self {
        Self { label: label.into(), place: Place::Done }
    }

    pub fn now(label: impl Into<String>) -> Self {
        Self { label: label.into(), place: Place::Now }
    }

    pub fn todo(label: impl Into<String>) -> Self {
        Self { label: label.into(), place: Place::Todo }
    }
}

/// The stations side by side: done, now, to come.
#[component]
pub fn Steps(steps: Vec<Step>) -> impl IntoView {
    let station = |(index, step): (usize, Step)| {
        let (class, mark, said) = match step.place {
            Place::Done => ("steps__step steps__step--done", "✓".to_owned(), "已完成"),
            Place::Now => ("steps__step steps__step--now", (index + 1).to_string(), ""),
            Place::Todo => ("steps__step", (index + 1).to_string(), "未开始"),
        };
        view! {
            <li class=class aria-current=(step.place == Place::Now).then_some("step")>
                <span class="steps__mark" aria-hidden="true">{mark}</span>
                {step.label}
                <span class="visually-hidden">{said}</span>
            </li>
        }
    };
    view! { <ol class="steps">{steps.into_iter().enumerate().map(station).collect_view()}</ol> }
}
