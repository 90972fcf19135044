//! Leafing through keyset pages.

use leptos::prelude::*;

use crate::ui::filled;

/// 上一页 and 下一页; nothing if there is neither.
#[component]
pub fn Pagination(
    #[prop(into, optional_no_strip)] previous: Option<String>,
    #[prop(into, optional_no_strip)] next: Option<String>,
    #[prop(into, optional)] words: String,
) -> impl IntoView {
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pagination" aria-label="分页">
                <PageLink label="上一页" rel="prev" href=previous/>
                {filled(words).map(|words| view! { <span class="pagination__words">{words}</span> })}
                <PageLink label="下一页" rel="next" href=next/>
            </nav>
        }
    })
}

#[component]
fn PageLink(label: &'static str, rel: &'static str, href: Option<String>) -> impl IntoView {
    match href {
        Some(href) => view! { <a class="button button--small" rel=rel href=href>{label}</a> }.into_any(),
        None => view! { <span class="button button--small button--off" aria-disabled="true">{label}</span> }.into_any(),
    }
}
