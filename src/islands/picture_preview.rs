use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, File, HtmlInputElement, Url};

use super::dom::all_in;

/// Around a field for pictures: shows what was chosen, and says at once what the server would refuse after the upload.
#[island]
pub fn PicturePreview(
    /// Pictures kept from before, which count too.
    already: u32,
    /// How many there may be in all.
    max: u32,
    /// How large one may be.
    max_bytes: u32,
    children: Children,
) -> impl IntoView {
    let refused = RwSignal::new(String::new());
    let list = NodeRef::<html::Ul>::new();
    let chosen = move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let Some(list) = list.get_untracked().filter(|_| input.type_() == "file") else { return };
        clear(&list);
        let files = files(&input);
        let reason = refusal(&files, max.saturating_sub(already), max, max_bytes);
        if reason.is_some() {
            input.set_value("");
        } else {
            for file in &files {
                let _ = show(&list, file);
            }
        }
        refused.set(reason.unwrap_or_default());
    };
    view! {
        <div on:change=chosen>
            {children()}
            <p class="picture-preview__error" role="alert" hidden=move || refused.with(String::is_empty)>{move || refused.get()}</p>
            <ul class="picture-preview" node_ref=list></ul>
        </div>
    }
}

fn files(input: &HtmlInputElement) -> Vec<File> {
    input.files().map(|files| (0..files.length()).filter_map(|index| files.get(index)).collect()).unwrap_or_default()
}

fn refusal(files: &[File], room: u32, max: u32, max_bytes: u32) -> Option<String> {
    if files.len() > room as usize {
        return Some(format!("最多上传 {max} 张图片，请重新选择"));
    }
    let too_large = files.iter().find(|file| file.size() > f64::from(max_bytes))?;
    Some(format!("图片「{}」超过 {} MB，请重新选择", too_large.name(), max_bytes / 1_048_576))
}

/// One thumbnail; `None` if the browser cannot make one, which costs nothing but the sight.
fn show(list: &Element, file: &File) -> Option<()> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let item = document().create_element("li").ok()?;
    let picture = document().create_element("img").ok()?;
    picture.set_attribute("src", &address).ok()?;
    picture.set_attribute("alt", &file.name()).ok()?;
    item.append_child(&picture).ok()?;
    list.append_child(&item).ok()?;
    Some(())
}

fn clear(list: &Element) {
    for picture in all_in::<Element>(list, "img") {
        let _ = picture.get_attribute("src").map(|address| Url::revoke_object_url(&address));
    }
    list.set_inner_html("");
}
