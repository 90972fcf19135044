//! 「备注」 and flag, for the shop alone (S54).

use super::{OrderDialogWords, dialog};
use crate::domain::OrderFlag;
use crate::http::problem::Problem;
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::ui::{FlagChoices, TextArea};
use leptos::prelude::*;

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let order = &desk.order;
    let typed = desk.typed(Task::Remark, &[("shop_remark", order.shop_remark()), ("flag", order.flag().map_or("", OrderFlag::code))]);
    let error = Problem::at(desk.problem_of(Task::Remark), "shop_remark");
    let (remark, flag) = (typed.get("shop_remark").to_owned(), typed.get("flag").to_owned());
    let fields = view! {
        <FlagChoices name="flag" prefix="remark" selected=flag/>
        <TextArea label="商家备注" name="shop_remark" prefix="remark" rows=3 maxlength=200 hint="最多 200 个字" value=remark error=error/>
    };
    let lead = format!("订单 {}", order.number());
    dialog(
        desk,
        OrderDialogWords {
            lead, note: "买家看不到，订单和售后共用", submit: "保存", ..OrderDialogWords::of(Task::Remark, class)
        },
        fields,
    )
}
