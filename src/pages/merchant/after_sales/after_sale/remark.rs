//! 「备注」 and flag: one for the order and all its cases (S54).

use super::AfterSalePage;
use super::window::{self, AfterSaleDialog, DialogWords};
use crate::domain::{OrderFlag, Permission};
use crate::http::problem::Problem;
use crate::ui::{ButtonKind, FlagChoices, TextArea};
use leptos::prelude::*;

/// For whoever of the staff may write one.
pub(super) fn dialog(page: &AfterSalePage) -> Option<AnyView> {
    if !page.staff.may(Permission::RemarkAndFlag) {
        return None;
    }
    let words = DialogWords {
        label: "备注",
        title: "备注",
        lead: format!("订单 {}", page.case.order().number()),
        submit: "保存",
        note: "只有商家能看到",
        class: ButtonKind::Plain.class(true, false),
    };
    Some(window::draw(page, AfterSaleDialog::Remark, words, Some(fields(page))))
}

fn fields(page: &AfterSalePage) -> AnyView {
    let order = page.case.order();
    let typed = page.problem_in(AfterSaleDialog::Remark).is_some();
    let kept = |name: &str, stored: &str| if typed { page.typed.get(name).to_owned() } else { stored.to_owned() };
    let (remark, flag) = (kept("shop_remark", order.shop_remark()), kept("flag", order.flag().map_or("", OrderFlag::code)));
    let (id, error) = (AfterSaleDialog::Remark.code(), Problem::at(page.problem_in(AfterSaleDialog::Remark), "shop_remark"));
    view! {
        <FlagChoices name="flag" prefix=id selected=flag/>
        <TextArea label="备注内容" name="shop_remark" prefix=id maxlength=200 value=remark error=error/>
    }
    .into_any()
}
