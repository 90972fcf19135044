//! 「修改收货信息」, until the first parcel leaves (S12).

use super::{OrderDialogWords, dialog};
use crate::http::problem::Problem;
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::ui::{Field, TextArea};
use leptos::prelude::*;

pub fn draw(desk: &Desk) -> AnyView {
    let begins_with = desk.order.recipient().open(desk.sees_contact()).map(|to| {
        let phone = to.phone_in_words();
        desk.typed(Task::Address, &[("recipient", &to.recipient), ("phone", &phone), ("region", &to.region), ("detail", &to.detail)])
    });
    let typed = begins_with.unwrap_or_else(|| desk.typed(Task::Address, &[]));
    let typed = |name: &str| typed.get(name).to_owned();
    let problem = desk.problem_of(Task::Address);
    let error = |name: &str| Problem::at(problem, name);
    let fields = view! {
        <div class="form__row">
            <Field label="收件人" name="recipient" prefix="address" autocomplete="off" maxlength=30 value=typed("recipient") error=error("recipient") required=true/>
            <Field
                label="联系电话" name="phone" prefix="address" kind="tel" inputmode="tel" autocomplete="off" maxlength=40 value=typed("phone") error=error("phone")
                required=true
            />
        </div>
        <Field
            label="所在地区" name="region" prefix="address" autocomplete="off" maxlength=60 placeholder="省、市、区" value=typed("region") error=error("region")
            required=true
        />
        <TextArea
            label="详细地址" name="detail" prefix="address" rows=2 maxlength=120 placeholder="街道、门牌号" value=typed("detail") error=error("detail") required=true
        />
    };
    let lead = format!("订单 {}，只改这一单，不影响买家的地址簿", desk.order.number());
    let words = OrderDialogWords { lead, note: "买家会收到通知", submit: "保存", ..OrderDialogWords::of(Task::Address, "link") };
    dialog(desk, words, fields)
}
