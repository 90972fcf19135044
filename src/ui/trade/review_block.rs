//! What a buyer thought of the goods, and what the shop said to it.

use leptos::prelude::*;

use crate::ui::{Picture, Pictures, Stars, filled};

/// A review; the children stand under it (追评, actions of the shop).
#[component]
pub fn ReviewBlock(
    #[prop(into)] who: String,
    #[prop(into)] when: String,
    rating: u8,
    #[prop(into, optional)] words: String,
    #[prop(optional)] pictures: Vec<Picture>,
    #[prop(into, optional_no_strip)] reply: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <article class="review">
            <p class="review__head"><b>{who}</b><Stars rating=rating/><time>{when}</time></p>
            {filled(words).map(|words| view! { <p class="review__words">{words}</p> })}
            <Pictures items=pictures/>
            {reply.map(|reply| view! { <p class="review__reply"><b>"商家回复："</b>{reply}</p> })}
            {children.map(|children| view! { <div class="review__more">{children()}</div> })}
        </article>
    }
}
