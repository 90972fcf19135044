//! Pictures of goods and of evidence.

use leptos::prelude::*;

/// How large a picture of goods is: in a table, in a line, across its container; leading, the same at the head of a page, fetched before all else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThumbSize {
    Small,
    #[default]
    Normal,
    Large,
    Leading,
}

/// A picture of goods. `alt` is empty where the title stands beside it.
#[component]
pub fn Thumb(#[prop(into)] src: String, #[prop(into)] alt: String, #[prop(optional)] size: ThumbSize) -> impl IntoView {
    let (class, pixels) = match size {
        ThumbSize::Small => ("thumb thumb--small", "38"),
        ThumbSize::Normal => ("thumb", "88"),
        ThumbSize::Large | ThumbSize::Leading => ("thumb thumb--large", "400"),
    };
    let (loading, priority) = if size == ThumbSize::Leading { ("eager", Some("high")) } else { ("lazy", None) };
    view! { <img class=class src=src alt=alt width=pixels height=pixels loading=loading fetchpriority=priority decoding="async"/> }
}

/// A picture that somebody sent, and where it is shown whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub src: String,
    pub alt: String,
    pub href: Option<String>,
}

impl Picture {
    pub fn new(src: impl Into<String>, alt: impl Into<String>) -> Self {
        Self { src: src.into(), alt: alt.into(), href: None }
    }

    /// Leads to the whole picture.
    #[must_use]
    pub fn linking(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }
}

/// A row of pictures; nothing if there are none.
#[component]
pub fn Pictures(items: Vec<Picture>) -> impl IntoView {
    let entry = |item: Picture| {
        let image = view! { <img src=item.src alt=item.alt width="88" height="88" loading="lazy" decoding="async"/> };
        match item.href {
            Some(href) => view! { <li><a href=href>{image}</a></li> }.into_any(),
            None => view! { <li>{image}</li> }.into_any(),
        }
    };
    (!items.is_empty()).then(|| view! { <ul class="pictures">{items.into_iter().map(entry).collect_view()}</ul> })
}
