//! The two dialogs that decide: the answer to an application, and what follows a receipt.

mod cards;

use super::AfterSalePage;
use super::window::{self, AfterSaleDialog, DialogWords};
use crate::domain::after_sale::{AfterSaleAction as Action, AfterSaleKind, StateKind};
use crate::ui::{Button, ButtonKind, Hidden};
use leptos::prelude::*;

const SUBMIT: &str = "确认提交";
const TOLD: &str = "此操作会通知买家";

/// 「处理退货申请」, 「处理退款申请」: the answer to an application.
pub(super) fn answer(page: &AfterSalePage) -> Option<AnyView> {
    let applied = page.case.state().kind() == StateKind::Applied;
    let fields = cards::draw(page, AfterSaleDialog::Decide).filter(|_| applied);
    let title = match page.case.kind() {
        AfterSaleKind::RefundOnly => "处理退款申请",
        AfterSaleKind::ReturnRefund => "处理退货申请",
        AfterSaleKind::Exchange => "处理换货申请",
    };
    let words =
        DialogWords { label: title, title, lead: lead(page), submit: SUBMIT, note: TOLD, class: ButtonKind::Primary.class(false, false) };
    (fields.is_some() || page.problem_in(AfterSaleDialog::Decide).is_some())
        .then(|| window::draw(page, AfterSaleDialog::Decide, words, fields))
}

/// 「同意退款」, 「手动退款」, 「驳回」 once the goods are on their way back, or a refund has failed: each button opens the dialog on its card.
pub(super) fn after_receipt(page: &AfterSalePage) -> Option<AnyView> {
    let later = page.case.state().kind() != StateKind::Applied;
    let fields = cards::draw(page, AfterSaleDialog::Settle).filter(|_| later);
    let buttons = fields.is_some().then(|| settle_buttons(page));
    let words = DialogWords { label: "", title: "处理退款", lead: lead(page), submit: SUBMIT, note: TOLD, class: String::new() };
    (fields.is_some() || page.problem_in(AfterSaleDialog::Settle).is_some()).then(|| {
        let dialog = window::draw(page, AfterSaleDialog::Settle, words, fields);
        view! { {buttons}{dialog} }.into_any()
    })
}

fn settle_buttons(page: &AfterSalePage) -> AnyView {
    // Receiving the goods comes first while they are not back.
    let agree = if page.case.awaits_goods() { ButtonKind::Plain } else { ButtonKind::Primary };
    let choices = [
        (Action::RejectReturn, "reject", "驳回", ButtonKind::Danger),
        (Action::RefundManually, "refund_manually", "手动退款", ButtonKind::Plain),
        (Action::AgreeRefund, "agree_refund", "同意退款", agree),
    ];
    let allowed = choices.into_iter().filter(|(action, ..)| page.allows(*action));
    let buttons =
        allowed.map(|(_, value, label, kind)| view! { <Button kind=kind name="decision" value=value>{label}</Button> }).collect_view();
    view! {
        <form method="get" action=page.href() class="row">
            <Hidden name="dialog" value=AfterSaleDialog::Settle.code()/>
            {buttons}
        </form>
    }
    .into_any()
}

/// `AS7Q2M-4KX9 · 手作紫砂壶 ×1 · 申请退款 ¥284.00`.
pub(super) fn lead(page: &AfterSalePage) -> String {
    let case = &page.case;
    let goods: Vec<String> = case.items().map(|item| format!("{} ×{}", item.title, item.quantity)).collect();
    let asked = match (case.kind(), page.money()) {
        (AfterSaleKind::Exchange, _) => "申请换货".to_owned(),
        (AfterSaleKind::RefundOnly | AfterSaleKind::ReturnRefund, Some(money)) => format!("申请退款 {}", money.amount().show()),
        (AfterSaleKind::RefundOnly | AfterSaleKind::ReturnRefund, None) => "申请退款".to_owned(),
    };
    format!("{} · {} · {asked}", case.number(), goods.join("、"))
}
