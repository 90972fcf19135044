use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// 「复制」 beside a number or an address. Hidden until it can do it: no scripts or no clipboard, no button.
#[island]
pub fn CopyButton(#[prop(into)] text: String) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| ready.set(window().is_secure_context()));
    let copy = move |_| {
        let written = window().navigator().clipboard().write_text(&text);
        spawn_local(async move { copied.set(JsFuture::from(written).await.is_ok()) });
    };
    view! {
        <button type="button" class="button button--copy" aria-live="polite" hidden=move || !ready.get() on:click=copy>
            {move || if copied.get() { "已复制" } else { "复制" }}
        </button>
    }
}
