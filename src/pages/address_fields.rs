//! The fields of an address, as both sides fill them in.

use crate::domain::FieldErrors;
use crate::http::form::Form;
use crate::http::forms;
use crate::islands::Dialog;
use crate::server::error::Result as Outcome;
use crate::server::people::addresses::{AddressBook, BookedAddress};
use crate::ui::{ButtonKind, Checkbox, DialogForm, Field, TextArea};
use leptos::prelude::*;

/// An address of the book as it stands in its form.
pub fn typed(entry: &BookedAddress) -> Form {
    let address = &entry.address;
    let phone = address.phone_in_words();
    let mut form =
        Form::of(&[("recipient", &address.recipient), ("phone", &phone), ("region", &address.region), ("detail", &address.detail)]);
    if entry.is_default {
        form.set("default", "1");
    }
    form
}

/// Adds what was typed to the book.
pub async fn add(book: AddressBook<'_>, form: &Form) -> Outcome<()> {
    book.add(&forms::address::entry(form)?).await
}

/// Changes an entry of the book; one that is not in it is not found, whatever was typed.
pub async fn save(book: AddressBook<'_>, id: i64, form: &Form) -> Outcome<()> {
    book.find(id).await?;
    book.save(id, &forms::address::entry(form)?).await
}

/// What a book of addresses says once something was done in it.
pub fn done_in_words(done: &str) -> Option<&'static str> {
    match done {
        "saved" => Some("地址已保存"),
        "default" => Some("已设为默认地址"),
        "removed" => Some("地址已删除"),
        _ => None,
    }
}

/// 「删除」: an address that was typed in once is not lost to a slip of the thumb. `book` is the page of all, `asked_about` the one whose dialog is open.
pub fn removing(entry: &BookedAddress, book: &str, asked_about: &str) -> impl IntoView + use<> {
    let (id, open) = (entry.id.to_string(), asked_about == entry.id.to_string());
    let (action, href) = (format!("{book}/{id}/remove"), format!("{book}?remove={id}"));
    let class = ButtonKind::Quiet.class(true, false);
    let (lead, book) = (format!("{} {}", entry.address.recipient, entry.address.place()), book.to_owned());
    view! {
        <Dialog id=format!("remove-{id}") label="删除" class=class title="删除地址" href=href back=book.clone() open=open>
            <DialogForm action=action back=book submit="删除" kind=ButtonKind::Danger lead=lead>
                <p>"以前的订单不受影响。"</p>
            </DialogForm>
        </Dialog>
    }
}

/// Recipient, phone, region, detail, and whether it is the default.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "the props of a component are its own")]
pub fn AddressFields(form: Form, errors: FieldErrors) -> impl IntoView {
    let typed = |name: &str| form.get(name).to_owned();
    view! {
        <Field label="收件人" name="recipient" autocomplete="name" maxlength=30 value=typed("recipient") error=errors.of("recipient") required=true/>
        <Field label="联系电话" name="phone" kind="tel" inputmode="tel" autocomplete="tel" maxlength=40 value=typed("phone") error=errors.of("phone") required=true/>
        <Field
            label="所在地区" name="region" autocomplete="address-level1" maxlength=60 placeholder="省、市、区" value=typed("region")
            error=errors.of("region") required=true
        />
        <TextArea label="详细地址" name="detail" rows=2 maxlength=120 placeholder="街道、门牌号" value=typed("detail") error=errors.of("detail") required=true/>
        <Checkbox label="设为默认地址" name="default" checked=form.has("default")/>
    }
}
