use leptos::ev::{Event, MouseEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DataTransfer, Element, File, HtmlElement, HtmlInputElement, Url};

use super::dom::{all_in, closest};
use super::shrink::fitted;

const FIELD: &str = "input[type=\"file\"]";
/// Pictures that came with the page, unless their box is unticked.
const KEPT: &str = ".kept-picture input:checked";
/// What may be picked beside the kinds that the server takes: the browser makes a JPEG of it, or it is said that it cannot.
const HEIC: &str = ",image/heic,image/heif,.heic,.heif";

/// Around a field for pictures: each choice adds to those before, each picture can be taken out again, and large ones are made smaller before
/// they are sent.
#[island]
pub fn PicturePicker(
    /// How many there may be in all.
    max: usize,
    /// How large one may be.
    max_bytes: usize,
    children: Children,
) -> impl IntoView {
    let picker = Picker {
        frame: NodeRef::new(),
        list: NodeRef::new(),
        chosen: StoredValue::new_local(Vec::new()),
        coming: StoredValue::new(Vec::new()),
        pressed: StoredValue::new_local(None),
        said: RwSignal::new(String::new()),
        refused: RwSignal::new(String::new()),
        max,
        max_bytes,
    };
    Effect::new(move |_| picker.wake());
    let removed = move |event: MouseEvent| picker.remove(&event);
    view! {
        <div node_ref=picker.frame on:change=move |event| picker.picked(&event)>
            {children()}
            <p class="picture-picker__error" role="alert" hidden=move || picker.refused.with(String::is_empty)>{move || picker.refused.get()}</p>
            <ul class="picture-picker" node_ref=picker.list on:click=removed></ul>
            <p class="picture-picker__said" role="status">{move || picker.said.get()}</p>
        </div>
    }
}

/// What a file was called, and its size: picked again, it is known again.
#[derive(Clone, PartialEq)]
struct PictureOrigin {
    name: String,
    size: f64,
}

impl PictureOrigin {
    fn of(file: &File) -> Self {
        Self { name: file.name(), size: file.size() }
    }
}

/// A picture as it will be sent, and what it was made of.
struct ChosenPicture {
    origin: PictureOrigin,
    file: File,
}

#[derive(Clone, Copy)]
struct Picker {
    frame: NodeRef<html::Div>,
    list: NodeRef<html::Ul>,
    /// In the order of the thumbnails.
    chosen: StoredValue<Vec<ChosenPicture>, LocalStorage>,
    /// Pictures that are still being made smaller.
    coming: StoredValue<Vec<PictureOrigin>>,
    /// The button that was pressed meanwhile.
    pressed: StoredValue<Option<HtmlElement>, LocalStorage>,
    said: RwSignal<String>,
    refused: RwSignal<String>,
    max: usize,
    max_bytes: usize,
}

impl Picker {
    fn field(self) -> Option<HtmlInputElement> {
        let frame = self.frame.get_untracked()?;
        all_in(&frame, FIELD).pop()
    }

    fn wake(self) {
        let Some(field) = self.field() else { return };
        // Phones of Apple make a JPEG of it by themselves for whoever does not ask for HEIC.
        let agent = window().navigator().user_agent().unwrap_or_default();
        if !agent.contains("iPhone") && !agent.contains("iPad") {
            field.set_accept(&(field.accept() + HEIC));
        }
        let waits = Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| {
            if self.is_busy() {
                event.prevent_default();
                self.pressed.set_value(event.submitter());
                self.said.set("图片还在处理，处理好后自动提交".to_owned());
            }
        });
        if let Some(form) = field.form() {
            let _ = form.add_event_listener_with_callback("submit", waits.as_ref().unchecked_ref());
            waits.forget();
        }
        // Picked while the page was still waking up.
        self.take(&field);
    }

    fn picked(self, event: &Event) {
        if let Some(field) = closest(event, FIELD).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            self.take(&field);
        }
    }

    fn is_busy(self) -> bool {
        self.coming.with_value(|coming| !coming.is_empty())
    }

    fn knows(self, file: &File) -> bool {
        let origin = PictureOrigin::of(file);
        self.coming.with_value(|coming| coming.contains(&origin))
            || self.chosen.with_value(|chosen| chosen.iter().any(|one| one.origin == origin))
    }

    /// Adds what the field holds to what was chosen before.
    fn take(self, field: &HtmlInputElement) {
        // Where a script may not fill the field, it stays the browser's own: a thumbnail that is not sent would be a lie.
        if DataTransfer::new().is_err() {
            return;
        }
        let picked = files(field);
        if picked.is_empty() && self.chosen.with_value(Vec::is_empty) {
            return;
        }
        let mut fresh: Vec<File> = picked.into_iter().filter(|file| !self.knows(file)).collect();
        let kept = field.form().map_or(0, |form| all_in::<Element>(&form, KEPT).len());
        let room = self.max.saturating_sub(kept + self.chosen.with_value(Vec::len) + self.coming.with_value(Vec::len));
        let too_many = fresh.len().saturating_sub(room);
        fresh.truncate(room);
        let max = self.max;
        self.refused.set(if too_many > 0 {
            format!("最多上传 {max} 张图片，有 {too_many} 张没有加入")
        } else {
            String::new()
        });
        self.coming.update_value(|coming| coming.extend(fresh.iter().map(PictureOrigin::of)));
        // Until they are ready, the field holds what is.
        self.give_to(field);
        spawn_local(async move {
            let count = fresh.len();
            let mut all_there = too_many == 0;
            for (index, file) in fresh.into_iter().enumerate() {
                self.said.set(format!("正在处理图片 {} / {count}…", index + 1));
                let origin = PictureOrigin::of(&file);
                let done = fitted(file, self.max_bytes).await;
                self.coming.update_value(|coming| coming.retain(|one| *one != origin));
                match done {
                    Ok(file) => self.add(ChosenPicture { origin, file }),
                    Err(words) => {
                        all_there = false;
                        self.refused.set(words);
                    }
                }
            }
            self.tell();
            self.go_on(all_there);
        });
    }

    /// What was pressed too early is done now, unless a picture is missing that the person should know of.
    fn go_on(self, all_there: bool) {
        if self.is_busy() {
            return;
        }
        let Some(pressed) = self.pressed.try_update_value(Option::take).flatten() else { return };
        let form = self.field().filter(|_| all_there).and_then(|field| field.form());
        if let Some(form) = form {
            let _ = form.request_submit_with_submitter(Some(&pressed));
        }
    }

    fn add(self, one: ChosenPicture) {
        // A thumbnail each, in the same order: the way out of one is found by its place.
        if self.list.get_untracked().and_then(|list| show(&list, &one.file)).is_none() {
            return;
        }
        self.chosen.update_value(|chosen| chosen.push(one));
        if let Some(field) = self.field() {
            self.give_to(&field);
        }
    }

    fn remove(self, event: &MouseEvent) {
        let (Some(list), Some(pressed)) = (self.list.get_untracked(), closest(event, "li")) else { return };
        if closest(event, "button").is_none() {
            return;
        }
        let items = all_in::<Element>(&list, "li");
        let Some(index) = items.iter().position(|item| *item == pressed) else { return };
        for picture in all_in::<Element>(&pressed, "img") {
            let _ = picture.get_attribute("src").map(|address| Url::revoke_object_url(&address));
        }
        pressed.remove();
        self.chosen.update_value(|chosen| drop(chosen.remove(index)));
        let Some(field) = self.field() else { return };
        self.give_to(&field);
        self.refused.set(String::new());
        self.tell();
        // Focus must not fall on nothing: the next one, or the field.
        let buttons = all_in::<HtmlElement>(&list, "button");
        let _ = match buttons.get(index.min(buttons.len().saturating_sub(1))) {
            Some(next) => next.focus(),
            None => field.focus(),
        };
    }

    fn give_to(self, field: &HtmlInputElement) {
        let Ok(bag) = DataTransfer::new() else { return };
        self.chosen.with_value(|chosen| {
            for one in chosen {
                let _ = bag.items().add_with_file(&one.file);
            }
        });
        field.set_files(bag.files().as_ref());
    }

    fn tell(self) {
        if !self.is_busy() {
            let count = self.chosen.with_value(Vec::len);
            self.said.set(if count > 0 {
                format!("已选择 {count} 张图片，可以继续添加")
            } else {
                "没有选择图片".to_owned()
            });
        }
    }
}

fn files(input: &HtmlInputElement) -> Vec<File> {
    input.files().map(|files| (0..files.length()).filter_map(|index| files.get(index)).collect()).unwrap_or_default()
}

/// One thumbnail with its way out; without a picture where the browser cannot draw one.
fn show(list: &Element, file: &File) -> Option<()> {
    let document = document();
    let item = document.create_element("li").ok()?;
    let picture = document.create_element("img").ok()?;
    picture.set_attribute("src", &Url::create_object_url_with_blob(file).ok()?).ok()?;
    picture.set_attribute("alt", &file.name()).ok()?;
    let button = document.create_element("button").ok()?;
    button.set_attribute("type", "button").ok()?;
    button.set_attribute("aria-label", &format!("移除 {}", file.name())).ok()?;
    button.set_text_content(Some("×"));
    item.append_child(&picture).ok()?;
    item.append_child(&button).ok()?;
    list.append_child(&item).ok()?;
    Some(())
}
